# Janji meja bantuan: cara membacanya, target tim, kategori
title = Janji meja bantuan
lead = Yang dijanjikan ke penanya, yang ditargetkan tim, dan kategori tiket. Perubahan hanya berlaku untuk pertanyaan sesudahnya: janji yang sudah diberikan tidak pernah berubah karenanya.
terms = Janji dan target
because = Alasan: { $why }
how_read = Bagaimana "2 x 24 jam hari kerja" dibaca? Contoh untuk pertanyaan { $asked }.
reading_A = A. Jam berjalan di hari kerja
reading_B = B. Jam kantor
reading_C = C. Hari kantor
reading_D = D. Tutup kantor hari kerja berikutnya
means_A = 48 jam, dihitung 00.00-24.00 setiap hari kerja. Ini bacaan yang lazim, dan bawaan kami.
means_B = 48 jam, hanya 08.00-18.00 hari kerja yang dihitung: hampir lima hari.
means_C = 2 hari kantor, yaitu 20 jam dari 08.00-18.00 hari kerja.
means_D = Sampai tutup kantor hari kerja ke-2 sesudah hari masuknya.
then = Dijawab paling lambat { $due }.
unknown = belum bisa dihitung, karena tutup tanpa batas waktu
by_priority = Janji dan target menurut prioritas
priority = Prioritas
promised = Janji
promised_for = Janji, prioritas { $name }
aimed = Target tim, jam kantor
aimed_for = Target tim dalam jam kantor, prioritas { $name }
friday = Pertanyaan { $asked }
friday_then = janji { $promise }; target { $target }
units = Janji dalam jam pada bacaan A dan B, dalam hari kerja pada C dan D. Target dalam jam kantor, 08.00-18.00; ia tidak boleh jatuh sesudah janjinya.
why = Alasan perubahan
never_shorter = Tiket yang sudah dibuka tetap memakai janji yang sudah disebut ke penanyanya. Target, yang hanya dilihat tim, ikut berubah.
save = Simpan
look = Lihat contohnya dulu
done_saved = Tersimpan. Berlaku untuk pertanyaan mulai sekarang.
done_added = Kategori ditambahkan.
done_ended = Kategori tidak ditawarkan lagi; tiket yang memakainya tetap memakainya.
done_filled = Kategori yang lazim ditambahkan.
priority_normal = Biasa
priority_high = Tinggi
priority_top = Tertinggi
priority_unknown = Prioritas itu tidak ada. Pilih Biasa, Tinggi, atau Tertinggi.
reading_unknown = Pilih salah satu cara membaca janjinya: A, B, C, atau D.
out_of_bounds = Janji dan target diisi dengan angka bulat dari { $least } sampai { $most }.
why_missing = Tulis alasan perubahannya, paling panjang { $most } huruf.
saved_since = Orang lain menyimpan perubahan sejak halaman ini dibuka. Lihat dulu yang berlaku sekarang, lalu simpan lagi.
holds_already = Itu sudah berlaku; tidak ada yang berubah.
target_after = Target prioritas { $priority ->
    [top] Tertinggi
    [high] Tinggi
   *[normal] Biasa
  } bisa jatuh sesudah janjinya: pertanyaan { $asked } dijanjikan { $promise }, tetapi targetnya { $target }. Kecilkan targetnya, atau besarkan janjinya.
categories = Kategori tiket
categories_none = Belum ada kategori; laporan menyebut semua tiket tanpa kategori.
categories_usual = Pakai kategori yang lazim
category = Kategori
category_id = Nama kategori
category_en = Nama dalam bahasa Inggris
category_add = Tambah kategori
category_end = Hapus dari pilihan
category_end_of = Hapus { $name } dari pilihan
category_name = Nama kategori 1 sampai { $most } huruf.
category_there = Kategori { $name } sudah ada.
category_unknown = Kategori itu tidak ada lagi. Pilih dari daftar.
categories_many = Paling banyak { $most } kategori. Hapus dulu yang tidak dipakai.
no_category = Tanpa kategori
sorting = Prioritas dan kategori
sorting_save = Simpan
recount_open = Tiket yang terpengaruh
recount_title = Tiket menurut kalender sekarang
recount_lead = Yang berubah bila jam tiket dihitung ulang. Batas waktu hanya bisa mundur; penanyanya dikabari bila mundur lebih dari satu jam.
recount_heading = { $count ->
    [0] Semua tiket terhitung menurut kalender sekarang.
   *[other] { $number } tiket berubah, { $excused } pelanggaran menjadi dimaafkan
  }
recount_do = Hitung ulang semuanya
recount_ticket = Tiket
recount_old = Janji sebelumnya
recount_new = Janji sesudahnya
recount_excuse = Pelanggaran
recount_excused = dimaafkan
recount_target_only = hanya targetnya yang berubah
recount_running = Penghitungan ulang sedang berjalan. Tunggu sampai selesai.
recount_nothing = Tidak ada tiket yang perlu dihitung ulang.
