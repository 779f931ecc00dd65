# Artikel: daftar, pencarian, dan yang diisikan untuk pembacanya
ask_desk = Tanya tim bantuan
beside = Artikel terkait
dated = Berlaku sejak { $on }, ditinjau lagi paling lambat { $by }.
days = { $days } hari
due = Artikel ini sudah lewat waktu tinjaunya. Kalau ragu, tanyakan ke HR.
for_admins = Untuk admin HR
for_agents = Untuk tim bantuan
for_employees = Untuk karyawan
for_operators = Untuk pengelola Serambi
found = { $count ->
    [0] Tidak ada artikel untuk "{ $asked }"
   *[other] { $number } artikel untuk "{ $asked }"
}
lead = Tulis seperti biasanya, atau pilih judulnya.
none_ahead = belum ada
not_known = (belum tercatat)
nothing = Belum ada artikelnya. Coba kata lain, atau tanyakan ke tim bantuan.
of_company = ditulis { $name }
open_chat = Buka obrolan
search = Cari
search_hint = cuti nikah berapa hari
source = Sumber
title = Bantuan
answered = Terjawab?
done_yes = Terima kasih, tercatat.
done_no = Tercatat. Tim bantuan bisa menjawabnya:
topic_own = Dari { $company }
topic_other = Lainnya
topic_first = Memakai Serambi
topic_leave = Cuti
topic_family = Keluarga dan ibadah
topic_health = Sakit dan kecelakaan
topic_time = Jam kerja dan lembur
topic_pay = Gaji dan THR
topic_tax = Pajak
topic_insurance = BPJS
topic_leaving = Berhenti bekerja
topic_privacy = Data pribadi
topic_desk = Meja bantuan
topic_people = Karyawan dan peran
topic_talk = Artikel dan obrolan
topic_channels = Saluran chat
topic_deadlines = Tenggat
topic_running = Menjalankan Serambi
