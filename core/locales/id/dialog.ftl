
cancel = Batal
cancelled = Oke, batal. Tidak ada yang terkirim.
nothing_open = Tidak ada yang sedang berjalan, jadi tidak ada yang perlu dibatalkan.
menu = Mau urus apa?
hello = { $part ->
    [pagi] Pagi
   *[other] Halo
  }, { $name }. Mau urus apa?
salam = Waalaikumsalam, { $name }. Mau urus apa?
help = Tulis saja seperti bicara, misalnya "cuti besok sampai Jumat". "Batal", "kembali" dan "menu" selalu bisa. Mau urus apa?
missed = Yang itu belum saya pahami. Yang bisa saya bantu:
person = Bisa. Hubungi HR: { $names }. Atau tulis ke tim bantuan:
person_unnamed = Bisa. Hubungi HR perusahaanmu, atau tulis ke tim bantuan:
missed_twice = Masih belum saya pahami. Tulis ke tim bantuan, atau tanyakan langsung ke HR: { $names }.
missed_twice_unnamed = Masih belum saya pahami. Tulis ke tim bantuan.
not_here_yet = Itu belum bisa diurus di sini; tanyakan ke HR. Yang sudah bisa:
only_text = Saya baru bisa membaca teks; ketik singkat saja.
unclear = Belum tertangkap. Pilih salah satu, atau tulis dengan kata lain.
unclear_twice = Masih belum tertangkap. Kalau lebih mudah, tanyakan ke HR: { $names }. Atau jawab ini:
welcome = Sama-sama.
fine = Baik.
did_you_mean = Maksudnya:
not_that = Bukan itu
go_on = Lanjutkan
discard = Buang
skip = Lewati
topic_leave_request = Ajukan cuti
topic_leave_balance = Sisa cuti
topic_leave_explain = Rincian sisa cuti
topic_leave_status = Status cuti
topic_leave_cancel = Tarik pengajuan
topic_holiday_calendar = Hari libur
topic_approvals_waiting = Menunggu saya
topic_who_is_away = Siapa yang cuti
choice_leave = Ajukan cuti
choice_balance = Sisa cuti
choice_status = Status cuti
choice_waiting = Menunggu saya
switched = Bisa.
switched_menu = Bisa, kita pakai bahasa Indonesia. Mau urus apa?
asked_before = Sudah diajukan tadi { $at } ({ $number }), menunggu { $who }. Tidak saya kirim dua kali.
stale_button = Tombol itu milik pertanyaan yang sudah lewat. Tulis "status cuti" untuk melihat pengajuanmu.
unchanged = Baik, { $number } tetap { $days }.
belongs_to = Tombol itu milik { $number }, yang { $state ->
    [applied] sudah disetujui { $who } { $at }. Mau mengubah cuti itu?
    [in_review] masih menunggu { $who }. Mau mengubahnya?
    [returned] dikembalikan { $who } untuk diubah. Mau mengubahnya?
    [rejected] tidak disetujui { $who } { $at }. Mau mengajukan lagi?
   *[other] sudah selesai { $at }. Mau mengajukan lagi?
  }
