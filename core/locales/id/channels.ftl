# What a channel adds of its own to a message.
dialog_title = Serambi
dialog_send = Kirim
dialog_close = Batal
resent = { $text } (dikirim ulang)
window_closed = Jendela alasannya tidak terbuka. Tulis di sini: { $words }
