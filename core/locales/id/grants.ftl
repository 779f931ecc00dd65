title = Akses operator
heading = { $count ->
   *[other] Akses operator: { $number } perlu diperhatikan
    }
heading_none = Operator tidak bisa membuka data perusahaan ini
lead = Tim Serambi hanya bisa melihat selama Super Administrator mengizinkan, tidak bisa mengubah apa pun, dan setiap halaman yang dibuka tercatat di sini.
standing = Permintaan dan akses sekarang
past = Yang lalu
past_none = Belum pernah ada.
state_asked = Menunggu jawaban
state_open = Sedang bisa melihat
state_over = Waktunya habis
state_ended = Diakhiri
state_declined = Ditolak
state_lapsed = Tidak dijawab
why = Alasannya: { $reason }
asked_for = Diminta { $at }, untuk { $minutes ->
    [30] 30 menit
    [120] 2 jam
    [480] 8 jam
   *[other] { $number } menit
    } sejak diizinkan.
asked_at = Diminta { $at }.
open_until = Sampai { $at }. Diizinkan { $who }.
from_until = { $from } sampai { $until }. Diizinkan { $who }.
ended_by = Diakhiri { $who }.
declined_by = Ditolak { $who }.
give = { $minutes ->
    [30] Izinkan 30 menit
    [120] Izinkan 2 jam
    [480] Izinkan 8 jam
   *[other] Izinkan { $number } menit
    }
decline = Tolak
end = Akhiri sekarang
only_super = Hanya Super Administrator yang bisa mengizinkan.
looked = { $count ->
   *[other] { $number } halaman terakhir yang dibuka
    }
looked_none = Belum ada halaman yang dibuka.
done_given = Diizinkan. Waktunya berjalan sejak sekarang dan bisa Anda akhiri kapan saja.
done_ended = Diakhiri. Mulai sekarang tidak ada yang bisa dibuka lagi.
done_declined = Ditolak.
done_asked = Permintaan sampai ke Super Administrator perusahaan itu. Belum ada yang bisa dibuka sampai ia mengizinkan.
answered = Permintaan ini sudah dijawab, diakhiri, atau lewat waktunya.
already = Sudah ada permintaan atau akses yang masih berlaku untuk perusahaan ini.
no_such_length = Pilih lamanya dari daftar.
companies = Perusahaan
companies_lead = Hanya namanya yang terlihat. Selebihnya tertutup sampai perusahaan itu mengizinkan.
companies_list = Perusahaan di Serambi ini
companies_none = Tidak ada perusahaan dengan nama itu.
find = Cari nama
company = Perusahaan
access = Akses Anda
closed = Tertutup
waits = Menunggu jawaban
may_look_until = Bisa dilihat sampai { $at }
company_lead = Datanya tertutup bagi Anda. Super Administrator perusahaan ini yang memutuskan, dan bisa mengakhirinya kapan saja.
ask_title = Minta izin melihat
reason = Untuk apa
reason_hint = Dibaca perusahaan itu. Sebut nomor tiketnya dan apa yang perlu dilihat.
how_long = Berapa lama
length = { $minutes ->
    [30] 30 menit
    [120] 2 jam
    [480] 8 jam
   *[other] { $number } menit
    }
ask = Kirim permintaan
asked_before = Permintaan Anda
asked_none = Belum pernah meminta.
until = Sampai { $at }.
enter = Lihat perusahaan ini
banner = Anda melihat { $company } sebagai tamu sampai { $at }. Tidak ada yang bisa diubah, dan perusahaan itu membaca setiap halaman yang Anda buka.
looks_only = Anda tamu di perusahaan ini: hanya bisa melihat. Yang perlu diubah, ubah bersama orang perusahaan itu.
mail_asked =
    { $who } meminta izin melihat data { $company } di Serambi selama { $minutes } menit.

    Alasannya: { $reason }

    Selama belum Anda izinkan, tidak ada yang bisa dibuka. Izinkan atau tolak di sini:
    { $link }
mail_asked_subject = Serambi meminta izin melihat { $company }
need = { $count ->
   *[other] { $number } permintaan operator menunggu jawaban
    }
need_what = Operator ingin melihat data perusahaan. Tanpa izin, tidak ada yang terbuka.
need_open = Operator sedang bisa melihat data perusahaan
need_open_what = Sampai { $at }. Bisa diakhiri kapan saja.
