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
balance_title = Saldo cuti { $name }
balance_of = { $kind }: { $left } hari
balance_open = Lihat saldo dan asalnya
lot_annual = jatah { $year }
lot_carry = bawaan ke { $year }
lot_restored = dipulihkan { $year }
lot_opening = saldo awal { $year }
lot_adjustment = penyesuaian { $year }
lot = Dari
lot_until = Berlaku sampai
lot_payable = Boleh diuangkan
no_lots = Belum ada hari cuti yang berlaku.
why_lines = Mengapa segini
line_on = Tanggal
line_what = Kejadian
line_days = Hari
line_sum = Jumlah
payout = Uangkan hari
payout_how = Hari yang diberikan undang-undang tidak diuangkan selama orangnya masih bekerja; yang di atasnya dan yang dibawa boleh, kalau aturan jenisnya mengizinkan. Kalau hari terakhirnya sudah dicatat, semua yang belum hangus boleh (PP 35/2021 pasal 40 ayat 4).
payout_days = Berapa hari
payout_why = Alasan
payout_look = Lihat dulu
payout_sure = Uangkan { $days } hari?
payout_parts = { $days } hari dari { $lot }, berlaku sampai { $day }
payout_left = Sisanya menjadi { $left } hari. { $name } diberi tahu.
payout_do = Uangkan { $days } hari
payout_not = Tidak jadi
paid_list = Yang sudah diuangkan
paid_line = { $days } hari { $kind }, { $at }
paid_undone = dibatalkan { $at }
paid_undo = Batalkan
done_paid = Harinya diuangkan.
done_unpaid = Penguangan dibatalkan; harinya kembali.
closed = Masa tanpa cuti
closed_how = Pada hari-hari ini cuti yang perlu disetujui tidak bisa diminta. Yang dicatat atas kata karyawan, seperti sakit, tetap bisa.
closed_list = Yang berlaku dan yang akan datang
closed_none = Tidak ada masa tanpa cuti.
closed_new = Tambah masa tanpa cuti
closed_changing = Ubah masa tanpa cuti
closed_from = Dari
closed_until = Sampai
closed_any_kind = Semua jenis yang perlu disetujui
closed_any_place = semua tempat
closed_everybody = semua bagian
closed_why = Alasan
closed_why_hint = Karyawan membacanya saat cutinya belum bisa diminta.
closed_change = Ubah
closed_end = Buka kembali
closed_do = Berlakukan
closed_sure = { $count ->
   *[other] Mengenai { $people } orang
  }
closed_stays = { $count ->
   *[other] { $number } cuti sudah diminta atau disetujui di hari itu dan tetap seperti adanya
  }
closed_hits_nobody = Belum ada cuti yang diminta atau disetujui di hari itu.
closed_done_added = Masa tanpa cuti berlaku.
closed_done_changed = Masa tanpa cuti sudah diubah.
closed_done_ended = Hari-harinya dibuka kembali.
