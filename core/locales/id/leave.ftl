
after_team = { " " }Di tim: { $team }.
when = Cuti tanggal berapa, { $name }? Sisa { $pays } { $left } hari. (contoh: { $example })
when_again = Cuti tanggal berapa? Sisa { $pays } { $left } hari. (contoh: { $example })
when_length = { $length }, mulai tanggal berapa? Sisa { $pays } { $left } hari. (contoh: { $example })
when_half = Setengah hari, tanggal berapa? Sisa { $pays } { $left } hari. (contoh: { $example })
yours = { $code ->
    [annual] cuti tahunanmu
   *[other] { $kind }
  }
until = Mulai { $day }, sampai kapan? (contoh: "sampai Jumat", "18 Desember", "3 hari")
until_unclear = Hari terakhirnya belum tertangkap. Tulis misalnya "sampai Jumat", "18 Desember" atau "3 hari".
until_choice = Sampai { $days }
one_day = Sehari saja
when_unclear = Tanggalnya belum tertangkap. Tulis misalnya "besok", "Senin sampai Rabu" atau "12-14 Agustus".
which_day = Hari dan tanggalnya belum cocok. Maksudnya { $one } atau { $other }?
which_of = Jadinya yang mana: { $one } atau { $other }?
which_of_three = Jadinya yang mana: { $one }, { $other } atau { $third }?
these_days = { $days }
so_many = { $days } hari
part = Bisa. { $day }, libur pagi atau siang?
half_am = Pagi, masuk 13.00
half_pm = Siang, pulang 12.00
clock_am = masuk 13.00 { $zone }
clock_pm = pulang 12.00 { $zone }
why = Keperluannya apa? (boleh dilewati)
why_for = { $days }, { $cost } hari kerja. Keperluannya apa? (boleh dilewati)
why_short = Lanjut cutinya ({ $brief }): keperluannya apa? (boleh dilewati)
confirm = { $kind } { $days }, { $cost } hari kerja{ $reason }.{ $off }{ $after } Ajukan ke { $head }?
confirm_half = Cuti setengah hari { $days }, { $clock }{ $reason }.{ $before ->
    [0] { "" }
   *[other] { " " }Sisa { $before } jadi { $left } hari{ $team }.
  } Ajukan ke { $head }?
for = , untuk { $reason }
days_off = { " " }Tidak dihitung: { $days }.
team_free = ; belum ada yang libur di { $team }
team_away = ; yang juga libur di { $team }: { $away }
the_administrators = administrator
yes_send = Ya, ajukan
change_dates = Ganti tanggal
not_enough = Belum bisa: { $days } butuh { $needed } hari, sisamu { $left }{ $lends ->
    [no] { "" }
   *[other] { " " }dan paling banyak { $lends } boleh dipinjam
  }. Mau yang mana?
not_enough_noted = Oke, untuk { $reason }. Tapi { $days } butuh { $needed } hari, dan sisamu { $left }. Mau yang mana?
only_day = { $day } saja
only_days = { $first }-{ $last } saja
other_dates = Tanggal lain
submitted = Terkirim: { $number }, menunggu { $who }. { $reminds }{ $aside }
reminds = Saya ingatkan { $asked ->
    [1] dia
   *[other] mereka
  } { $at }.
reminds_soon = { $half ->
    [yes] Cutinya
   *[no] Mulainya
  } { $start }, jadi { $asked ->
    [1] dia
   *[other] mereka
  } saya ingatkan hari ini { $at }.
aside = { " " }{ $cost } hari disisihkan dulu.
starts_today = hari ini
starts_tomorrow = besok
starts_on = { $day }
see_status = Lihat status
take_back = Tarik kembali
cancelled = Oke, batal. Tidak ada yang terkirim; sisa cutimu tetap { $left } hari.
kept_open = Pengajuan cuti { $days } masih tersimpan dan belum terkirim. Lanjutkan?
kept_some = tanpa tanggal
when_kind = { $kind } tanggal berapa, { $name }? (contoh: { $example })
confirm_cost = { $cost } hari: { $counted }.{ $each }
    Sisa { $before } jadi { $left }. Ajukan ke { $head }?
