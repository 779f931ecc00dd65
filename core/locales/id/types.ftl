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
done_dropped = Rancangan dibuang.
draft = Rancangan mulai { $day }
draft_chip = belum berlaku
example = Contoh
expected = Seharusnya
got = Hasilnya
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
figure_carry_days = Hari yang dibawa
figure_negative = Boleh di bawah nol, hari
figure_carry_months = Bulan masa bawaan
figure_after_months = Bulan masa kerja
figure_notice_days = Hari sebelum mulai
figure_back_days = Hari menyusul
figure_restore_days = Hari pengembalian
in_use = Dipakai di perusahaan ini
examples = Contoh, satu per baris
examples_hint = Misalnya: granted joins=2024-02-01 year=2026 days=12. Aturannya granted, cost, carried, atau paper.
save_draft = Simpan rancangan
