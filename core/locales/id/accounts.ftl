# Akun dan perusahaan
not_an_email = { $value } bukan alamat e-mail.
company_exists = Perusahaan { $name } sudah ada, alamatnya { $slug }. Pakai nama lain, atau lanjutkan dengan yang ada.
again = Masuk sekali lagi untuk mengubah cara masuk.
and = { $names } dan { $last }
back = Kembali
blocked_button = Blokir sekarang
blocked_chats = Chat yang diputus
blocked_contact = Hubungi HR { $company } dengan kartu identitas. Blokir tidak bisa dibuka dari akun ini.
blocked_contact_title = Cara membukanya
blocked_elsewhere = Akunmu diblokir atas permintaanmu, { $at }: { $what }. Kalau bukan kamu yang meminta, hubungi HR sekarang dengan kartu identitas.
blocked_heading = Akunmu diblokir sekarang.
blocked_lead = { $count ->
    [0] Tidak ada akun yang diblokir.
   *[other] { $number } akun diblokir pemiliknya.
  }
blocked_none = Tidak ada akun yang diblokir sekarang. Siapa pun bisa memblokir akunnya sendiri dari chat dengan menulis "blokir akun saya", atau dari halaman akunnya.
blocked_now = Diblokir sekarang, { $at }: { $what }. Tidak ada yang bisa membuka datamu, termasuk dari chat ini.
    Untuk membukanya, hubungi HR dengan kartu identitas.
blocked_first = Akun karyawan ini diblokir pemiliknya. Buka dulu blokirnya di halaman Akun diblokir, baru buat undangan.
blocked_says = Akun ini diblokir pemiliknya. Untuk membukanya hubungi HR dengan kartu identitas.
blocked_sessions = Sesi web yang diakhiri
blocked_sign_in = Akun ini diblokir pemiliknya. Untuk membukanya, hubungi HR perusahaan Anda dengan kartu identitas; akun administrator dibuka oleh operator.
blocked_title = Akun diblokir
blocked_what = Semua sesi web, semua chat yang tersambung, dan semua undangan serta tautan yang belum dipakai berakhir saat itu juga. HR membukanya lagi setelah memastikan siapa kamu.
block_ask = Ada yang memakai akunmu?
block_link = Blokir akun saya
block_title = Blokir akun saya
case = Nomor perkara
chats = Chat yang bicara atas namamu
chats_none = Belum ada chat yang tersambung. Minta kode undangan ke HR, lalu ketik di WhatsApp, Telegram atau Slack.
chat_confirm = Masih saya
chat_end = Putuskan
chat_silent = Sudah 90 hari tanpa tulisan: tidak ada yang dibuka atau dikirim ke sana sampai kamu bilang masih milikmu.
code = Kode dari ponsel, atau satu kode cadangan
code_send = Lanjut
code_title = Langkah kedua
code_what = Buka aplikasi kode di ponsel dan ketik 6 angka untuk Serambi.
acts_elsewhere = Akun ini juga punya peran di perusahaan lain yang dijaga langkah keduanya. Cabut dulu perannya di sini; Super Administrator di sana melepas langkah kedua, lalu beri perannya lagi.
reset_blocked = Akun ini diblokir pemiliknya. Pastikan siapa yang meminta dan buka blokirnya dulu (serambi account unblock), lalu cetak tautannya.
reset_nothing = Alamat ini belum punya kata sandi. Jalan masuknya undangan: serambi people invite, atau serambi company appoint untuk Super Administrator.
code_waits = Sudah beberapa kali kodenya salah: yang berikutnya bisa dicoba { $number } menit lagi. Mencoba lebih dulu tidak memperpanjangnya.
code_wrong = Kode itu tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu ketik lagi; sesudah beberapa kali salah harus menunggu, paling lama 15 menit.
codes_done = Sudah saya simpan
codes_left = { $count ->
   *[other] { $number } kode cadangan belum dipakai.
  }