confirm_clash = { $kind } { $days }, { $cost } hari kerja{ $reason }. { $head } akan melihat bentroknya. Ajukan?
confirm_both = { $kind } { $days }, { $cost } hari kerja, lalu tanpa gaji { $unpaid }{ $reason }. Sisa jadi { $left }. Ajukan ke { $head }?
confirm_short = Lanjut cutinya ({ $cost } hari, { $brief }): ajukan ke { $head }?
just_days = { $days }
after = { " " }Sisa jadi { $left } hari{ $team }.
two = { $first } dan { $second }
and = { $first } dan { $last }
kind = { $code ->
    [annual] Cuti tahunan
    [sick] Sakit
    [menstrual] Cuti haid
    [maternity] Cuti melahirkan
    [miscarriage] Cuti keguguran
    [paternity] Cuti istri melahirkan
    [own_marriage] Cuti menikah
    [child_marriage] Cuti menikahkan anak
    [child_circumcision] Cuti khitanan anak
    [child_baptism] Cuti baptis anak
    [bereavement_close] Cuti duka
    [bereavement_household] Cuti duka
    [religious_duty] Cuti ibadah
    [long_leave] Cuti besar
    [unpaid] Cuti tanpa gaji
   *[other] { $name }
  }
care = { $what ->
    [sick] Semoga lekas pulih.
    [miscarriage] Turut bersedih, semoga lekas pulih.
    [maternity] Semoga lancar dan sehat.
    [loss] Turut berduka cita.
   *[joy] Selamat!
  }
day_off = { $day } libur { $name }.
day_off_collective = { $day } cuti bersama { $name }, jatahnya sudah disisihkan.
so_many_unpaid = { $many ->
    [1] Sehari tanpa gaji
   *[2] { $days } hari tanpa gaji
  }
clash = { $days }, { $cost } hari kerja. Tapi { $on } { $some ->
    [no] hanya ada
   *[yes] { $away } sudah libur, jadi tinggal
  } { $present } dari minimal { $minimum } orang.{ $instead } Bagaimana?
clash_noted = Oke, untuk { $reason }. Tapi { $on } tetap tinggal { $present } dari minimal { $minimum } orang.{ $instead } Bagaimana?
free_then = { " " }Yang longgar: { $days }.
take_instead = Pilih { $days }
ask_anyway = Tetap ajukan
collective_work = Bisa kalau { $head } setuju. Jatah 1 hari kembali, dan harinya dibayar sebagai hari kerja biasa, bukan lembur.
cancelled_kind = Oke, batal. Tidak ada yang terkirim.
what_if = Sisa{ $of } { $left }{ $lost ->
    [yes] ; { $fate }:
   *[no] , tidak ada yang hangus:
  } { $days } memakai { $cost } hari{ $sum }.
of_kind = { " " }{ $kind }
untaken = { $code ->
    [annual] { "" }
   *[other] { $kind }:{ " " }
  }{ $fate }.
untaken_nothing = Tidak ada yang hangus; sisanya { $left } hari{ $of }.
goes_on = { $days } hari dibawa ke { $year }, dipakai paling lambat { $until }
is_lost = { $days } hari hangus { $on }
ask_days = Ajukan { $days }
done_looking = Selesai
collective_ask = Bisa kalau { $head } setuju. Jatah 1 hari kembali, dan { $day } dibayar sebagai hari kerja biasa, bukan lembur. Ajukan ke { $head }?
collective_sent = Terkirim: { $number }, menunggu { $who }. Saya ingatkan { $asked ->
    [1] dia
   *[other] mereka
  } { $at }.
record = { $care }{ $kind } { $days }, { $half ->
    [am] setengah hari pagi
    [pm] setengah hari siang
   *[no] { $cost } { $unit ->
      [calendar] hari kalender
     *[working] hari kerja
    }
  }{ $effect }.{ $papers ->
    [yes] { " " }{ $code ->
      [sick] Surat dokternya
     *[other] Surat keterangannya
    } paling lambat { $paper }.
   *[no] { "" }
  } Catat?
record_keeps = ; cuti tahunan tidak berkurang
record_instead = . Cutimu di hari itu ({ $number }) dibatalkan, { $back } hari kembali
record_short = Lanjut yang tadi, { $kind } { $days }: catat?
yes_record = Ya, catat
only_today = Hari ini saja
came_back = { $back } hari kembali; sisa cuti tahunanmu { $left } hari.
lost_again = { $lost } hari hangus karena masa pakainya sudah lewat.
recorded = Tercatat. { $head } tahu kamu tidak masuk { $days }.{ $came_back }{ $papers ->
    [yes] { " " }Fotokan suratnya ke sini kalau sudah ada.
   *[no] { "" }
  }
