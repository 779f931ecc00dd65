# Meja bantuan
desk = tim bantuan
ask_desk = Tulis ke tim bantuan
what = { $closed }Boleh. Tulis singkat apa yang perlu dibantu.
closed_now = Tim bantuan sedang tutup dan kembali { $at }.
confirm = { $closed }Saya teruskan ke tim bantuan: "{ $words }". Kirim begitu?
yes_send = Ya, kirim
change_first = Ubah dulu
cancel = Batal
not_sent = Baik. Tidak ada yang terkirim.
opened = Tiket { $number }. Dijawab paling lambat { $by }, { $place ->
    [web] di sini dan di halaman Tiket saya
   *[chat] di chat ini
  }.
opened_open = Tiket { $number }. Kapan dijawab belum bisa dijanjikan, karena tim bantuan tutup tanpa batas waktu; begitu buka, saya kabari di sini.
reopened = { $number } dibuka lagi. Dijawab paling lambat { $by }.
reopened_open = { $number } dibuka lagi. Kapan dijawab belum bisa dijanjikan, karena tim bantuan tutup tanpa batas waktu.
see = Lihat tiket
add_more = Tambah info
end = Tutup tiket
why_so_long = Kenapa selama itu?
none = Belum ada tiket darimu.
several = Tiketmu:
    { $lines }
told = { $line }
looked_at = sedang dicek { $who }
not_taken = menunggu diambil tim bantuan
line_answer = { $number } ({ $about }) { $state }. Jawaban paling lambat { $by }{ $left }.
line_solve = { $number } ({ $about }) { $state }. Selesai paling lambat { $by }{ $left }.
line_answer_late = { $number } ({ $about }) { $state }. Jawabannya terlambat; janjinya { $by }.
line_solve_late = { $number } ({ $about }) { $state }. Penyelesaiannya terlambat; janjinya { $by }.
still = , { $left } lagi
line_no_due = { $number } ({ $about }) { $state }. Batas waktunya belum bisa dihitung karena tim bantuan tutup tanpa batas waktu.
line_waiting = { $number } ({ $about }): { $who } menunggu jawabanmu.
line_resolved = { $number } ({ $about }) ditandai selesai. Kalau belum beres, balas "belum" sampai { $until }.
line_closed = { $number } ({ $about }) sudah selesai { $at }.
minutes = { $minutes } menit
hours = { $hours } jam
receipt_counts = { $when }: { $hours }
receipt_adds = { $when }: { $hours }, jumlah { $sum }
receipt_skips = { $days }: tidak dihitung
receipt_skips_for = { $day }, { $why }: tidak dihitung
receipt_paused = menunggu jawabanmu
why = Karena yang dihitung 48 jam di hari kerja:
    { $lines }
    Jadi { $by }.
no_clock = { $number } sudah selesai; tidak ada batas waktu yang berjalan.
due_unknown = Batas waktu { $number } belum bisa dihitung: tim bantuan tutup tanpa batas waktu.
add_what = Mau menambah apa ke { $number }?
added = Ditambahkan ke { $number }. Janjinya { $by }.
added_open = Ditambahkan ke { $number }.
flagged = Saya tandai mendesak untuk { $who }{ $known ->
    [yes] , tapi janjinya tetap { $by }.
   *[no] .
  }
end_sure = Tutup { $number }? Sesudahnya tidak dijawab lagi.
yes_end = Ya, tutup
no_keep = Biarkan
kept = Baik, { $number } tetap terbuka.
ended = { $number } ditutup. Bagaimana bantuannya?
is_done = Sudah beres
is_not_done = Belum
rate = Senang beres. Bagaimana bantuannya?
stars_1 = 1 Buruk
stars_2 = 2 Kurang
stars_3 = 3 Cukup
stars_4 = 4 Bagus
stars_5 = 5 Bagus sekali
rate_why = Tercatat { $stars }. Apa yang kurang? (boleh dilewati)
rated = Tercatat { $stars }. Terima kasih.
rated_why = Tercatat, dibaca kepala tim bantuan. Terima kasih.
not_done_what = Apa yang belum beres? (boleh dilewati)
not_done_yet = Belum beres.
resolved = { $number } ditandai selesai oleh { $who }; saya kembali. Sudah beres?
welcome = Sama-sama. Kalau belum beres, balas "belum" sampai { $until }.
answer_first = { $who } dari tim bantuan menjawab { $number }. Selama dia di sini saya diam; "menu" memanggil saya.
    { $who }: { $words }
answer = { $who }: { $words }
back_to_menu = Saya di sini lagi. Tiketmu tetap berjalan.
closed = { $number } sudah ditutup. Kalau ada yang lain, buka tiket baru.
not_yours = Tidak ada tiket { $number } atas namamu.
newer = Ada pesan baru di { $number } sejak halaman ini dibuka. Baca dulu, lalu kirim lagi.
words_needed = Tulis dulu pesannya.
too_long = Paling panjang { $most } huruf. Ringkas sedikit, atau bagi menjadi dua pesan.
too_many = Sudah ada { $most } tiketmu yang terbuka. Tutup yang tidak perlu lagi, atau tambahkan ke salah satunya.
no_rating = Pilih angka 1 sampai 5.
