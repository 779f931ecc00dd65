# Halaman cuti untuk HR
left = Sisa
name_or_number = Nama atau nomor
department = Bagian
any_department = semua bagian
starts = Mulai
ends = Selesai
type = Jenis
any_type = semua jenis
opening = Saldo awal cuti
opening_how = Sisa cuti pada saat perusahaan mulai di sini. Berkas dibaca dulu; tidak ada yang berubah sebelum Anda menerapkannya.
opening_send = Kirim berkas saldo
opening_hint = CSV atau XLSX dengan kolom employee_number dan days, boleh leave_type dan valid_to; paling besar 10 MB.
opening_checked = { $count ->
   *[other] { $number } saldo berubah
  }