ask_change = Ajukan perubahan
ask_anew = Ajukan lagi
leave_it = Biarkan
topic_leave_change = Ganti tanggal cuti
topic_collective_work = Masuk saat cutber
topic_sick_leave = Catat sakit
topic_permission_request = Izin tidak masuk
topic_leave_forecast = Sisa nanti berapa?
topic_leave_untaken = Kalau tidak diambil
topic_ticket_new = Tulis ke tim bantuan
topic_ticket_status = Status tiket
unknown_button = Tombol itu sudah tidak berlaku. Tulis "menu" untuk melihat apa yang bisa diurus.
private_only = Urusan HR saya jawab di chat pribadi supaya tidak terbaca orang lain.
private_only_at = Urusan HR saya jawab di chat pribadi supaya tidak terbaca orang lain: { $link }
too_fast = Pesannya datang lebih cepat daripada saya bisa menjawab. Semenit lagi saya jawab lagi; yang ditulis sebelum itu tidak saya baca.
failed = Ada yang tidak beres di pihak kami. Pesanmu tersimpan dan sudah dicatat; tidak ada yang diajukan. Coba tulis sekali lagi.
no_voice = Saya belum bisa mendengar pesan suara; ketik singkat saja, atau pilih:
no_location = Lokasi belum saya pakai untuk apa pun; ketik singkat saja, atau pilih:
edited = Pesan yang diubah tidak saya baca ulang, jadi jawaban tadi tetap. Kalau ada yang berubah, tulis di pesan baru, misalnya "bukan, besok".
taken_back = Baik, saya hapus dari chat ini.
nothing_to_take_back = Tidak ada pesan saya yang perlu dihapus di sini. Rekap yang saya kirim di Telegram hilang sendiri sesudah 24 jam; pesanmu sendiri bisa kamu hapus dari layarmu.
other_language = Saya membaca bahasa Indonesia dan Inggris. I read Indonesian and English.
alarm_danger = Keluar dulu ke tempat aman, lalu telepon 112 (pemadam, polisi, ambulans; bebas pulsa). Kalau sudah aman, kabari HR: { $names }.
alarm_danger_unnamed = Keluar dulu ke tempat aman, lalu telepon 112 (pemadam, polisi, ambulans; bebas pulsa). Kalau sudah aman, kabari HR.
alarm_accident = Telepon 119 (ambulans) atau 112 sekarang, dan jangan tinggalkan yang terluka sendirian. Lalu kabari HR: { $names }.
alarm_accident_unnamed = Telepon 119 (ambulans) atau 112 sekarang, dan jangan tinggalkan yang terluka sendirian. Lalu kabari HR.
alarm_harassment = Ini bukan salahmu. Kalau sedang terancam, telepon 110 (polisi) atau 112; SAPA 129 mendampingi korban kekerasan. Di kantor, bicaralah dengan orang yang kamu percaya atau HR: { $names }.
alarm_harassment_unnamed = Ini bukan salahmu. Kalau sedang terancam, telepon 110 (polisi) atau 112; SAPA 129 mendampingi korban kekerasan. Di kantor, bicaralah dengan orang yang kamu percaya atau HR.
alarm_life = Terima kasih sudah menulis. Kamu tidak sendirian: telepon 119 lalu tekan 8 (layanan kesehatan jiwa, 24 jam), atau 112 kalau genting. Kalau mau, ajak bicara seseorang sekarang, di rumah atau di HR: { $names }.
alarm_life_unnamed = Terima kasih sudah menulis. Kamu tidak sendirian: telepon 119 lalu tekan 8 (layanan kesehatan jiwa, 24 jam), atau 112 kalau genting. Kalau mau, ajak bicara seseorang sekarang.
upset = Saya mengerti ini menjengkelkan. Tulis singkat apa yang dibutuhkan, atau tanyakan langsung ke HR: { $names }.
upset_unnamed = Saya mengerti ini menjengkelkan. Tulis singkat apa yang dibutuhkan, atau tanyakan langsung ke HR.
not_an_answer = Itu terdengar seperti pertanyaan, jadi tidak saya catat sebagai jawaban.
needed = Yang ini tidak bisa dilewati: lanjutannya bergantung pada jawabannya. Tulis batal kalau tidak jadi.
needed_days = Tanggalnya tidak bisa dilewati: tanpa itu harinya tidak bisa dihitung dan tidak ada yang bisa menyetujui. Tulis batal kalau tidak jadi.
reason_awaited = Boleh, tulis saja, misalnya "acara keluarga".
needed_reason = Alasannya tidak bisa dilewati: yang mengajukan akan membacanya. Tulis batal kalau tidak jadi.
not_here_yet_open = Itu belum bisa diurus di sini; tanyakan ke HR.
no_such_day = { $month } hanya sampai tanggal { $last }.
go_on_task = Lanjut { $task ->
    [leave_change] ganti tanggal cutinya
    [withdraw] penarikan cutinya
    [collective_work] masuk saat cuti bersama
    [reject] penolakannya
    [change] permintaan perubahannya
    [object] keberatannya
    [paper] soal berkasnya
   *[other] yang tadi
  }?
help_open = Tulis saja seperti bicara. "Batal", "kembali", "ulangi", "menu" dan "orang" selalu bisa; "lanjut" meneruskan yang tertunda.
nothing_rests = Tidak ada yang tertunda. Mau urus apa?
nothing_to_skip = Tidak ada pertanyaan yang terbuka, jadi tidak ada yang perlu dilewati.
nothing_said = Belum ada yang saya sampaikan. Mau urus apa?
locked = Sudah terkunci: tidak ada yang dibuka dengan PIN di chat ini.
number_drop = Batal
number_person = Orang
numbers_on = Baik, mulai sekarang cukup ketik angkanya. Kembali ke tombol: tulis "pakai tombol".
numbers_on_menu = Baik, mulai sekarang cukup ketik angkanya. Kembali ke tombol: tulis "pakai tombol". Mau urus apa?
numbers_off = Baik, kembali ke tombol.
numbers_off_menu = Baik, kembali ke tombol. Mau urus apa?
let_go = Tiga hal saja yang bisa tertunda, jadi { $task ->
    [leave] pengajuan cutinya
    [leave_change] ganti tanggal cutinya
    [withdraw] penarikan cutinya
    [collective_work] urusan masuk saat cuti bersama
    [reject] penolakannya
    [change] permintaan perubahannya
    [object] keberatannya
    [paper] urusan berkasnya
   *[other] yang paling lama
  } tidak saya simpan lagi. Tidak ada yang terkirim darinya.
topic_privacy_request = Data pribadi
