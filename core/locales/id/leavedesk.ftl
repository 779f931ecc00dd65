# Halaman cuti untuk HR
left = Sisa
name_or_number = Nama atau nomor
department = Bagian
any_department = semua bagian
starts = Mulai
ends = Selesai
type = Jenis
any_type = semua jenis
