# Halaman bagian dan tempat
title = Bagian dan tempat
how = Nama, berapa orang yang harus ada di bagian itu, dan jam tempat kerjanya.
name = Nama
minimum = Paling sedikit hadir
zone = Zona
save = Simpan
add = Tambah
done = Tersimpan.
departments = Bagian
locations = Tempat kerja
people = { $count ->
   *[other] { $number } orang
  }
head = Kepala (nomor induk)