codes_title = Simpan sepuluh kode cadangan ini
codes_what = Masing-masing berlaku satu kali kalau ponselmu hilang. Kode ini hanya ditampilkan sekarang. Cetak, atau simpan di pengelola kata sandi.
done_appointed = Peran diberikan.
done_offered = Peran ditawarkan. Berlaku sesudah pemilik akunnya menerima.
done_offered_sent = Tawaran dikirim.
done_offered_back = Tawaran ditarik.
done_chat = Chat diputus.
done_confirmed = Chat itu tersambung lagi seperti semula.
done_dismissed = Peran dicabut, dan semua sesinya diakhiri.
done_factor = Langkah kedua dilepas; dipasang lagi saat masuk berikutnya.
done_lifted = Blokir dibuka, dan kode undangan baru dikirim lewat e-mail.
done_lifted_waits = Blokir dibuka. Kode undangan barunya menunggu di halaman "Surat yang menunggu", karena belum ada server e-mail.
done_lifted_code = Blokir { $who } dibuka. Tidak ada alamat e-mail, jadi berikan kode ini langsung: { $code } (sekali pakai, 72 jam).
done_session = Sesi itu diakhiri.
done_sessions = Semua sesi lain diakhiri.
done_signed_out = Semua sesinya diakhiri.
factor = Langkah kedua
factor_mandatory = Peranmu hanya bisa dipakai dengan langkah kedua. Pasang sekarang; selesai dalam satu menit.
factor_off = belum dipasang
factor_on = terpasang
factor_set = Pasang langkah kedua
factor_new = Ganti ponsel
factor_title = Pasang langkah kedua
factor_scan = Pindai dengan aplikasi kode di ponsel (misalnya FreeOTP, Aegis, Google Authenticator), atau ketik rahasia ini:
factor_picture = Kode QR untuk aplikasi kode
factor_type = Lalu ketik 6 angka yang muncul
forgot = Lupa kata sandi?
forgot_send = Kirim tautan
forgot_sent = Kalau alamat itu terdaftar, tautan untuk kata sandi baru sudah dikirim. Berlaku 30 menit, satu kali. Tidak datang? Periksa folder spam, atau minta administrator perusahaan Anda.
forgot_title = Kata sandi baru
forgot_what = Ketik alamat e-mail yang Anda pakai untuk masuk.
heading = Akunmu
idle = Sesi ini berakhir dua menit lagi karena tidak ada kegiatan.
idle_again = Masuk lagi
idle_over = Sesi ini sudah berakhir. Yang kamu ketik di formulir panjang tersimpan.
idle_typed = Sesi ini sudah berakhir. Masuk lagi di tab baru, lalu lanjutkan di sini: yang Anda ketik masih ada.
idle_stay = Tetap masuk
last_operator = Administrator Operator terakhir tidak bisa dicabut. Angkat yang lain dulu.
last_super = Super Administrator terakhir tidak bisa dicabut. Angkat yang lain dulu.
mail_blocked =
    Akun Anda di Serambi diblokir { $at }: { $what }.

    Tidak ada yang bisa membuka data Anda. Untuk membukanya, hubungi HR dengan kartu identitas. Kalau bukan Anda yang meminta, hubungi mereka sekarang.
mail_blocked_subject = Akun Anda diblokir
entrance_none = Tulis kode itu di chat Serambi.
entrance_slack = Slack: aplikasi Serambi di Slack perusahaan
entrance_some = Tulis kode itu di salah satu chat ini:
entrance_telegram = Telegram: bot Serambi (tanyakan namanya ke HR)
entrance_whatsapp = WhatsApp: nomor Serambi (tanyakan ke HR)
mail_invitation =
    { $company } memakai Serambi untuk urusan HR lewat chat.

    Kode untuk menyambungkan chat Anda: { $code }
    { $where }
    Kode berlaku satu kali, sampai { $until }.
mail_invitation_portal =
    { $company } memakai Serambi untuk urusan HR lewat chat.

    Kode untuk menyambungkan chat Anda: { $code }
    { $where }
    Kode berlaku satu kali, sampai { $until }.

    Portal karyawan: { $link }
    Tautan ini berlaku satu kali selama tiga hari; di sana Anda membuat kata sandi.
mail_invitation_portal_subject = Undangan Serambi dari { $company }
mail_invitation_subject = Undangan Serambi dari { $company }
mail_lead = { $count ->
    [0] Tidak ada surat yang menunggu.
   *[other] { $number } surat menunggu server e-mail.
  }
