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