certificate_which = Ini surat untuk yang mana?
certificate_for = Ini surat dokter untuk { $days }?
certificate_yes = Ya
certificate_no = Bukan
certificate_received = Diterima. Isinya hanya bisa dibuka HR; { $head } hanya melihat "surat dokter: ada".
withdrawn_kind = Ditarik: { $number }.
back_to = { $back } hari kembali ke jatah { $year }, berlaku sampai { $until }.
call_off = { $number }, { $days }. Batalkan semua? { $back }
yes_all = Ya, semua
some_days = Sebagian
no_keep = Tidak jadi
which_days = Tanggal mana yang dibatalkan dari { $days }?
call_off_sent = Permintaan batal terkirim ke { $who }. Sampai { $asked ->
    [1] dia
   *[other] mereka
  } setuju, cutinya masih berlaku. Saya ingatkan { $asked ->
    [1] dia
   *[other] mereka
  } { $at }.
not_inside = Belum bisa: tanggal itu di luar cutinya, { $days }. Pilih tanggal di dalamnya.
change_which = { $lines }
    Yang mana diganti tanggalnya?
change_when = { $number }, { $days }. Ganti ke tanggal berapa?
change_confirm = { $number } jadi { $days }, { $cost } hari kerja (tadinya { $was }). Ajukan ke { $head }?
changed = { $number } diganti, menunggu { $who }. Saya ingatkan { $asked ->
    [1] dia
   *[other] mereka
  } { $today ->
    [yes] hari ini{ " " }
   *[no] { "" }
  }{ $at }.
balance = { $left } hari { $kind }, berlaku sampai { $until }.
balance_parts = { $left } hari { $kind }: { $parts }.
balance_part = { $days } hari berlaku sampai { $until }
balance_on = { $left } hari { $kind } pada { $on }{ $sum }, kalau tidak ada cuti lain sampai hari itu.
balance_was = { $left } hari { $kind } pada { $on }.
balance_bare = { $left } hari { $kind }.
balance_none = { $kind } tidak punya sisa: jatahnya dihitung tiap kejadian. Sisa cuti tahunanmu { $left } hari.
no_lots_of = Belum ada jatah { $kind } untukmu. Yang memberikannya perusahaan; tanyakan ke HR.
no_lots = Belum ada jatah { $kind }. Yang pertama diberikan { $on }{ $months ->
    [0] { "" }
   *[other] , setelah { $months } bulan bekerja
  }.
permit_as = Tidak masuk sehari penuh di sini diajukan sebagai cuti. Sisa cuti tahunanmu { $left } hari. Pakai yang mana?
permit_hours = Izin beberapa jam belum bisa diajukan di sini. Yang bisa: setengah hari cuti tahunan; sisamu { $left } hari. Bagaimana?
permit_half = Setengah hari cuti
permit_hr = Tanya HR
figure_now = Sisa sekarang: { $days }
figure_grant = Jatah yang datang { $on }: { $days }
figure_collective = Cuti bersama { $year }: { $days }
figure_leave = Cuti { $range }: { $days }
figure_lost = Hangus { $on }: { $days }
figure_carried = Dibawa ke { $year }, paling banyak { $most }: { $days }
figure_sum = { $sum } hari.
why_choice = Kenapa { $left }?
ask_choice = Ajukan cuti
cost_counted = Dihitung { $days }: { $cost } hari
cost_idle = Bukan hari kerja, tidak dihitung: { $days }
cost_off = { $collective ->
    [yes] Tidak dihitung { $day }: { $name }, jatahnya sudah disisihkan
   *[no] Tidak dihitung { $day }: { $name }
  }
cost_paid = { $carried ->
    [yes] Dari sisa tahun lalu, berlaku sampai { $until }: { $days } hari
   *[no] Dari jatah yang berlaku sampai { $until }: { $days } hari
  }
balance_explained = { $lines }
line_collective = Cuti bersama { $name } { $days }: { $sum }
line_collective_ahead = Cuti bersama { $name } { $days }, sudah disisihkan: { $sum }
line_request = { $number }, { $days }: { $sum }
line_given = { $kind ->
    [carry] Dibawa dari { $before }: { $days }
    [adjust] Penyesuaian { $year } oleh HR: { $days }
    [lent] Pinjaman dari { $before }: { $days }
    [expire] Hangus dari { $year }: { $days }
    [encash] Diuangkan dari { $year }: { $days }
   *[grant] Jatah { $year }: { $days }
  }
line_opening = { $first ->
    [yes] Saldo awal { $on }
   *[no] Disamakan dengan saldo awal { $on }
  }{ $named ->
    [yes] { " " }dari { $file }
   *[no] { "" }
  }: { $days }
