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
lead = Harinya diambil dari kalender perusahaan. Yang dipotong adalah jatah cuti tahunan.
running = Sedang dikerjakan bagian demi bagian; halaman ini boleh ditinggalkan.
effect = Akibatnya sebelum ditetapkan
outcome = Akibat
enough = cukup jatahnya
short = kurang jatahnya
ways = Untuk yang jatahnya kurang
way_exempt = Dibebaskan
way_exempt_does = Hari yang tak terbayar tidak memotong apa pun.
way_unpaid = Tanpa upah
way_unpaid_does = Hari yang tak terbayar dicatat sebagai cuti tanpa upah.
way_advance = Dipinjamkan dulu
way_advance_does = Saldonya turun di bawah nol dan tertutup oleh jatah berikutnya.
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
missing = Kurang
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
