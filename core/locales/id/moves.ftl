title = Meja operator
operator = Tim Serambi
through = meja perusahaan
bring = Bawa ke operator
words = Yang akan dibaca operator
words_hint = Buang yang tidak perlu. Yang bertanya melihat persis kata-kata ini dan harus setuju. Operator juga melihat nama perusahaan dan nomor tiketnya, tanpa nama orangnya.
ask = Tanyakan izinnya
off = Batalkan pertanyaan
take_back = Tarik kembali
shown = Kata-kata yang ditunjukkan
state_asked = Menunggu izin yang bertanya
state_moved = Di meja operator
state_declined = Tidak dibawa
state_back = Sudah kembali
yes = Ya, kirim
no = Jangan
asked =
    { $who } ingin membawa { $number } ke tim Serambi, yang menjalankan sistem ini. Mereka akan membaca persis ini, tanpa namamu:
    "{ $words }"
    Boleh dikirim? Sampai kembali, yang kamu tulis di tiket ini juga sampai ke mereka.
sent = Terkirim ke tim Serambi. Jawabannya datang di sini; janji jawabannya tetap.
stays = Tidak dikirim. HR melanjutkan sendiri.
over = Pertanyaan ini sudah dijawab atau dibatalkan.
back = { $number } kembali ke HR perusahaanmu. Yang kamu tulis sekarang dibaca mereka saja.
taken_back = Perusahaan melanjutkan sendiri. Tiket ini ditutup.
outsider = Yang bertanya tidak punya chat di sini, jadi tidak bisa ditanyai izinnya. Tuliskan sendiri pertanyaannya sebagai tiket Anda.
already = Tiket ini sedang ditanyakan izinnya atau sudah di meja operator.
not_there = Tiket ini tidak sedang di meja operator.
nobody_there = Belum ada yang bekerja di meja operator Serambi ini.
mine_title = Boleh dibawa ke tim Serambi?
mine_what = Mereka akan membaca persis ini, tanpa nama Anda. Sampai kembali, yang Anda tulis di tiket ini juga sampai ke mereka.
