# Keanggotaan yang ditawarkan kepada sebuah akun, dan belum diterima pemiliknya
accept = Terima
as = Ditawari sebagai
at = Ditawarkan { $at }.
by = Ditawarkan oleh { $who }, { $at }.
by_mail = Terima lewat tautan yang dikirim ke alamat e-mail akun ini: itu menunjukkan alamat itu milik Anda. Belum ada? Minta perusahaan mengirimnya lagi.
decline = Tolak
demands = Sebagian peran meminta langkah kedua dan kata sandi yang lebih panjang saat Anda membuka perusahaan itu.
done_accepted = Diterima. Perusahaan itu sekarang ada di menu.
done_declined = Ditolak. Perusahaan itu bisa membacanya.
gone = Tawaran ini sudah tidak ada: ditarik, atau sudah dijawab. Muat ulang halaman ini.
just_sent = Tawaran ini baru saja dikirim. Kirim lagi paling cepat satu jam sesudahnya.
link_accepts = Dengan membuat kata sandi, Anda menerima tawaran { $company }: { $roles }.
link_signs_in = Sudah punya kata sandi? Masuk saja, lalu jawab di halaman Tawaran.
mail =
    { $company } menawari Anda peran { $role } di Serambi.

    Masuk dengan akun Anda, lalu terima atau tolak di sini: { $link }

    Selama belum Anda terima, tidak ada yang berubah pada akun Anda. Tidak mengenal perusahaan ini? Tolak saja.
mail_subject = { $company } menawari Anda peran di Serambi
none = Tidak ada tawaran yang menunggu jawaban Anda.
revoke = Tarik
send = Kirim lagi
standing = Ditawarkan, belum diterima
standing_what = Orang-orang ini belum punya peran apa pun di sini sampai mereka sendiri menerimanya.
state_declined = Ditolak { $at }
state_waits = Menunggu sejak { $at }
title = Tawaran
unsent = Belum bisa dikirim: akun ini juga diminta perusahaan lain, jadi tautannya hanya boleh lewat server e-mail (SERAMBI_SMTP_URL).
what = Perusahaan yang ingin Anda bekerja atau berperan di sana. Selama belum Anda terima, tidak ada yang berubah pada akun Anda.
