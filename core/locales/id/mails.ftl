# E-mail meja bantuan: yang keluar, dan yang diberitahukan kepada meja tentang yang masuk
receipt = Halo,

    pesan Anda sudah kami terima sebagai tiket { $number }. Dijawab paling lambat { $by }, ke alamat ini. Kalau ada tambahan, balas e-mail ini tanpa mengubah perihal dan penerimanya.

    E-mail tidak membuktikan siapa yang menulis. Soal gaji, cuti, dan data pribadi dijawab di chat atau di halaman Anda sendiri: { $portal }

    Meja bantuan { $company }
receipt_open = Halo,

    pesan Anda sudah kami terima sebagai tiket { $number }. Kapan dijawab belum bisa dijanjikan, karena meja bantuan tutup sampai ada kabar. Kalau ada tambahan, balas e-mail ini tanpa mengubah perihal dan penerimanya.

    E-mail tidak membuktikan siapa yang menulis. Soal gaji, cuti, dan data pribadi dijawab di chat atau di halaman Anda sendiri: { $portal }

    Meja bantuan { $company }
receipt_lost = Berkas ini tidak disimpan:
    { $lines }
file_room = terlalu besar atau terlalu banyak; kirim paling besar 10 MB per berkas
file_type = bukan gambar, PDF, XLSX, atau CSV yang bisa dibuka; kirim sebagai salah satunya
answer = { $words }

    { $who }, meja bantuan { $company }
    Tiket { $number }. Kalau ada tambahan, balas e-mail ini.
resolved = { $who } menandai tiket { $number } selesai. Kalau belum, balas e-mail ini dalam dua hari kerja dan tiketnya dibuka lagi. Kalau sudah, tidak perlu apa-apa.

    Meja bantuan { $company }
automatic = Dibalas oleh program, jadi tidak ada yang dibuka lagi:
    { $words }
other_sender = Ini datang dari alamat lain, { $address }, yang mengenal e-mail tiket ini. Jawaban tetap dikirim ke alamat yang bertanya.
returned = E-mail kita ke { $address } tidak bisa diantar (kode { $code }). Penanya belum tahu jawabannya: hubungi dengan cara lain.
follows = Lanjutan dari tiket { $number }, yang sudah ditutup.
no_words = (e-mail tanpa kata-kata)
not_kept = Tidak semua isi e-mail ini disimpan:
    { $lines }
parts_left = bagian yang ditinggalkan: { $number }
only_head = hanya pengirim dan perihalnya yang dibaca: e-mailnya lebih besar dari { $most } MB atau bagiannya terlalu banyak; utuhnya ada di kotak surat
no_file = Berkas tidak bisa dikirim kepada orang yang menelepon atau datang sendiri. Kirim kata-katanya saja, atau minta ia menulis di chat.
claimed =
    Tiket { $number } di { $company } sekarang milik karyawan yang masuk ke Serambi dengan nomor dan kata rahasianya.
    Jawaban berikutnya dibaca di { $page }, setelah masuk.

    Bukan Anda yang melakukannya? Balas e-mail ini, maka HR akan melepaskannya.
answer_inside =
    Ada jawaban untuk { $number } di { $company }. Karena tiketnya sudah milik karyawan, isinya tidak dikirim lewat e-mail.
    Baca di { $page }, setelah masuk.
proof =
    HR { $company } perlu tahu siapa Anda sebelum menjawab { $number } dengan hal yang pribadi.

    Kalau Anda karyawan di sini, buka { $link }, masuk, lalu tulis:
    Nomor: { $number }
    Kata rahasia: { $secret }

    Berlaku sampai { $until }. Jangan teruskan e-mail ini. Bukan karyawan? Balas saja e-mail ini.
