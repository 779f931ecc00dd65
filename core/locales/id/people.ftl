# Karyawan dari berkas: kenapa satu sel belum bisa diterima
unknown_column = Kolom { $value } tidak dikenal. Periksa ejaannya, atau hapus kolomnya.
column_twice = Kolom { $value } ada dua kali. Sisakan satu.
unknown_column_near = Kolom tidak dikenal: { $value }. Sesudah panah ada nama yang paling dekat; pakai itu bila cocok, atau hapus kolomnya.
column_missing_named = Kolom wajib belum ada. Beri salah satu nama ini: { $value }.
nik_alone = NIK bisa berarti nomor KTP, bisa juga nomor karyawan. Kalau nomor karyawan, beri salah satu nama ini: { $value }.
month_first = { $value } tidak ada: harinya ditulis dulu, lalu bulannya. Tulis seperti 23/07/2024 atau 2024-07-23.
needed = Sel ini wajib diisi.
name_of_new = Nomor induk { $value } belum terdaftar, dan orang baru perlu nama. Kalau orangnya sudah terdaftar, periksa nomornya.
names_of_new = Berkas ini tidak punya kolom nama, padahal orang baru perlu nama: { $value } belum terdaftar. Tambahkan kolom Nama; kalau mereka sudah terdaftar, periksa nomornya.
number_twice = Nomor induk { $value } sudah dipakai baris lain di berkas ini.
too_many_cells = Baris ini punya lebih banyak sel daripada kolom. Beri tanda petik pada isi yang memuat koma.
too_long = Terlalu panjang: paling banyak { $value } huruf.
total_row = Baris { $value } ini jumlah, bukan karyawan. Hapus barisnya, lalu kirim lagi.
not_a_date = { $value } bukan tanggal. Tulis seperti 06/07/2026 (hari dulu), 6 Juli 2026, atau 2026-07-06.
no_such_day = { $value } tidak ada di kalender. Periksa tanggal dan bulannya.
unknown_zone = Zona waktu { $value } tidak dikenal. Tulis misalnya Asia/Jakarta, Asia/Makassar atau Asia/Jayapura.
unknown_role = Peran { $value } tidak dikenal. Tulis misalnya administrator, agent atau kosongkan.
role_needs_email = Yang punya peran perlu alamat e-mail untuk masuk.
unknown_type = Jenis hubungan kerja { $value } tidak dikenal. Tulis pkwt, pkwtt, daily, intern atau freelance.
not_an_email = { $value } bukan alamat e-mail.
looks_alike = Huruf { $value } hanya tampak seperti huruf Latin. Ketik ulang kata itu dengan huruf biasa, supaya tidak menyerupai nama lain.
wrong_length = Jumlah angkanya tidak pas: NIK dan KK 16 angka, NPWP 15 atau 16.
unknown_ptkp = PTKP { $value } tidak dikenal. Tulis TK/0 sampai TK/3 atau K/0 sampai K/3.
not_a_number = Tulis angka saja, tanpa titik, koma atau Rp. Misalnya 5920000.
resigns_before_joining = Tanggal keluar { $value } lebih dulu daripada tanggal masuk.
last_super = Super Administrator terakhir tetap bekerja. Angkat dulu yang lain yang tidak punya tanggal keluar; sesudah ia menerima, baru ini bisa diisi.
unknown_manager = Atasan { $value } tidak ada di berkas ini dan belum terdaftar.
own_manager = Seseorang tidak bisa menjadi atasannya sendiri.
circle = Garis atasan berputar: { $value }. Putuskan lingkarannya.
email_twice = Alamat { $value } sudah dipakai baris lain. Tiap orang perlu alamat sendiri, atau kosongkan.
email_taken = Alamat { $value } sudah dipakai orang lain yang terdaftar. Tiap orang perlu alamat sendiri, atau kosongkan.
other_zone = Tempat kerja ini sudah memakai zona { $value }. Satu tempat, satu zona waktu.
manager_left = Atasan { $value } sudah keluar. Pilih atasan yang masih bekerja.
number_of_leaver = Nomor induk { $value } milik masa kerja yang sudah berakhir. Beri nomor baru untuk masa kerja yang baru.
joins_after_change = Ada perubahan yang berlaku mulai { $value }. Tanggal masuk harus sebelum itu.
role_not_yours = Peran diberikan oleh Super Administrator. Kosongkan sel ini.
column_not_yours = Kolom ini diisi oleh Administrator. Kosongkan sel ini.
batch_not_so = Berkas ini sudah sampai di tahap lain. Muat ulang halamannya.
undo_past = Ini diterapkan lebih dari setahun lalu, dan keadaan sebelumnya sudah tidak disimpan. Kirim berkas baru atau ubah datanya di halaman orangnya.
undo_changed = Belum bisa dibatalkan: data { $numbers } sudah diubah lagi sesudahnya.
undo_linked = Belum bisa dibatalkan: { $numbers } sudah menyambungkan chat.
undo_heads = Belum bisa dibatalkan: { $numbers } sudah menjadi atasan orang lain.
undo_requests = Belum bisa dibatalkan: { $numbers } sudah punya pengajuan.
file_gone = Berkasnya sudah dihapus sesudah 30 hari.
number_taken = Nomor induk { $value } sudah terdaftar.
read_again = Data karyawan berubah sesudah berkas ini dibaca, jadi dibaca lagi. Periksa sekali lagi.
place_taken = Nama { $value } sudah dipakai.
place_gone = { $value } sudah berganti nama. Muat ulang halamannya.
above_you =
    Baris ini mengubah data { $value ->
        [super_administrator] Super Administrator
        [administrator] Administrator
        [data_protection_officer] Pejabat Pelindungan Data
        [supporting_administrator] Administrator Pendukung
       *[agent] Petugas Bantuan
    }. Itu hanya boleh dilakukan oleh { $value ->
        [supporting_administrator] Super Administrator atau Administrator
        [agent] Super Administrator atau Administrator
       *[other] Super Administrator
    }.
