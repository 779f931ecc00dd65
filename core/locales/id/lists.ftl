# Bagian bersama halaman: daftar, saringan, formulir, kotak perintah
nav_set_up = Pengaturan perusahaan
filter = Saringan
apply = Saring
on = Tersaring:
remove = Hapus saringan { $label }: { $words }
clear = Hapus saringan
first = Ke awal
further = Lanjut
nothing = Tidak ada yang cocok dengan saringan ini.
wrong = { $count ->
   *[other] Ada { $number } yang perlu dibetulkan
  }
optional = (boleh kosong)
as_table = Lihat sebagai tabel
go_title = Cari dan buka
go_how = Ketik sebagian nama halaman atau orang, lalu pilih.
go_label = Halaman atau orang
go_find = Cari
go_nothing = Tidak ada halaman atau orang bernama "{ $words }".
key_box = Kotak cari dan buka
key_filter = Ke saringan halaman
key_open = Buka baris yang ditunjuk
key_select = Tandai baris yang ditunjuk
crumbs = Jalan ke halaman ini
undo = Urungkan
export = Ekspor daftar ini sebagai { $type }
file_holds = { $number } baris. Saringan: { $filter }
file_made = Dibuat { $at } oleh { $who }
nav_collective = Cuti bersama
