# Obrolan di halaman milik perusahaan
title = Obrolan di halaman Anda
button = Obrolan di halaman Anda
heading = Obrolan { $company } di halaman Anda sendiri
lead = Izinkan halaman intranet Anda menampilkan obrolan dengan Serambi. Hanya halaman yang diizinkan di sini; peramban menolaknya di halaman lain.
check = Periksa lagi
saved_allowed = Halaman itu kini boleh menampilkan obrolan. Tempelkan barisnya di sana.
saved_ended = Halaman itu tidak lagi boleh menampilkan obrolan. Yang sudah membukanya di sana dikeluarkan.
not_secure = Server ini dicapai lewat http. Peramban menyimpan tanda masuk di dalam halaman lain hanya lewat https; beri server alamat https sebelum melanjutkan.
allow_title = Izinkan halaman
address = Alamat halaman
address_hint = Seperti tertulis di peramban, misalnya https://intranet.contoh.co.id. Semua halaman situs itu boleh menampilkan obrolan; yang tertulis di belakang namanya tidak dipakai.
allow = Izinkan
no_address = Ini bukan alamat halaman. Tulis seperti https://intranet.contoh.co.id, tanpa bintang.
needs_https = Halaman itu perlu alamat https: yang tampil lewat http dapat diubah di jalan.
our_own = Ini alamat Serambi sendiri. Tidak perlu izin.
too_many = Satu perusahaan dapat mengizinkan { $most } halaman. Keluarkan satu lebih dulu.
is_shown = tampil
not_shown = belum tampil
shown_at = Halaman ini terakhir meminta obrolan pada { $at }.
shown_never = Halaman ini belum pernah meminta obrolan. Tempelkan barisnya, buka halamannya, lalu periksa lagi.
inside = { $number ->
    [0] Sekarang belum ada yang membukanya di sana.
   *[other] Sekarang { $number } orang membukanya di sana.
}
refused_at = { $origin } memintanya pada { $at } dan ditolak. Bila halaman itu milik Anda, izinkan di atas dan tempelkan barisnya sendiri.
snippet = Baris untuk ditempel
snippet_hint = Di dalam HTML halaman, di tempat obrolan akan tampil. Tanpa skrip; baris terakhir adalah tautan bagi yang tidak melihat bingkainya.
snippet_title = Obrolan { $company } dengan HR
snippet_link = Mengobrol dengan HR di jendela sendiri
end = Keluarkan halaman ini
end_of = Keluarkan { $origin }
end_hint = { $number ->
    [0] Sejak itu bingkai di sana kosong.
   *[other] { $number } orang dikeluarkan di sana, dan bingkainya kosong.
}
heading_frame = Obrolan dengan HR { $company }
step_code = Ambil kode: jendela Serambi terbuka, dan kamu masuk seperti biasa.
get_code = Ambil kode
type_code = Ketik kodenya di sini
enter = Buka obrolan
why_code = Di dalam halaman lain, peramban tidak tahu bahwa kamu sudah masuk. Kode membawanya ke sini, satu kali.
own_window = Buka di jendela sendiri
leave = Keluar di sini
code_wrong = Kode ini tidak cocok di sini, sudah dipakai, atau lebih dari lima menit. Ambil yang baru.
fault = Ini tidak berhasil
fault_why = Coba lagi, atau buka obrolan di jendela sendiri.
fault_kept = Peramban ini tidak menyimpan tanda masuk di dalam halaman
fault_kept_why = Sebagian peramban tidak menyimpan apa pun untuk halaman di dalam halaman. Buka obrolan di jendela sendiri; obrolannya sama.
again = Coba lagi
session = Hanya obrolan di { $origin }.
code_title = Buka obrolan di halaman perusahaan
code_lead = { $company } menampilkan obrolan di halaman berikut. Kode membuka obrolanmu di sana, tanpa kata sandi.
code_none = { $company } tidak menampilkan obrolan di halaman mana pun, atau tidak lagi di halaman ini.
code_show = Tampilkan kode
code_show_for = Tampilkan kode untuk { $origin }
code_shown = Ketik kode ini di obrolan pada { $origin }. Berlaku satu kali, selama { $minutes } menit.
code_careful = Ketik hanya di { $origin } dan jangan beri siapa pun: siapa yang memegangnya dapat membaca obrolanmu.
code_again = Tampilkan kode lain
