# What a channel adds of its own to a message.
dialog_title = Serambi
dialog_send = Kirim
dialog_close = Batal
resent = { $text } (dikirim ulang)
window_closed = Jendela alasannya tidak terbuka. Tulis di sini: { $words }
choose = Pilih
template_request_waiting = Ada pengajuan yang menunggu keputusanmu. Tekan Buka untuk melihatnya.
template_request_decided = Ada kabar tentang pengajuanmu. Tekan Buka untuk membacanya.
template_security = Ada kabar tentang keamanan akunmu. Tekan Buka untuk membacanya.
template_notice = Ada kabar dari HR untukmu. Tekan Buka untuk membacanya.
template_button = Buka
file_elsewhere = Berkas { $name } tidak bisa dikirim di sini. Isinya ada di { $link }.
