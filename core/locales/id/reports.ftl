# Laporan cuti
title = Laporan cuti
heading = { $days } hari { $kind } masih menjadi hak karyawan.
lead = Angkanya dari buku cuti, diperbarui bersama setiap keputusan.
departments = Menurut bagian
departments_lead = Yang masih bekerja hari ini.
no_department = tanpa bagian
taken_year = Diambil pada { $year }
taken_said = { $days } hari diambil pada { $year }
month = Bulan
sum = Jumlah
balances = Saldo { $kind }
held = Disisihkan
taken = Diambil
empty = Belum ada saldo.
departments_all = Sisa cuti menurut bagian
