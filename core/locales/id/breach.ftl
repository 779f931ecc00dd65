# Meja kebocoran data
title = Kebocoran data
heading = { $count ->
        [0] Tidak ada kebocoran yang terbuka.
       *[other] { $number } kebocoran belum ditutup.
    }
lead = Bila data pribadi jatuh ke tangan yang salah, pemiliknya dan lembaga diberi tahu tertulis dalam 3 x 24 jam (UU 27/2022 pasal 46).
list = Yang dinyatakan
none = Belum pernah ada.
declare = Nyatakan kebocoran
declare_do = Nyatakan dan siapkan surat
declare_hint = Daftar orang dan suratnya disiapkan sendiri. Belum ada yang terkirim sebelum Anda menekan Kirim.
found_at = Pertama diketahui
found_hint = Jam undang-undang dihitung dari sini.
kinds = Data yang terungkap
kind_identity = identitas
kind_contact = kontak
kind_employment = pekerjaan
kind_leave = cuti
kind_message = isi obrolan
kind_health = kesehatan
kind_finance = upah dan rekening
kind_password = kata sandi
whose = Data siapa
whose_everybody = Semua orang yang datanya tersimpan
whose_department = Satu departemen
whose_location = Satu lokasi
whose_numbers = Nomor induk di bawah
department = Departemen
location = Lokasi
numbers = Nomor induk
numbers_hint = Dipisah spasi atau baris baru, paling banyak 500.
how = Kapan dan bagaimana terjadinya
how_hint = Kalimat ini dibaca orang yang datanya terungkap.
handling = Penanganan dan pemulihan
handling_hint = Apa yang sudah dan sedang dilakukan.
advice = Yang bisa dilakukan pembaca
advice_hint = Misalnya: ganti kata sandi, waspadai telepon yang meminta kode.
english = Tulis juga dalam bahasa Inggris
how_en = Bagaimana, dalam bahasa Inggris
handling_en = Penanganan, dalam bahasa Inggris
advice_en = Saran, dalam bahasa Inggris
authority = Lembaga
authority_usual = Kementerian Komunikasi dan Digital
authority_hint = Yang menerima pemberitahuan selain orangnya.
drill = Latihan
drill_hint = Semuanya dibuat, tidak ada yang terkirim.
drill_chip = latihan
drill_told = Ini latihan: tidak ada yang terkirim.
drill_sheet = LATIHAN
concerns = { $count ->
        [0] Belum ada orang di daftar.
       *[other] { $number } orang terdampak.
    }
due_by = Batas undang-undang: { $at }.
state_listing = menyusun daftar
state_open = belum dikirim
state_sending = sedang dikirim
state_told = orangnya sudah diberi tahu
state_closed = ditutup
found = Pertama diketahui { $at }.
declared = Dinyatakan { $who }.
left = { $count ->
       *[other] Sisa { $hours } jam untuk memberi tahu.
    }
late = Batas undang-undang sudah lewat. Beri tahu sekarang.
told_all = Orang dan lembaga sudah diberi tahu.
way = Cara
way_chat = lewat obrolan
way_mail = lewat surel
way_portal = di halamannya
way_paper = lewat surat kertas
sent_at = Terkirim
listing = Daftarnya sedang disusun.
sending = { $done } dari { $all } terkirim.
sent = { $number } surat terkirim, selesai { $at }.
by_hand = { $count ->
       *[other] { $number } orang tidak punya obrolan dan surel. Unduh daftarnya dan kirim surat di bawah di atas kertas.
    }
send = Kirim { $number } surat
letters = Surat yang akan dibaca
notice = Pemberitahuan (PDF)
authority_do = Sudah saya serahkan ke lembaga
authority_told = Diserahkan { $at }.
learnt = Apa yang dipelajari
learnt_hint = Kenapa bisa terjadi, dan apa yang mencegahnya terulang.
close = Tutup
done_declared = Dinyatakan. Periksa daftar dan suratnya.
done_sending = Surat sedang dikirim.
done_authority = Tercatat sudah diserahkan.
done_closed = Ditutup.
notice_title = Pemberitahuan kegagalan pelindungan data pribadi { $number }
notice_to = Kepada: { $who }
notice_from = Dari: { $company }, sebagai pengendali data
notice_found = Pertama diketahui: { $at }
notice_people = Orang yang terdampak: { $number }. Data yang terungkap: { $kinds }.
notice_sent = Orangnya diberi tahu: { $at }
notice_signed = Petugas pelindungan data, tanggal, tanda tangan
letter = Pemberitahuan soal data pribadimu ({ $number }).

    Data berikut terungkap ke pihak yang tidak berhak: { $kinds }.

    Yang terjadi: { $how }

    Yang kami lakukan: { $handling }

    Yang bisa kamu lakukan: { $advice }

    Ada pertanyaan? Balas "bantuan". Kamu berhak mengadu ke lembaga pelindungan data (UU 27/2022 pasal 46).
mail_subject = Pemberitahuan soal data pribadimu ({ $number })
mail = Data berikut terungkap ke pihak yang tidak berhak: { $kinds }.

    Yang terjadi: { $how }

    Yang kami lakukan: { $handling }

    Yang bisa kamu lakukan: { $advice }

    Kamu berhak mengadu ke lembaga pelindungan data (UU 27/2022 pasal 46).
told_hours = Kebocoran { $number }: sisa { $hours } jam untuk memberi tahu orangnya dan lembaga, sampai { $by }.
told_late = Kebocoran { $number } lewat batas undang-undang ({ $by }), dan belum semuanya diberi tahu.
kinds_needed = Centang data apa yang terungkap.
how_needed = Tulis bagaimana terjadinya, { $least } sampai { $most } huruf.
handling_needed = Tulis penanganannya, { $least } sampai { $most } huruf.
advice_needed = Tulis saran untuk pembaca, { $least } sampai { $most } huruf.
english_too_long = Kalimat bahasa Inggris paling panjang { $most } huruf.
authority_needed = Tulis lembaga yang diberi tahu, paling banyak { $most } huruf.
found_later = Waktu itu belum lewat. Isi kapan pertama diketahui.
whose_needed = Pilih data siapa, dan departemen, lokasi, atau nomornya.
too_many_numbers = Paling banyak { $most } nomor sekaligus. Untuk lebih banyak, pilih departemen, lokasi, atau semua orang.
numbers_unknown = Tidak ada yang bernomor { $numbers }. Periksa lagi.
learnt_needed = Tulis apa yang dipelajari, { $least } sampai { $most } huruf.
drill_sends_nothing = Ini latihan: tidak ada yang dikirim atau diserahkan.
still_listing = Tunggu sampai daftar atau pengirimannya selesai.
sent_already = Suratnya sudah dikirim.
not_told_yet = Beri tahu dulu orangnya dan lembaga, lalu tutup.
closed_already = Sudah ditutup.