mail_none = Setiap surat sudah keluar.
mail_reset =
    Seseorang, semoga Anda, meminta kata sandi baru untuk Serambi.

    { $link }

    Tautan ini berlaku 30 menit, satu kali, dan mengakhiri semua sesi lain. Kalau bukan Anda, abaikan saja: kata sandi lama tetap berlaku.
mail_reset_subject = Kata sandi baru untuk Serambi
mail_served = Server e-mail sudah diatur; surat yang menunggu keluar paling lambat satu jam lagi.
mail_tried = { $count ->
    *[other] Server e-mail belum menerimanya, sudah { $number } kali dicoba. Serambi mencoba terus; jika tetap begini, periksa SERAMBI_SMTP_URL, atau sampaikan sendiri tautannya.
}
mail_title = Surat yang menunggu
mail_to = Untuk { $to }
mail_unblocked =
    Blokir akun Anda dibuka.

    Sambungkan lagi chat Anda dengan kode baru: { $code }
    Berlaku satu kali, sampai { $until }. Data yang peka terbuka lagi 24 jam sesudah tersambung.
mail_unblocked_subject = Blokir dibuka
mail_welcome =
    Anda diberi akses ke { $company } di Serambi.

    { $link }

    Tautan ini berlaku satu kali selama tiga hari; di sana Anda membuat kata sandi, dan dengan itu menerima tawarannya.
mail_welcome_subject = Akses Anda ke { $company }
mail_why = Belum ada server e-mail: atur SERAMBI_SMTP_URL. Sampai itu ada, sampaikan sendiri tautannya; siapa yang membaca halaman ini tercatat di jejak audit.
nav_account = Akun saya
needs_reason = Tulis alasannya, paling sedikit 5 huruf. Alasan itu disimpan tersegel.
no_such_role = Peran itu tidak ada di sini. Pilih dari daftar.
not_blocked = Akun ini tidak diblokir lagi.
not_from_itself = Blokir tidak bisa dibuka dari akun yang diblokir sendiri. Minta administrator lain.
operator_lifts = Ini akun administrator: blokirnya dibuka operator, dengan serambi account unblock.
reason = Alasan
role = Peran
role_give = Angkat
role_new = Beri peran kepada seseorang
role_take = Cabut
roles_blocked = Akun diblokir
roles_lead = { $count ->
   *[other] { $number } orang punya peran di { $company }.
  }
roles_title = Orang dan peran
secure = Keamanan
session_end = Akhiri
session_mine = sesi ini
session_others = Akhiri semua sesi lain
session_since = masuk { $at }, terakhir { $seen }
session_somewhere = Peramban yang tidak dikenal
sessions = Di mana akunmu masuk
sign_in_again = Waktunya habis. Masuk lagi dari awal.
sign_out_all = Akhiri semua sesinya
sure = Sudah benar?
sure_appoint = { $email } menjadi { $role }. Kalau sudah punya peran di sini, berlaku saat itu juga dan semua sesinya diakhiri; kalau belum, peran itu ditawarkan dan berlaku sesudah pemilik akunnya menerima.
sure_dismiss = { $who } tidak lagi menjadi { $role }. Semua sesinya diakhiri.
sure_no = Tidak jadi
sure_yes = Ya, lakukan
take_off = Lepas langkah kedua
take_off_what = Untuk orang yang kehilangan ponsel dan kode cadangannya. Pastikan dulu siapa orangnya.
unblock = Buka blokir
web = web
no_account = Tidak ada akun dengan alamat { $value }.
because = alasan: { $why }
mail_signed_out =
    Administrator perusahaan mengakhiri semua sesi Serambi dan chat Anda pada { $at }.

    Alasan: { $reason }

    Anda bisa masuk lagi dengan kata sandi. Untuk menyambungkan chat lagi, mintalah undangan ke HR.