line_requests = { $count } pengajuan cuti: { $sum }
line_sum = { $plus } - { $minus } = { $left } hari.
standing = { $lines }
state_in_review = { $number }: { $days }, menunggu { $who }.
state_applied = { $number }: { $days }, disetujui { $who }.
state_recorded = { $number }: { $days }, tercatat.
state_rejected = { $number }: { $days }, tidak disetujui { $who }: "{ $reason }".
state_withdrawn = { $number }: { $days }, ditarik kembali.
state_returned = { $number }: { $days }, diminta diubah oleh { $who }: "{ $reason }".
state_approved = { $number }: { $days }, disetujui { $who }, sedang diproses.
state_expired = { $number }: { $days }, ditutup tanpa keputusan.
state_cancel_requested = { $number }: { $days }, disetujui; pembatalannya menunggu { $who }.
state_cancelled = { $number }: { $days }, dibatalkan.
nothing_asked = Belum ada pengajuan cuti. Tulis misalnya "cuti besok" untuk mengajukan.
nothing_to_withdraw = Tidak ada pengajuan yang masih menunggu, jadi tidak ada yang perlu ditarik.
no_such_number = Belum ketemu: { $number } bukan pengajuanmu. Tulis "status cuti" untuk melihat nomornya.
withdraw_which = { $lines }
    Yang mana ditarik?
withdraw_confirm = Tarik { $number }, { $days }?{ $back }
yes_withdraw = Ya, tarik
keep = Biarkan
kept = Baik, { $number } tetap berjalan.
withdrawn = Ditarik: { $number }. { $back } hari kembali, sisa cutimu { $left } hari.
holidays = { $lines }
no_holidays = Belum ada hari libur dalam empat bulan ke depan di daftar.
title = { $kind }: { $name }
what = { $days }, { $cost } hari kerja
what_am = { $days }, setengah hari pagi
what_pm = { $days }, setengah hari siang
effect_undo = Kalau disetujui, { $days } dibatalkan: { $cost } hari kembali.
effect_undo_kind = Kalau disetujui, { $days } dibatalkan.
effect = Sisa sesudahnya { $left } hari.
effect_team = { $team }: { $present } dari { $people } orang hadir, minimal { $minimum }.
approved = Disetujui { $who }: cuti { $half ->
    [am] setengah hari pagi{ " " }
    [pm] setengah hari siang{ " " }
   *[no] { "" }
  }{ $days }. Sisa cuti tahunanmu { $left } hari.
rejected = Tidak disetujui { $who }: "{ $reason }". { $back } hari kembali, sisa cutimu { $left }.{ $lost } Mau { $instead }?
ask_that = Ajukan itu
not_now = Nanti saja
ends_before_start = Belum bisa: { $ends } lebih dulu daripada { $starts }. Tulis tanggal mulainya dulu, misalnya "12-14 Agustus".
already_past = Belum bisa: { $starts } sudah lewat. Cuti diajukan untuk hari ini atau sesudahnya.
too_long = Belum bisa: satu pengajuan paling lama setahun. Tulis rentang yang lebih pendek.
half_of_many = Belum bisa: setengah hari hanya untuk satu tanggal. Tulis satu tanggal saja.
only_days_off = Tidak perlu cuti: { $days } memang hari libur. Tulis tanggal lain kalau perlu.
not_enough_days = Belum bisa: { $days } butuh { $needed } hari, sisamu { $left }. Tulis tanggal lain, atau "sisa cuti" untuk melihat rinciannya.
no_lot = Belum bisa: jatah untuk { $on } belum ada. Jatah tahun depan diberikan mulai 1 Januari.
overlaps = Belum bisa: { $on } sudah ada cutimu. Tulis "status cuti" untuk melihatnya, atau pilih tanggal lain.
not_in_a_row = Satu pengajuan untuk hari yang berurutan. Tulis dulu yang pertama dari { $days }; sesudahnya yang berikut.
reason_too_long = Alasannya terlalu panjang. Tulis paling banyak { $most } huruf.
too_long_ago = Belum bisa: { $starts } sudah terlalu lama lewat. Yang sudah lewat dicatat paling lambat { $most } hari sesudahnya; bicarakan dengan HR.
too_soon = Belum bisa: cuti ini diajukan paling lambat { $notice } hari sebelumnya. Tanggal paling awal { $first }.
no_halves = Belum bisa: cuti ini hanya untuk hari penuh. Tulis tanggalnya tanpa "setengah hari".
event_too_long = Belum bisa: mulai { $starts } cuti ini paling lama sampai { $last }. Tulis tanggal akhir yang lebih awal.
event_used = Belum bisa: butuh { $needed } hari, sedangkan jatahnya { $most_days } hari{ $per ->
    [month] { " " }sebulan
    [year] { " " }setahun
    [employment] { " " }selama bekerja
   *[request] { "" }
  } dan { $used } hari sudah dipakai. Tulis tanggal yang lebih pendek.
