# Jenis cuti, halaman HR
title = Jenis cuti
heading = { $count ->
   *[other] { $number } jenis cuti dipakai di sini.
  }
lead = Setiap jenis berlaku sejak tanggalnya dan menyebut dasar hukumnya.
name = Jenis
other_name = Dalam bahasa Inggris
since = Sejak
since_day = Sejak { $day }
state = Keadaan
active = dipakai
idle = tidak dipakai
own = diubah perusahaan
terms = Ketentuan yang berlaku
source = Dasar
versions = Semua versi
published = Diterbitkan { $at }
shipped = bawaan
approve = perlu persetujuan
acknowledge = cukup dicatat
months = { $number } bulan
days_lots = { $many ->
   *[other] { $number } hari setahun
  }
days_event = { $many ->
   *[other] { $number } hari setiap kali
  }
days_per_month = { $many ->
   *[other] { $number } hari sebulan
  }
days_per_year = { $many ->
   *[other] { $number } hari setahun
  }
days_per_employment = { $many ->
   *[other] { $number } hari selama bekerja di sini
  }
days_open = { $many ->
   *[other] { $number } hari
  }
as_long = selama perlu
counts_working = hari kerja
counts_calendar = hari kalender
gender_female = perempuan
gender_male = laki-laki
head_gives = Jatah
head_decision = Keputusan
head_counts = Yang dihitung
head_halves = Setengah hari
head_after_months = Masa kerja
head_notice_days = Pengajuan
head_back_days = Menyusul
head_carry_days = Dibawa ke tahun depan
head_carry_months = Masa bawaan
head_restore_days = Pengembalian
head_negative = Di bawah nol
head_document = Surat
head_pay = Upah
head_gender = Untuk
head_collective = Cuti bersama
head_encashable = Penguangan
term_after_months = { $count ->
   *[other] sesudah { $number } bulan bekerja
  }
term_notice_days = { $count ->
   *[other] paling lambat { $number } hari sebelumnya
  }
term_back_days = { $count ->
   *[other] boleh diajukan sampai { $number } hari sesudahnya
  }
term_carry_months = { $count ->
   *[other] hangus sesudah { $number } bulan
  }
term_restore_days = { $count ->
   *[other] hari yang kembali sesudah hangus berlaku { $number } hari lagi
  }
