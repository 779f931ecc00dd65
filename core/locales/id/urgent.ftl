# Danger: numbers first, then one yes brings a person.
send = { $told }
    { $alarm ->
        [harassment] Mau kata-katamu saya teruskan ke tim bantuan sebagai mendesak, supaya ada orang yang menghubungimu?
        [life] Mau saya minta seseorang dari tim bantuan menghubungimu, sebagai mendesak?
       *[other] Mau saya kabari tim bantuan sekarang, sebagai mendesak, dengan kata-katamu tadi?
    }
send_short = Mau saya teruskan ke tim bantuan sebagai mendesak?
yes = Ya, kabari sekarang
no = Jangan dulu
here = Saya masih di sini. { $alarm ->
    [life] Kamu boleh cerita; 119 lalu tekan 8 juga menjawab sekarang.
   *[other] Kalau keadaannya berbahaya sekarang, telepon 112 dulu.
  }
not_sent = Baik, tidak ada yang dikirim. Kalau berubah pikiran, tulis "orang" kapan saja; nomor darurat di atas tetap bisa dihubungi.
kept = Permintaan untuk dihubungi orang belum dikirim. Masih perlu?
no_words = Minta dihubungi segera
sent = Sudah diteruskan sebagai mendesak: { $number }. Tim bantuan dan HR sudah dikabari sekarang, dan jawabannya datang di chat ini. { $alarm ->
    [life] Jangan menunggu sendirian: 119 tekan 8 menjawab sekarang juga.
   *[other] Kalau keadaannya memburuk, jangan tunggu jawaban: telepon 112.
  }