event_once = Belum bisa: cuti ini satu kali selama bekerja di sini, dan kamu sudah memakainya. Bicarakan dengan HR.
not_offered = Belum bisa: { $kind } tidak ada untukmu di perusahaan ini. Kalau menurutmu keliru, bicarakan dengan HR.
after_last_day = Hari kerjamu yang terakhir { $last }, jadi cuti hanya bisa sampai hari itu. Ada yang keliru? Hubungi HR.
not_yet = Belum bisa: jatah mulai ada { $first }, setelah { $months } bulan bekerja.
not_encashable = Belum bisa: yang boleh diuangkan { $left } hari, yang diminta { $needed }. Pilih jumlah yang lebih kecil.
blackout = Belum bisa: { $days } tidak ada cuti ({ $why }). { $free ->
    [none] Pilih tanggal lain.
   *[other] Yang bisa: { $free }.
  }
blackout_why = Tulis alasannya, paling banyak { $most } huruf.
blackout_gone = Masa tanpa cuti itu sudah dibuka kembali. Muat ulang halamannya.
document_had = Surat untuk { $days } sudah diterima. Kirim yang baru lewat HR kalau perlu diganti.
collective_posted = Cuti bersama { $year } sudah dipasang. Batalkan dulu kalau mau memasangnya lagi.
collective_undoing = Hari-hari { $year } masih dikembalikan. Pasang lagi sesudah selesai.
collective_no_kind = Belum ada jenis cuti yang dipotong untuk cuti bersama, jadi menetapkan { $year } tidak menyisihkan apa pun. Centang dulu "Cuti bersama memotong jatah ini" pada salah satunya.
collective_none = Belum ada hari cuti bersama { $year } di kalender. Tambahkan harinya di kalender dulu.
batch_undone = Sudah dibatalkan sebelumnya. Muat ulang halamannya.
nothing_to_recount = Tidak ada cuti yang perlu dihitung ulang. Muat ulang halamannya.
recount_running = Hitung ulang sedang berjalan. Tunggu sampai selesai, lalu muat ulang halamannya.
recount_undone = Hitung ulang ini sudah dibatalkan. Muat ulang halamannya.
recounted = Kalender berubah, jadi { $kind }mu { $days } dihitung ulang: sekarang { $cost } hari. { $way ->
    [more] { $change } hari lagi diambil dari sisamu.
   *[less] { $change } hari kembali.
  }{ $left }
recounted_same = Kalender berubah, jadi { $kind }mu { $days } dihitung ulang: tetap { $cost } hari, tetapi harinya lain.{ $left }
away = { $name } tidak masuk { $days }.
away_am = { $name } tidak masuk { $days }, setengah hari pagi.
away_pm = { $name } tidak masuk { $days }, setengah hari siang.
approved_kind = Disetujui { $who }: { $kind }, { $half ->
    [am] setengah hari pagi{ " " }
    [pm] setengah hari siang{ " " }
   *[no] { "" }
  }{ $days }.{ $left }
left_of = Sisanya { $left } hari.
rejected_kind = { $kind } tidak disetujui { $who }: "{ $reason }". Mau { $instead }?
days_of = { $days } dari { $number }
some_of = Sebagian hari { $number }
called_off = { $number } dibatalkan. { $back } hari kembali; sisa { $kind }mu { $left } hari.
called_off_kind = { $number } dibatalkan: { $back } hari { $kind } tidak berlaku lagi.
document_reminder_late = Surat untuk { $days } belum kami terima. Fotokan ke sini; isinya hanya bisa dibuka HR.
document_reminder = Surat untuk { $days } ditunggu hari ini. Fotokan ke sini; isinya hanya bisa dibuka HR.
not_enough_days_left = Belum bisa: yang diminta { $needed } hari, yang ada { $left } hari. Pilih jumlah yang lebih kecil.
nothing_to_cancel = Belum bisa: tidak ada hari yang masih di depan dari { $days }. Hari yang sudah lewat dibetulkan lewat HR.
policy_wrong = Aturan ini belum bisa disimpan: periksa isian { $field ->
    [name] nama
    [days] jumlah hari
    [months] jumlah bulan
    [carry_days] hari yang dibawa
    [negative] hari yang dipinjamkan
    [decision] cara memutuskan
    [schedule] jadwal pemberian
    [code] kode: huruf kecil, angka dan _
    [source] dasar
    [round_to] pembulatan
    [document_after] hari mulai perlu surat
    [pay] upah menurut bulan
   *[other] yang ditandai
  }.