term_carry_days = paling banyak { $number } hari
term_negative = sampai { $number } hari
term_document = untuk cuti mulai { $after } hari, paling lambat { $within } hari kerja sesudahnya
term_pay_until = { $percent } % sampai bulan ke-{ $until }
term_pay = { $percent } %
term_collective = memotong jatah ini
term_encashable = sisa dapat diuangkan
number_wrong = Isi dengan angka, misalnya 12 atau 2,5.
from_wrong = Isi tanggal mulai berlakunya.
example_wrong = Contoh ini tidak terbaca: { $line }
done_drafted = Rancangan tersimpan. Belum ada yang memakainya.
done_published = Diterbitkan. Berlaku sejak tanggalnya.
done_withdrawn = Ditarik. Sekarang rancangan lagi, dan belum ada yang memakainya.
ahead = Berlaku mulai { $day }
ahead_whole = Seluruh ketentuannya
apart = Yang berubah
apart_now = Hari ini
apart_then = Nanti
apart_nothing = Isinya sama dengan yang berlaku hari ini.
published_by = Diterbitkan { $at } oleh { $who }
withdraw = Tarik kembali
withdraw_how = Selama belum berlaku, ini bisa ditarik; ia menjadi rancangan lagi.
withdraw_later = Versi sesudahnya dibangun di atas yang ini; tarik itu dulu.
done_dropped = Rancangan dibuang.
draft = Rancangan mulai { $day }
draft_chip = belum berlaku
example = Contoh
expected = Ditulis
got = Aturan baru
holds = cocok
fails = tidak cocok
publish = Terbitkan
drop = Buang rancangan
change = Ubah mulai suatu tanggal
change_how = Rancangan dicoba dulu dengan contohnya; contoh yang tidak cocok menahan penerbitan.
from = Berlaku mulai
name_id = Nama dalam bahasa Indonesia
name_en = Nama dalam bahasa Inggris
figure_days = Hari
figure_days_hint = Sebanyak ini setiap tahun, atau untuk jenis tanpa saldo setiap kali.
figure_carry_days = Hari yang dibawa
figure_carry_days_hint = Sisa yang boleh ikut ke tahun berikutnya. 0: hangus semua.
figure_negative = Boleh di bawah nol, hari
figure_negative_hint = Yang boleh dipinjam dari jatah berikutnya. 0: tidak boleh.
figure_carry_months = Bulan masa bawaan
figure_carry_months_hint = Selama ini hari bawaan masih berlaku.
figure_after_months = Bulan masa kerja
figure_after_months_hint = Selama ini orangnya harus sudah bekerja. 0: sejak hari pertama.
figure_notice_days = Hari sebelum mulai
figure_notice_days_hint = Paling lambat diajukan sekian hari sebelumnya. 0: kapan saja.
figure_back_days = Hari menyusul
figure_back_days_hint = Masih boleh diajukan sekian hari sesudahnya. 0: tidak boleh.
figure_restore_days = Hari pengembalian
figure_restore_days_hint = Selama ini hari yang kembali sesudah hangus masih bisa dipakai.
in_use = Dipakai di perusahaan ini
examples = Contoh, satu per baris
examples_hint = Misalnya: granted joins=2024-02-01 year=2026 days=12. Aturannya granted, cost, carried, atau paper.
save_draft = Simpan rancangan
new = Jenis baru
new_how = Jenis milik perusahaan sendiri. Mulai sebagai rancangan; belum dipakai sebelum diterbitkan.
terms_new = Ketentuan
code = Kode
code_hint = Huruf kecil, angka dan _, misalnya ulang_tahun. Tidak bisa diganti nanti.
code_taken = Kode ini sudah dipakai. Pilih yang lain.
coming = berlaku nanti
lots_only = Jadwal, tahun, bawaan, pinjaman dan pembulatan hanya berlaku untuk hari dalam saldo.
pick_schedule = Hari diberikan
pick_due = Diberikan pada
pick_basis = Tahun cuti
pick_round_to = Bagian setahun dipotong ke, hari
pick_entitlement = Cara diberikan
pick_counts = Yang dihitung
pick_per = Jumlah hari berlaku untuk
pick_gender = Untuk
head_schedule = Pemberian
head_due = Saat diberikan
head_basis = Tahun cuti
decision_approve = perlu persetujuan
decision_acknowledge = cukup dicatat
schedule_yearly = setahun sekali
schedule_quarterly = setiap triwulan
schedule_monthly = setiap bulan
schedule_none = hanya dengan tangan
due_first = hari pertama
due_last = hari terakhir
basis_calendar = tahun kalender
basis_anniversary = sejak tanggal masuk
entitlement_lots = hari dalam saldo
entitlement_event = sekian hari setiap kali
entitlement_open = selama perlu
per_request = setiap pengajuan
per_month = sebulan
per_year = setahun
per_employment = seluruh masa kerja
gender_all = semua
halves_allowed = Boleh setengah hari
document_after = Surat mulai hari ke
document_hint = Kosong: tidak perlu surat.
document_within = Surat paling lambat, hari kerja
pay = Upah dalam persen
pay_hint = Misalnya 100, atau 100/4 75/8 25: penuh sampai bulan ke-4, 75 % sampai bulan ke-8, lalu 25 %.
pay_wrong = Tulis bagian upah seperti 100, atau 100/4 75/8 25.
source_hint = Misalnya pasal peraturan perusahaan.
figure_months = Bulan tiap kejadian
figure_months_hint = Lamanya satu kejadian, misalnya 3 untuk melahirkan. 0: dihitung per hari.
figure_more_days = Hari tambahan
figure_more_days_hint = Boleh ditambah sampai sekian hari menurut kesepakatan.
figure_more_months = Bulan tambahan dengan surat
figure_more_months_hint = Boleh diperpanjang selama ini dengan surat dokter.
term_more_days = { $number } hari lagi menurut kesepakatan
term_more_months = { $number } bulan lagi dengan surat
head_more_days = Tambahan
head_more_months = Tambahan
term_collective_tick = Cuti bersama memotong jatah ini
collective_hint = Paling banyak satu jenis, biasanya cuti tahunan.
head_collective_short = Kalau jatahnya kurang
pick_collective_short = Kalau jatah kurang untuk cuti bersama
collective_short_exempt = tetap libur
collective_short_unpaid = libur tanpa gaji
collective_short_advance = dipinjamkan
examples_head = Dicoba dengan contoh
examples_hold = Semua contoh memberi hasil seperti yang ditulis.
examples_differ = { $count ->
   *[other] { $number } contoh memberi hasil lain dari yang ditulis. Kalau memang begitu maksudnya, terima; kalau tidak, ubah lagi aturannya. Sampai itu rancangan ini tidak bisa diterbitkan.
  }
examples_lines = Contoh sebagai baris, untuk yang ingin menulisnya sendiri
example_unread = contoh ini tidak terbaca
about_granted = Masuk kerja { $joins }: jatah { $year }
about_cost = Cuti { $days }{ $half ->
    [am] { " " }(pagi saja)
    [pm] { " " }(siang saja)
   *[no] { "" }
  }{ $more }: memotong
about_paper = Tidak masuk { $days }{ $half ->
    [am] { " " }(pagi saja)
    [pm] { " " }(siang saja)
   *[no] { "" }
  }{ $more }: suratnya ditunggu sampai
about_carried = Sisa { $left } hari di akhir tahun: yang dibawa
about_off = , dengan { $days } libur
about_used = , sesudah { $days } hari dipakai
about_asked = , diajukan { $day }
gives_no = ditolak
gives_refused = ditolak. { $why }
gives_no_paper = tanpa surat
accept = Memang begitu
accept_all = Terima semua hasil baru
go_back = Ubah lagi
done_accepted = Hasil barunya diterima. Rancangannya bisa diterbitkan kalau semua contohnya cocok.
new_all = Jenis cuti baru
