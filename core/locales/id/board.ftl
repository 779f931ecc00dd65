# Papan hari ini
title = Hari ini
heading = { $gone ->
    [0] { $scheduled } orang terjadwal hari ini, tidak ada yang cuti.
   *[other] { $scheduled } orang terjadwal hari ini, { $away } di antaranya cuti.
  }
heading_holiday = Hari ini libur, { $name }. { $people } orang tidak dijadwalkan.
heading_weekend = Hari ini akhir pekan. { $people } orang tidak dijadwalkan.
bar_title = { $count ->
   *[other] { $number } orang bekerja di sini
  }
bar_who = Keadaan
bar_number = Orang
bar_here = dijadwalkan masuk
bar_leave = cuti
bar_collective = cuti bersama
bar_off = hari libur
needs = Perlu Anda hari ini
needs_none = Semua beres. Yang perlu seseorang akan muncul di sini, yang paling merugikan lebih dulu.
look = Lihat
undecided_soon = { $count ->
   *[other] { $number } cuti segera mulai dan belum diputuskan
  }
begins_soon = Yang pertama mulai dalam { $number } hari ini. Pemohonnya masih menunggu.
begun = Yang pertama sudah mulai. Pemohonnya masih menunggu.
tickets_late = { $count ->
   *[other] { $number } tiket lewat targetnya
  }
tickets_late_what = Pemohonnya menunggu lebih lama dari yang seharusnya.
tickets_untaken = { $count ->
   *[other] { $number } tiket belum diambil
  }
tickets_untaken_what = Belum ada yang memegang.
overdue = { $count ->
   *[other] { $number } persetujuan lewat waktunya
  }
overdue_what = Atasannya sudah diajak memutuskan juga.
closures = { $count ->
   *[other] { $number } penutupan menunggu persetujuan Anda
  }
closures_what = Sampai orang kedua menyetujui, hari dan jamnya tetap dihitung.
parked = { $count ->
   *[other] { $number } pekerjaan berhenti sesudah lima kali gagal
  }
parked_what = Tidak akan diulang sendiri. Lihat sebabnya, lalu coba lagi.
undelivered = { $count ->
   *[other] { $number } pesan tidak sampai dalam tujuh hari ini
  }
undelivered_what = Penerimanya belum tahu apa yang dikabarkan.
shut_chats = { $count ->
   *[other] { $number } orang menutup satu-satunya obrolannya
  }
shut_chats_what = Kabar hanya sampai ke halaman webnya.
away = { $count ->
    [0] Tidak ada yang cuti
   *[other] { $number } orang cuti hari ini
  }
away_none = Semua yang dijadwalkan masuk.
away_until = sampai { $day }
away_am = pagi
away_pm = siang
waiting = { $count ->
    [0] Persetujuan cuti
   *[other] { $number } cuti menunggu keputusan
  }
waiting_all = Semua { $number }
waiting_none = Tak ada yang menunggu keputusan.
minutes = { $count ->
   *[other] { $number } menit
  }
hours = { $count ->
   *[other] { $number } jam
  }
days = { $count ->
   *[other] { $number } hari
  }
key_open = Buka yang perlu Anda, menurut nomornya
set_up_heading = { $company } belum berisi karyawan.
set_up_title = Langkah awal, { $number } dari { $all } selesai
step_done = selesai
step_open = belum
step_go = Kerjakan
set_up_people = Masukkan karyawan
set_up_people_told = { $count ->
    [0] Belum ada seorang pun. Satu berkas CSV atau XLSX cukup untuk semuanya.
   *[other] Baru { $number } orang. Satu berkas CSV atau XLSX cukup untuk semuanya.
  }
set_up_linked = Sambungkan chat mereka
set_up_linked_told = { $count ->
    [0] Belum ada yang menyambungkan chat.
   *[other] { $number } orang sudah tersambung.
  }
set_up_days = Periksa hari libur
set_up_days_told = { $count ->
    [0] Belum ada hari libur untuk tahun ini.
   *[other] { $number } hari libur nasional dan cuti bersama sudah terisi untuk tahun ini.
  }
set_up_roles = Bagi peran administrator
set_up_roles_told = { $count ->
    [0] Belum ada administrator.
   *[other] { $number } orang berperan administrator. Dua orang lebih aman daripada satu.
  }
team = Cuti hari ini di { $department }
team_none = Tidak ada rekan sebagianmu yang cuti hari ini.
papers = { $count ->
   *[other] { $number } surat keterangan belum datang
  }
papers_what = Cutinya tetap berlaku. Tanyakan suratnya, lalu buka di daftar cuti.
blocked = { $count ->
   *[other] { $number } akun diblokir pemiliknya
  }
blocked_what = Orangnya tidak bisa masuk atau bertanya sampai blokirnya dibuka.
imports = { $count ->
   *[other] { $number } berkas karyawan sudah diperiksa dan belum diterapkan
  }
imports_what = Isinya belum berlaku sampai diterapkan.
headless = { $count ->
   *[other] { $number } orang tidak punya atasan
  }
headless_what = Pengajuan mereka jatuh ke administrator.
unlinked = { $count ->
   *[other] { $number } orang belum menyambungkan chat
  }
unlinked_what = Mereka hanya dapat kabar lewat halaman ini.
promises_broken = { $count ->
   *[other] { $number } janji ke pemohon terlewat
  }
promises_broken_what = Pemohonnya sudah diberi tahu batasnya. Jawab dulu, sebelum yang lain.