policy_basis = Awal tahun cuti tidak bisa diganti lagi: hari jenis ini sudah pernah diberikan. Buat jenis baru.
policy_last_lost = Jatah terakhir baru diberikan pada hari terakhir tahunnya, lalu langsung hangus. Beri di awal, atau bawa sedikitnya { $needed } hari.
law_days = Hukum memberi sedikitnya { $needed } hari ({ $source }). Boleh lebih, tidak boleh kurang.
law_months = Hukum memberi sedikitnya { $needed } bulan ({ $source }). Boleh lebih, tidak boleh kurang.
law_service = Hukum memberi cuti ini sesudah { $most } bulan bekerja ({ $source }). Boleh lebih cepat, tidak boleh lebih lama.
law_decision = Hukum memberi cuti ini atas kata karyawan ({ $source }). Cukup dicatat, tidak perlu persetujuan.
law_notice = Hukum memberi cuti ini saat kejadiannya ({ $source }). Tidak boleh disyaratkan jauh hari.
law_active = Cuti ini hak setiap orang menurut hukum ({ $source }), jadi tidak bisa dihapus dari daftar.
law_schedule = Hukum memberi hari jenis ini setiap tahun ({ $source }). Pilih kapan diberikan.
law_pay = Pada bulan ke-{ $month } hukum membayar sedikitnya { $percent } % upah ({ $source }). Boleh lebih, tidak boleh kurang.
too_many_examples = Contohnya terlalu banyak. Simpan paling banyak { $most } contoh.
policy_past = Aturan berlaku mulai hari ini atau sesudahnya, bukan { $since }. Pilih tanggal lain.
policy_begun = Aturan ini sudah berlaku sejak { $since } dan tidak bisa ditarik. Susun rancangan mulai hari ini atau sesudahnya.
policy_later = Versi mulai { $since } dibangun di atas aturan ini. Tarik itu dulu.
policy_withdrawn = Aturan ini sudah ditarik. Muat ulang halamannya untuk melihat rancangannya.
policy_same_day = Sudah ada aturan yang berlaku mulai { $since }. Pilih tanggal lain.
example_fails = Belum diterbitkan: { $number } contoh memberi hasil lain dari yang ditulis. Lihat di rancangannya: terima hasil barunya, atau ubah aturannya.
example_changed = Hasilnya sudah berbeda dari yang Anda lihat. Periksa lagi contohnya.
opening_unknown = Nomor karyawan ini tidak ada, atau sudah keluar.
opening_kind = Tidak ada jenis cuti bersaldo yang bernama ini. Pakai namanya, misalnya Cuti tahunan, atau kodenya, misalnya annual.
opening_days = Bukan jumlah hari. Tulis 0 sampai 400, boleh setengah (3 atau 3,5).
opening_twice = Karyawan ini sudah ada di baris sebelumnya untuk jenis cuti yang sama.
opening_date = Bukan tanggal yang masih di depan. Tulis seperti 31/12/2026, 31 Desember 2026, atau 2026-12-31.
opening_taken = Berkas ini sudah pernah diambil. Batalkan dulu kalau mau mengambilnya lagi.
opening_used = Belum bisa dibatalkan: sebagian harinya sudah dipakai. Betulkan per orang dengan penyesuaian.
no_collective_day = Belum ketemu hari cuti bersamanya. Tulis tanggalnya, misalnya "masuk waktu cuti bersama 28 Mei".
collective_over = { $on } sudah lewat. Kalau kamu masuk hari itu, bicarakan dengan HR.
collective_asked = Masuk pada { $on } sudah kamu ajukan. Tulis "status cuti" untuk melihatnya.
work_title = Masuk saat cuti bersama: { $name }
work_what = Masuk { $day }
work_effect = Jatah 1 hari kembali; dibayar sebagai hari kerja biasa, bukan lembur.
work_agreed = Disetujui { $who }: kamu masuk { $day }. 1 hari kembali; sisa cuti tahunanmu { $left } hari.
work_refused = Tidak disetujui { $who }: "{ $reason }". { $day } tetap cuti bersama.
worked_told = HR mencatat kamu masuk { $day } ("{ $why }"). { $unpaid ->
    [yes] Hari itu tidak lagi dihitung cuti tanpa upah.
   *[no] 1 hari kembali; sisa cuti tahunanmu { $left } hari.
  }
