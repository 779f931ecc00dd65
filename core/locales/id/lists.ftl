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
file_holds = Baris: { $number }. Saringan: { $filter }
file_made = Dibuat { $at } oleh { $who }
nav_collective = Cuti bersama
views = Tampilan
view_of_all = (bersama)
view_keep = Simpan daftar ini dengan nama
view_manage = Ubah nama, bagikan, atau hapus
view_name = Nama tampilan
view_share = Terlihat oleh seluruh perusahaan
view_save = Simpan tampilan
view_rename = Simpan
view_drop = Hapus
view_saved = Tampilan disimpan. Alamatnya juga bisa dikirimkan.
view_changed = Tampilan diubah.
view_dropped = Tampilan dihapus.
view_restored = Tampilan kembali.
view_gone = Tampilan ini sudah tidak ada, atau namanya sudah dipakai.
view_no_name = Tampilan perlu nama.
view_long_name = Nama tampilan paling banyak { $most } huruf.
view_taken = Sudah ada tampilan daftar ini dengan nama itu. Pilih nama lain.
view_too_many = Anda sudah menyimpan { $most } tampilan daftar ini. Hapus satu dulu.
view_too_much = Saringan ini terlalu panjang untuk disimpan.
files_enough = Paling banyak { $within ->
    [minute] dua berkas semenit
   *[hour] dua puluh berkas sejam
  }; yang berikutnya mulai { $again }.
person_hint = Ketik nama atau nomor induk, lalu pilih.
more = Saringan lain
