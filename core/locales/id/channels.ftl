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
command_answered = Jawabannya ada di pesan langsung dari Serambi, hanya untukmu.
home_nothing = Halo { $name }. Tidak ada yang menunggu keputusanmu.
home_waits = Halo { $name }. Yang menunggu keputusanmu: { $number }.
home_more = Halo { $name }. Yang menunggu keputusanmu: { $number }. Di sini { $most } yang paling lama; semuanya ada di { $link }.
home_unlinked = Akun Slack ini belum tersambung. Ketik kode undangan dari HR di tab Messages.