worked_undone_told = HR menarik catatan bahwa kamu masuk { $day }. { $unpaid ->
    [yes] Hari itu dihitung cuti tanpa upah lagi.
   *[no] Hari itu dihitung cuti bersama lagi; sisa cuti tahunanmu { $left } hari.
  }
worked_none = Belum ada cuti bersama yang sudah lewat dan membuat orang libur.
worked_no_day = Tidak ada lagi yang libur pada hari itu. Pilih harinya lagi.
worked_nobody = Centang paling sedikit satu orang yang masuk.
worked_why = Tulis alasan mereka masuk, paling panjang { $most } huruf.
worked_changed = Sekarang { $number } orang, tidak sama dengan yang Anda lihat. Lihat lagi, lalu catat.
payout_days = Tulis jumlah hari lebih dari nol, boleh setengah (1,5).
payout_own = Hari sendiri diuangkan, atau dikembalikan, oleh administrator lain.
payout_changed = Saldonya berubah sesudah Anda melihatnya. Lihat lagi, lalu bayarkan.
payout_why = Tulis alasannya, paling panjang { $most } huruf.
paid_out = { $days } hari { $kind } diuangkan, tidak bisa dipakai lagi sebagai cuti. Sisamu sekarang { $left } hari. HR yang mencatatnya; kalau keliru, balas ke HR.
payout_undone = Penguangan { $days } hari { $kind } dibatalkan. Sisamu sekarang { $left } hari.
nobody_away = { $days }: tidak ada rekan setim yang tercatat libur.
these_away = Yang libur { $days }:
  { $lines }
and_more_away = dan { $count } orang lagi
half_away_am = { $day } (pagi)
half_away_pm = { $day } (siang)
team_too_long = Sebutkan paling lama tiga bulan, misalnya "siapa yang libur minggu depan".
go_on_short = Lanjut { $kind ->
    [annual] cutinya
    [sick] catatan sakitnya
   *[other] pengajuannya
  }{ $days ->
    [none] { "" }
   *[other] { " " }({ $days })
  }?
loses = { $lost } hari ({ $days }) langsung hangus, karena masa pakainya sudah lewat.
call_off_some = { $number }: batalkan { $days }? { $back }
yes_these = Ya, batalkan
policy_collective = Cuti bersama sudah memotong jatah jenis lain. Lepaskan dulu dari jenis itu.
certificate_more = Berkas ini saya tambahkan ke surat untuk { $days }?
certificate_added = Ditambahkan: sekarang { $number } berkas. Isinya hanya bisa dibuka HR.
papers_full = Untuk { $days } sudah ada { $most } berkas, paling banyak sekian. Kirim sisanya lewat HR.
called_off_here = { $number } dibatalkan.
entered_asked = HR mengajukan untukmu ({ $words }): { $kind } { $days }{ $half ->
    [am] { " " }(pagi)
    [pm] { " " }(siang)
   *[no] { "" }
  }, { $cost } hari. Nomornya { $number }, menunggu { $who }.{ $left } Kalau bukan ini maksudmu, bilang ke HR atau tulis "tarik { $number }".
entered_recorded = HR mencatat untukmu ({ $words }): { $kind } { $days }{ $half ->
    [am] { " " }(pagi)
    [pm] { " " }(siang)
   *[no] { "" }
  }, { $cost } hari. Nomornya { $number }.{ $left } Kalau ini keliru, bilang ke HR.
