# Video pelatihan
title = Video
within_a_minute = kurang dari 1 menit
minutes = { $minutes } menit
heading = { $total } video pendek tentang pekerjaanmu
heading_seen = { $done } dari { $total } video sudah ditonton
lead = Gratis, dengan teks dalam dua bahasa. Direkam dari aplikasi ini, dengan orang-orang rekaan.
begin = Mulai menonton
go_on = Lanjutkan
how_far = Sudah ditonton sebagian: { $title }
is_done = sudah ditonton
search = Cari video
search_hint = cara ajukan cuti
found = Video tentang "{ $asked }"
nothing = Belum ada video tentang itu.
in_articles = Cari di artikel
noted = Tercatat sebagai sudah ditonton.
in_id = Bahasa Indonesia
in_en = English
cannot_play = Peramban ini tidak bisa memutar video.
download = Unduh video
invented = Direkam dari Serambi sendiri; orang dan datanya rekaan. Video ini tanpa suara.
keys = Spasi: putar dan jeda. Panah kiri dan kanan: 5 detik.
say_done = Tandai sudah ditonton
filmed_id = Tonton versi bahasa Indonesia
filmed_en = Tonton versi bahasa Inggris
transcript = Langkah demi langkah
read = Bacaannya
next = Berikutnya
see_film = Ada videonya
listed = { $count ->
    [1] Ada 1 video pendek, gratis, dengan teks.
   *[other] Ada { $number } video pendek, gratis, dengan teks. Mulai dari mana?
  }
listed_seen = Sudah { $done } dari { $number } video ditonton. Mau yang mana?
near = Mungkin salah satu dari video ini?
sent = "{ $title }", { $length }, teks Indonesia.
sent_link = "{ $title }", { $length }, teks Indonesia: { $link }
watched_button = Sudah ditonton
others_button = Video lain
more_button = Lebih banyak video
watched = Tercatat: { $done } dari { $number } selesai.
watched_all = Tercatat: semua { $number } video selesai.
gone = Video itu tidak ada lagi. Tulis "video" untuk melihat semuanya.
not_kept = Tidak dicatat, sesuai pilihanmu. Mau dicatat lagi? { $link }
not_kept_here = Tidak dicatat, sesuai pilihanmu.