mail_signed_out_subject = Sesi dan chat Anda diakhiri
audit_gap = Celah mulai entri { $number } diakui pengelola pada { $at }: { $reason }
audit_is_whole = Jejak audit utuh; tidak ada yang perlu diakui.
above_you =
    Datanya dan aksesnya hanya diurus oleh { $role ->
        [supporting_administrator] Super Administrator atau Administrator
        [agent] Super Administrator atau Administrator
       *[other] Super Administrator
    }, karena ia { $role ->
        [super_administrator] Super Administrator
        [administrator] Administrator
        [data_protection_officer] Pejabat Pelindungan Data
        [supporting_administrator] Administrator Pendukung
       *[agent] Petugas Bantuan
    }.
mail_changed =
    { $what ->
        [password] Kata sandi akun Serambi Anda diganti
        [factor_on] Langkah kedua dipasang untuk akun Serambi Anda
        [factor_new] Ponsel untuk langkah kedua Anda di Serambi diganti
        [recovery] Satu kode cadangan dipakai untuk masuk ke akun Serambi Anda
        [codes] Sepuluh kode cadangan baru dibuat untuk akun Serambi Anda; yang lama tidak berlaku lagi
        [passkey] Satu passkey ditambahkan ke akun Serambi Anda
        [passkey_off] Satu passkey dilepas dari akun Serambi Anda
        [passkey_copied] Satu passkey akun Serambi Anda ditolak karena mungkin ada salinannya (lepas passkey itu)
       *[factor_off] Langkah kedua akun Serambi Anda dilepas
    } { $at }.

    Kalau Anda sendiri yang melakukannya, atau memintanya, tidak ada yang perlu dilakukan.

    Kalau bukan, buat kata sandi baru di { $forgot } dan beri tahu HR sekarang. Di mana akun Anda sedang dipakai, dan cara memblokirnya: { $account }
mail_changed_subject = { $what ->
    [password] Kata sandi Anda diganti
    [factor_on] Langkah kedua dipasang
    [factor_new] Ponsel untuk langkah kedua diganti
    [recovery] Satu kode cadangan dipakai
    [codes] Kode cadangan baru dibuat
    [passkey] Satu passkey ditambahkan
    [passkey_off] Satu passkey dilepas
    [passkey_copied] Satu passkey ditolak
   *[factor_off] Langkah kedua Anda dilepas
  }
answers = Menjawab di obrolan
answers_what = Pilihan bisa ditekan sebagai tombol, atau ditulis sebagai angka yang cukup diketik. Berlaku di semua obrolanmu.
answers_digits = angka
answers_buttons = tombol
answers_to_digits = Pakai angka
answers_to_buttons = Pakai tombol
done_digits = Mulai sekarang pilihan di obrolan ditulis sebagai angka.
done_buttons = Mulai sekarang pilihan di obrolan berupa tombol.
ended_here = Sesi Anda di perusahaan ini sudah diakhiri. Masuk sekali lagi untuk melanjutkan.
password_change = Ganti kata sandi
password_what = Sesi lain berakhir, dan pemilik akunnya diberi tahu lewat email.
password_current = Kata sandi sekarang
password_do = Ganti
password_forgot = Lupa kata sandi sekarang?
password_same = Itu kata sandi yang sekarang. Pilih yang lain.
current_waits = Sudah beberapa kali salah: yang berikutnya bisa dicoba { $number } menit lagi. Mencoba lebih dulu tidak memperpanjangnya.
current_wrong = Kata sandi sekarang belum cocok. Coba lagi; sesudah beberapa kali salah harus menunggu, paling lama 15 menit.
done_nights = Pilihanmu tersimpan.
done_passkey = Passkey tersimpan. Mulai sekarang kamu bisa masuk dengannya.
done_passkey_named = Nama passkey diganti.
done_passkey_removed = Passkey dilepas; perangkat itu tidak bisa dipakai masuk lagi.
done_password = Kata sandi diganti. Sesi lain sudah berakhir.
codes_new = Kode cadangan baru
codes_new_what = Sepuluh kode baru menggantikan semuanya; yang lama tidak berlaku lagi. Ponselnya tetap.
codes_make = Buat kode baru
codes_keep = Tidak jadi
codes_no_factor = Kode cadangan ada sesudah langkah kedua dipasang.
blocked_all = Akun yang diblokir
block_all = Blokir akun saya
