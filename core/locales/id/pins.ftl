# PIN untuk membuktikan diri dari obrolan
title = PIN saya
lead = Dengan PIN, permintaan data dari obrolan bisa kamu buktikan tanpa masuk dengan kata sandi.
first = Buat PIN
new = Ganti PIN
is_set = ada
is_shut = terkunci
since = Dibuat { $at }.
shut_how = Terlalu sering salah, jadi PIN ini tidak membuka apa pun lagi. Buat yang baru.
six = PIN, 6 angka
again = PIN sekali lagi
hint = Bukan tanggal lahir, angka berurutan, atau angka yang sama.
save = Simpan PIN
done = PIN disimpan.
six_digits = PIN harus 6 angka.
too_easy = PIN itu terlalu mudah ditebak. Pilih yang lain.
not_the_same = Kedua PIN tidak sama.
pin = PIN
page = Buktikan ini kamu
page_lead = { $number }, { $what }. Dijawab paling lambat { $by }.
page_over = Halaman ini sudah dipakai atau lewat waktunya. Minta yang baru di obrolan.
prove = Buktikan
once = Halaman ini hanya untuk sekali pakai dan 15 menit. Kami tidak pernah meminta PIN di dalam obrolan.
proved = Sudah terbukti
proved_how = { $number } diketahui dari kamu. Halaman ini boleh ditutup; jawabannya datang di obrolan.
sign_in = Masuk dan lihat permintaan saya
wrong = PIN salah. Coba lagi.
rests = { $count ->
   *[other] Terlalu sering salah. Coba lagi dalam { $number } menit.
}
shut = PIN ini terkunci karena terlalu sering salah. Masuk, lalu buat PIN baru.
told_chosen = PIN-mu baru saja dibuat atau diganti. Kalau bukan kamu, beri tahu HR sekarang.
told_shut = PIN-mu terkunci karena terlalu sering salah. Kalau bukan kamu yang mencoba, beri tahu HR. Buat PIN baru setelah masuk.
opened = Permintaan { $number }, dijawab paling lambat { $by }. Buktikan ini kamu dengan PIN di { $page } (sekali pakai, 15 menit). Jangan tulis PIN di sini.
again_link = Buktikan { $number } dengan PIN di { $link } (sekali pakai, 15 menit). Jangan tulis PIN di sini.
again_none = Belum bisa dengan PIN sekarang. Masuk ke { $link } dan tekan "Ini permintaan saya".
opened_change = Permintaan { $number }, selesai paling lambat { $by }. Buktikan ini kamu dengan PIN di { $page } (sekali pakai, 15 menit); jangan tulis PIN di sini. Ada bukti, misalnya foto akta? Kirim di { $link }.
