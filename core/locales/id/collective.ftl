# Cuti bersama, halaman HR
title = Cuti bersama { $year }
years = Tahun
heading_none = Belum ada cuti bersama untuk { $year }.
heading = { $count ->
   *[other] Cuti bersama { $year }: { $number } hari untuk { $people } orang, belum ditetapkan.
  }
heading_posted = { $count ->
    [0] Cuti bersama { $year } sudah ditetapkan, semua harinya sudah lewat.
   *[other] Cuti bersama { $year } sudah ditetapkan, { $number } hari masih di depan.
  }
lead = Harinya diambil dari kalender perusahaan. Yang dipotong adalah jatah { $kind }.
lead_unpaid = Harinya diambil dari kalender perusahaan.
no_payer = Belum ada jenis cuti yang dipotong untuk hari-hari ini
no_payer_told = Yang dipotong adalah jenis cuti yang menyebutkannya, dan belum ada satu pun. Kalau ditetapkan sekarang, tidak ada yang dipotong. Buka jenis cuti yang akan dipotong, biasanya cuti tahunan, centang "Cuti bersama memotong jatah ini", lalu kembali ke sini.
no_payer_posted = Tahun ini sudah ditetapkan, tetapi tidak ada lagi jenis cuti yang dipotong untuk hari-hari ini, jadi selanjutnya tidak ada yang disisihkan. Buka jenis cuti yang akan dipotong dan centang "Cuti bersama memotong jatah ini".
no_payer_go = Ke jenis cuti
running = Sedang dikerjakan bagian demi bagian; halaman ini boleh ditinggalkan.
effect = Akibatnya sebelum ditetapkan
outcome = Akibat
enough = cukup jatahnya
ahead = Jatah { $year } belum diberikan, jadi belum bisa dikatakan siapa yang kurang. Yang ditetapkan sekarang dipotong begitu jatahnya ada.
short = kurang jatahnya
ways = Untuk yang jatahnya kurang
way_exempt = Dibebaskan
way_exempt_does = Hari yang tak terbayar tidak memotong apa pun.
way_unpaid = Tanpa upah
way_unpaid_does = Hari yang tak terbayar dicatat sebagai cuti tanpa upah.
way_advance = Dipinjamkan dulu
way_advance_does = Saldonya turun di bawah nol dan tertutup oleh jatah berikutnya. Hari sebelum jatah pertamanya berlaku dibebaskan.
post = Tetapkan untuk { $people } orang
reversible = Bisa diurungkan seluruhnya; setiap orang mendapat harinya kembali ke jatah semula.
batch = Penetapan
state_running = sedang dikerjakan
state_done = selesai
batch_told = Ditetapkan { $at }. Yang jatahnya kurang: { $way }.
undo = Urungkan untuk semua
done_posted = Cuti bersama { $year } ditetapkan.
done_undone = Cuti bersama { $year } diurungkan. Hari setiap orang kembali.
days = Harinya
short_list = { $count ->
   *[other] { $number } orang kurang jatahnya
  }
missing = Tak terbayar
asked = Yang diminta
afterwards = Sisa sesudahnya
who_all = Tampilkan semuanya
who_enough = Cukup jatahnya untuk { $year }
who_short = Kurang jatahnya untuk { $year }
who_lead = Menurut keadaan hari ini. Belum ada yang dibukukan; hari yang sudah menjadi cutinya atau hari ia bekerja tidak diminta darinya.
who_nobody = Tidak ada.
lent_to = Sisa bila dipinjamkan
beyond = { $days } tetap dibebaskan: belum ada jatah yang berlaku
places = Yang dipotong di tiap lokasi
place_people = { $number } orang
place_days = { $count ->
    [0] tidak ada
   *[other] { $number } hari
  }
place_short = { $number } orang kurang jatahnya
place_more = { $names } dan { $number } lagi
free_holiday = { $day }: libur di sana ({ $name })
free_worked = { $day }: di sana masuk kerja
free_no_workday = { $day }: di sana bukan hari kerja
place = Lokasi
people = Orang
cost = Dipotong
not_there = Tidak dipotong di sana
progress_posting = Selesai untuk { $done } dari { $total } orang
progress_undoing = { $done } dari { $total } hari sudah kembali
undoing = Cuti bersama ini diurungkan. Harinya sedang dikembalikan bagian demi bagian; halaman ini boleh ditinggalkan. Sesudah selesai bisa ditetapkan lagi.
state_stopped = berhenti
stopped = Pekerjaannya berhenti sesudah lima kali gagal. Coba lagi lewat halaman Pekerjaan.
stopped_go = Ke halaman Pekerjaan
worked = Siapa yang masuk pada cuti bersama
worked_lead = Pilih hari yang sudah lewat, lalu centang siapa yang masuk. Harinya kembali ke jatah semula, dan orangnya diberi tahu.
worked_none = Belum ada cuti bersama yang sudah lewat dan membuat orang libur.
worked_day = Hari
worked_back = Yang kembali
worked_gives = 1 hari
worked_unpaid = Tidak lagi cuti tanpa upah
worked_asked = Permintaannya sendiri ({ $number }) menunggu keputusan
worked_oneself = Untuk Anda sendiri harus dicatat orang lain
worked_nobody = Tidak ada yang libur pada hari ini.
worked_tick = { $name } masuk
worked_why = Alasan mereka masuk
worked_why_hint = Dibaca juga oleh orangnya.
worked_look = Lihat dulu: yang dicentang
worked_look_all = Lihat dulu: semua { $number } orang yang cocok
worked_page = Centang berlaku untuk halaman ini. Saring daftarnya, atau kerjakan halaman demi halaman; masing-masing jadi satu catatan.
worked_looked = { $day }: { $number } orang masuk
worked_days = { $count ->
    [0] Tidak ada hari yang kembali.
   *[other] { $number } hari kembali ke jatah semula.
  }
worked_of_unpaid = { $number } hari tidak lagi dihitung cuti tanpa upah.
worked_lost = { $number } di antaranya langsung hangus karena tahunnya sudah lewat.
worked_further = dan { $number } lagi
worked_record = Catat untuk { $number } orang
worked_not = Belum
worked_batches = Yang sudah dicatat
worked_batch = { $day }, { $number } orang. { $why }
worked_batch_by = Dicatat { $at }
worked_batch_undone = Ditarik { $at }
worked_batch_left = untuk { $number } orang tidak bisa, karena harinya sudah terpakai atau hari itu mereka tidak masuk karena hal lain
worked_progress = { $done } dari { $total } orang
worked_undo = Tarik
worked_recorded = Sudah dicatat. Harinya sedang dikembalikan bagian demi bagian.
worked_undone = Catatannya sedang ditarik: hari itu dihitung cuti bersama lagi.
worked_short = Masuk pada cuti bersama
