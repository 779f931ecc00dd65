# Ketentuan layanan dan kebijakan privasi
title = Ketentuan dan privasi
heading = { $count ->
        [0] Ketentuan dan kebijakan sudah diterima.
       *[other] { $number } dokumen menunggu diterima.
    }
lead = Diterima sekali oleh Super Administrator, dengan namanya. Perubahan diumumkan sebelum berlaku.
version = Versi { $number }, berlaku sejak { $day }.
numbered = versi { $number }
not_in_force = Ini bukan versi yang berlaku.
see_held = Lihat yang berlaku
coming = Versi baru berlaku mulai { $day }.
see_changes = Lihat bedanya
changes = Yang berubah
beside = Versi { $first } dan { $second } berdampingan: yang hilang dicoret, yang baru ditandai.
versions = Semua versi
read = Baca
accept = Terima { $title }
accepted = Yang sudah diterima
none = Belum ada.
done = Diterima dan tercatat.
kind_privacy = Kebijakan privasi
kind_terms = Ketentuan layanan
no_version = Versi itu tidak ada. Muat ulang halaman ini.
told = { $title } versi baru berlaku mulai { $day }. Yang berubah: { $changes }. Bacalah di { $address }.
need = { $count ->
       *[other] { $number } dokumen menunggu diterima
    }
need_what = Ketentuan layanan atau kebijakan privasi versi baru.
cookies = Cookie
cookies_title = Cookie yang dipakai
cookies_lead = Hanya yang perlu supaya halaman ini bekerja. Karena itu tidak ada yang perlu disetujui.
cookies_kept = Yang disimpan peramban Anda
cookies_name = Nama
cookies_for = Untuk apa
cookies_how_long = Berapa lama
cookies_storage = (penyimpanan peramban, tidak dikirim)
cookies_none = Tidak ada pelacak, iklan, atau statistik dari pihak lain. Di alamat https nama cookie diawali __Host-.
cookies_long_session = sampai peramban ditutup, sesi paling lama 12 jam
cookies_long_year = 1 tahun
cookies_long_stays = sampai Anda menghapusnya
cookie_session = Mengenali peramban yang sudah masuk.
cookie_csrf = Memastikan formulir yang dikirim berasal dari halaman kami.
cookie_language = Mengingat bahasa yang Anda pilih.
cookie_theme = Mengingat tampilan terang atau gelap.
cookie_chat = Mengenali yang masuk ke obrolan di dalam halaman perusahaan Anda.
cookie_chat_csrf = Memastikan formulir obrolan di dalam halaman perusahaan Anda berasal dari kami.
cookie_unsent = Menyimpan kalimat yang belum terkirim ketika sesi habis, sampai Anda masuk lagi.
cookie_keys = Mengingat bahwa pintasan papan ketik dimatikan.
