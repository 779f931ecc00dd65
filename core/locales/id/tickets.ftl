# Meja bantuan
desk = tim bantuan
ask_desk = Tulis ke tim bantuan
emergency = { $number } mendesak: ada yang butuh bantuan orang sekarang. Buka mejanya dan hubungi langsung: { $link }
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
dispute_what = Boleh. Tulis apa yang menurutmu tidak benar dan apa yang seharusnya; boleh sebut nomor tiketnya.
dispute_confirm = Saya kirim sebagai sengketa: "{ $words }". Dijawab secepat pertanyaan lain, dan diputus paling lama { $days } hari kerja sejak dikirim. Kirim begitu?
dispute_opened = Sengketa { $number }. Dijawab paling lambat { $by }, diputus paling lambat { $decided }. Putusannya dikabari di sini beserta alasannya.
dispute_opened_open = Sengketa { $number }. Kapan dijawab belum bisa dijanjikan, karena tim bantuan tutup tanpa batas waktu; diputus paling lama { $days } hari kerja sesudah buka.
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
days = { $days } hari
hours = { $hours } jam
receipt_counts = { $when }: { $hours }
receipt_adds = { $when }: { $hours }, jumlah { $sum }
receipt_skips = { $days }: tidak dihitung
receipt_skips_for = { $day }, { $why }: tidak dihitung
receipt_pause = menunggu jawabanmu
why = Karena yang dihitung { $what }:
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
taken_by = { $number } sudah diambil { $who } lebih dulu. Kalau tetap mau mengambilnya, tekan "Ambil alih dari { $who }".
newer = Ada pesan baru di { $number } sejak halaman ini dibuka. Baca dulu, lalu kirim lagi.
words_needed = Tulis dulu pesannya.
too_long = Paling panjang { $most } huruf. Ringkas sedikit, atau bagi menjadi dua pesan.
too_many = Sudah ada { $most } tiketmu yang terbuka. Tutup yang tidak perlu lagi, atau tambahkan ke salah satunya.
no_rating = Pilih angka 1 sampai 5.
variable_unknown = Tidak ada isian bernama { $names }. Pilih dari daftarnya, atau hapus kurung kurawalnya.
variable_missing = { $names } belum ada isinya untuk pemohon ini. Tulis sendiri, atau hapus isiannya.
file_here = Berkas: { $name }
file_there = Berkas { $name } ada di tiketmu: { $link }
file_needed = Pilih berkasnya dulu.
left_already = Jawaban itu sudah terkirim, atau sudah dibatalkan.
not_your_answer = Hanya penulisnya yang bisa membatalkan jawaban itu.
reply_gone = Balasan tersimpan itu sudah dihapus. Pilih yang lain.
reply_taken = Pintasan { $shortcut } sudah dipakai balasan lain.
reply_many = Sudah ada { $most } balasan tersimpan. Hapus yang tidak dipakai lagi.
reply_shortcut = Pintasan: 2 sampai 24 huruf kecil, angka atau tanda hubung, misalnya jadwal-seragam.
reply_title = Isi judulnya, paling panjang { $most } huruf.
reply_words = Isi kalimatnya dalam kedua bahasa, masing-masing paling panjang { $most } huruf.
reply_then = Pilih keadaan sesudah terkirim, dan label paling panjang 30 huruf.
merge_itself = { $number } tidak bisa digabung ke dirinya sendiri. Tulis nomor tiket lain.
merge_other_person = Hanya tiket orang yang sama yang bisa digabung. Tautkan saja kalau terkait.
merge_closed = Yang sudah ditutup tidak bisa digabung. Buka tiket lanjutan, atau tautkan.
merge_chain = Ke { $number } sudah ada tiket yang digabung. Pisahkan dulu, atau gabungkan ke sana.
not_merged = { $number } tidak digabung ke tiket lain.
unmerge_late = Sesudah { $days } hari tidak bisa dipisahkan lagi. Buka tiket lanjutan.
split_what = Hanya pesan pemohon sesudah yang pertama yang bisa dijadikan tiket sendiri, sekali.
link_itself = Tiket tidak bisa ditautkan ke dirinya sendiri.
link_there = { $number } sudah ditautkan.
tag_words = Label: 1 sampai { $most } huruf, tanpa koma.
tag_many = Paling banyak { $most } label. Lepas satu dulu.
snooze_when = Pilih hari sesudah hari ini, paling lama setahun.
no_such = Tidak ada tiket { $number }. Tulis nomornya seperti T-41.
mention_which = Ada beberapa { $name }: { $names }. Tulis nama lengkapnya.
mentioned = { $who } menyebutmu dalam catatan { $number }. Buka meja bantuan: { $link }
by_then = Janjinya { $by }.
file_alone = Berkas tanpa keterangan
merged = { $of } digabung ke { $number } karena soalnya sama: jawabannya di { $number }.{ $promise }
unmerged = { $number } dipisahkan lagi dari { $of } dan berjalan sendiri.{ $promise }
split_off = Satu pesanmu di { $of } sekarang tiket sendiri, { $number }.{ $promise }
followed_up = { $who } membuka { $number } sebagai lanjutan { $of }.{ $promise }
handed_back = { $who } menyerahkan obrolan ini kembali ke saya; { $number } tetap berjalan.
handed_back_on = { $who } menyerahkan obrolan ini kembali ke saya; { $number } tetap berjalan. Lanjut { $task ->
    [leave] pengajuan cutimu
    [withdraw] penarikan cutimu
    [leave_change] ganti tanggal cutimu
    [collective_work] soal masuk saat cuti bersama
    [paper] soal berkasmu
   *[other] yang tadi
  } dari langkah terakhir?
given_to_you = { $number } sekarang kamu yang pegang: { $subject }
room_out_of_bounds = Jumlah tiket harus antara 1 dan { $most }.
agent_blocked = Belum bisa: akun rekan ini sedang diblokir. Pilih orang lain.
not_at_desk = Belum bisa: orang ini tidak bekerja di meja bantuan. Pilih nama dari daftar.
none_chosen = Belum bisa: tidak ada tiket yang berubah. Tandai tiket di daftar lebih dulu, atau pilih semua yang cocok.
too_many_chosen = Belum bisa: paling banyak { $most } tiket sekaligus. Persempit saringannya.
no_act = Belum bisa: pilih dulu tindakannya.
counts_running = { $hours } di hari kerja
counts_office = { $hours } kantor
counts_close = sampai tutup kantor hari kerja ke-{ $days } sesudah hari masuknya
receipt_hours = di luar jam kantor
receipt_estimated = { $name } (perkiraan)
alarm_warned = { $number } ({ $about }) mendekati targetnya: { $which ->
    [solve] diselesaikan
   *[answer] dijawab
  } paling lambat { $by }{ $left }.
alarm_late = { $number } ({ $about }) lewat targetnya: seharusnya { $which ->
    [solve] diselesaikan
   *[answer] dijawab
  } paling lambat { $by }.
alarm_broken = Janji ke pemohon { $number } ({ $about }) terlewat: seharusnya { $which ->
    [solve] diselesaikan
   *[answer] dijawab
  } paling lambat { $by }. Tolong segera ditangani.
moved = Batas waktu { $number } berubah karena { $why }. Sekarang paling lambat { $by }.
moved_open = Batas waktu { $number } belum bisa dijanjikan, karena { $why }. Begitu dibuka lagi, saya kabari batas yang baru.
outcome_needed = Sengketa selesai dengan putusan: pilih putusannya dan tulis alasannya.