above_address =
    Alamat ini milik akun { $value ->
        [super_administrator] Super Administrator
        [administrator] Administrator
        [data_protection_officer] Pejabat Pelindungan Data
        [supporting_administrator] Administrator Pendukung
       *[agent] Petugas Bantuan
    }. Memakainya untuk orang lain hanya boleh oleh { $value ->
        [supporting_administrator] Super Administrator atau Administrator
        [agent] Super Administrator atau Administrator
       *[other] Super Administrator
    }.
batch_above_you = Di berkas ini ada orang, peran, atau upah yang di atas wewenang Anda. Mintalah Super Administrator yang melanjutkan. Tidak ada yang berubah.
before_first_day = Pekerjaannya baru mulai { $value }. Pilih tanggal itu atau sesudahnya, supaya yang berlaku sejak hari pertama tetap tercatat.
zeros_lost = Namanya sama dengan { $value }: nol di depan hilang? Jadikan kolom ini teks di lembar Anda, lalu tulis nomornya lengkap. Orang lain yang senama perlu nomor lain.
zeros_others = { $value }: nomor itu sudah milik orang lain yang bernama lain, dan bedanya hanya nol di depan. Orang yang sama? Tulis nomornya lengkap, dengan nolnya, dan periksa namanya. Orang baru? Beri nomor lain.
zeros_nameless = { $value }: nomor di berkas ini belum terdaftar, dan bedanya dengan nomor yang terdaftar hanya nol di depan. Orang yang sama? Jadikan kolom ini teks di lembar Anda, lalu tulis nomornya lengkap. Orang baru? Beri nomor lain dan namanya.
zeros_in_file = { $value }: dua nomor di berkas ini hanya berbeda nol di depan. Tulis nomor yang benar lengkap dengan nolnya, atau beri salah satu nomor lain.
unlikely_age = Lahir { $value } berarti umurnya di bawah 13 atau di atas 100 tahun. Periksa tahunnya.
joins_too_early = Tanggal masuk { $value } lebih dulu daripada 1950. Periksa tahunnya.
not_a_phone = { $value } bukan nomor telepon. Tulis seperti +62812xxxxxxx.
unknown_gender = Jenis kelamin { $value } tidak dikenal. Tulis perempuan atau laki-laki, atau kosongkan.
moved_chat = { $what ->
    [email] Alamat e-mailmu
    [phone] Nomor teleponmu
   *[other] Alamat e-mail dan nomor teleponmu
  } di data HR { $company } diubah { $at }. Kalau kamu tidak tahu kenapa, beri tahu HR sekarang lewat nomor yang sudah kamu kenal. Ada yang memakai akunmu? Tulis "blokir akun saya".
mail_moved =
    { $what ->
        [email] Alamat e-mail Anda
        [phone] Nomor telepon Anda
       *[other] Alamat e-mail dan nomor telepon Anda
    } di data HR { $company } diubah { $at }.

    Kalau Anda tahu soal ini, tidak ada yang perlu dilakukan.

    Kalau tidak, beri tahu HR sekarang, langsung atau lewat nomor yang sudah Anda kenal. Kalau mungkin ada yang memakai akun Anda, blokirlah: tulis "blokir akun saya" di chat yang tersambung, atau pilih Blokir akun saya di { $link }
mail_moved_subject = { $what ->
    [email] Alamat e-mail Anda diubah
    [phone] Nomor telepon Anda diubah
   *[other] Alamat e-mail dan nomor telepon Anda diubah
  }
named_missing = Belum disebut siapa. Ketik nama atau nomor induknya.
named_nobody = Tidak ada yang bekerja di sini dengan nama atau nomor { $words }. Periksa ejaannya.
named_near = Belum jelas siapa "{ $words }". Mungkin maksudnya { $names }? Pilih salah satu, atau tulis nomornya.