entered_instead = { $number } di hari itu dibatalkan, { $back } hari kembali.
entered_paper = Suratnya ditunggu paling lambat { $day }.
taken_out = HR menarik { $number } yang dicatatnya untukmu, { $kind } { $days } ({ $words }).{ $back }{ $left }
taken_out_back = { " " }{ $back } hari kembali.
entered_own = Untuk diri sendiri: ajukan lewat halaman cuti Anda, atau minta orang lain mencatatnya.
entered_nobody = Persetujuan di kertas dicatat oleh administrator yang namanya dikenal di sini.
entered_words = Tulis dari mana Anda tahu, misalnya "telepon 07.10" atau "formulir 3 Maret, tanda tangan Sari"; paling panjang { $most } huruf.
entered_told_on = Isi tanggal disampaikannya: tidak sesudah hari ini dan tidak sebelum { $first }.
entered_past = { $starts } sudah lewat, jadi tidak ada lagi yang bisa menyetujuinya lebih dulu. Kalau sudah disetujui di kertas, pilih cara itu.
entered_changed = Keadaannya berubah sesudah Anda melihatnya. Periksa lagi, lalu catat.
paper_type = Belum bisa: surat harus foto (JPG, PNG, WEBP) atau PDF.
adjust_days = Tulis jumlah hari lebih dari nol, boleh pecahan (1,5); paling banyak 400.
adjust_from_lot = Untuk mengurangi, pilih jatah yang dikurangi.
adjust_until = Berlaku sampai tanggal antara { $first } dan { $last }.
adjust_lot = Jatah itu sudah tidak berlaku. Pilih yang lain.
adjust_changed = Saldonya berubah sesudah Anda melihatnya. Lihat lagi, lalu betulkan.
adjust_own = Saldo sendiri dibetulkan, atau dikembalikan, oleh orang lain.
adjust_why = Tulis alasannya, paling panjang { $most } huruf.
adjust_used = Belum bisa ditarik: { $needed } hari itu sudah terpakai sebagian, yang tersisa { $left } hari. Batalkan dulu cutinya, atau kurangi sendiri.
adjusted_told = HR membetulkan { $kind }mu: { $change } hari ("{ $why }"). Sisamu sekarang { $left } hari. Kalau keliru, bilang ke HR.
adjust_undone_told = HR menarik pembetulan { $kind }mu yang { $change } hari ("{ $why }"). Sisamu sekarang { $left } hari.
away_again = Cutinya yang memberi jalan pada catatan itu berlaku lagi: { $days }.
again = { $kind } { $number } { $days } berlaku lagi, { $cost } hari.
again_not = { $days } dari { $number } tidak berlaku lagi: { $why ->
    [off] cuti itu sudah dibatalkan sendiri
    [gone] sudah sesudah hari kerja terakhir
    [free] bukan hari kerja lagi
    [away] sudah ada cuti lain di hari itu
    [few] yang masuk di timnya akan kurang dari batas
   *[used] tidak ada jatah tersisa yang bisa membayarnya
  }. Kalau masih perlu, ajukan lagi.
away_unsaid = Catatan bahwa { $name } tidak masuk { $days } ditarik HR.
recap = Rekap cutimu { $year }. Isinya hanya untukmu; pesan ini saya hapus sesudah 24 jam, atau tulis "hapus".
recap_stays = Rekap cutimu { $year }. Isinya hanya untukmu; di sini tidak bisa saya tarik lagi, jadi hapus sendiri kalau sudah tidak perlu.
recap_file = rekap-cuti-{ $year }
recap_title = Rekap cuti { $year }
recap_made = Dibuat { $on }
recap_balance = Cuti tahunan
recap_asked = Pengajuan
recap_empty = Belum ada cuti yang tercatat untuk { $year }.
recap_on_page = Cutimu selengkapnya ada di { $link }. Sebagai berkas, rekapnya saya kirim di Telegram dan WhatsApp.
history = Cutimu sampai hari ini, yang terbaru dulu:
    { $lines }
history_more = Dan { $number } lagi; tulis "rekap cuti" atau sebut tahunnya untuk selengkapnya.
history_none = { $year ->
    [none] Belum ada cuti yang sudah kamu jalani di sini.
   *[other] Tidak ada cuti yang kamu jalani di { $year } di sini.
  } Yang masih di depan ada di status.
family_no_day = { $event ->
        [marriage] Untuk pernikahan saudara, kerabat, atau teman tidak ada hari yang dibayar khusus; UU 13/2003 pasal 93 ayat (4) hanya memberinya untuk pernikahanmu sendiri dan anakmu.
        [circumcision] Untuk khitanan saudara atau kerabat tidak ada hari yang dibayar khusus; UU 13/2003 pasal 93 ayat (4) hanya memberinya untuk anakmu.
        [baptism] Untuk baptisan saudara atau kerabat tidak ada hari yang dibayar khusus; UU 13/2003 pasal 93 ayat (4) hanya memberinya untuk anakmu.
        [birth] Untuk persalinan saudara atau kerabat tidak ada hari yang dibayar khusus; UU 13/2003 pasal 93 ayat (4) hanya memberinya kalau istrimu yang melahirkan.
       *[death] Turut berduka. Yang dibayar khusus 1 hari kalau almarhum tinggal serumah denganmu; selain itu pakai cuti tahunan atau tanpa gaji (UU 13/2003 pasal 93 ayat (4)).
    }
family_unpaid = Tanpa gaji
family_bereavement_household = Serumah, 1 hari
