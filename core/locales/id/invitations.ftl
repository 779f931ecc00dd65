# Mengundang banyak orang sekaligus
title = Undang banyak orang
how = Pilih siapa, lihat lewat apa mereka bisa dihubungi, lalu undang. Yang sudah tersambung tidak diundang lagi.
who = Siapa
who_never = Yang belum pernah diundang
who_unlinked = Semua yang belum tersambung
file = Dari berkas
any_file = Semua
of_file = Hanya yang dibawa berkas itu
whom = { $count ->
   *[other] { $number } orang akan diundang
  }
has_mail = Punya e-mail
has_phone = Hanya nomor telepon
has_nothing = Tanpa keduanya
ways = Yang punya e-mail menerima surat berisi kode dan tautan. Yang lain masuk lembar kode, untuk diberikan langsung.
ways_unserved = Belum ada server surat, jadi kode semua orang masuk lembar kode, untuk diberikan langsung.
begin = Undang { $count ->
   *[other] { $number } orang
  }
nobody_left = Tidak ada yang perlu diundang menurut pilihan ini.
nobody = Tidak ada yang perlu diundang menurut pilihan ini. Ubah pilihannya.
running = Undangan yang lain masih dikirim. Tunggu sampai selesai, atau cabut dulu.
revoked_already = Undangan ini sudah dicabut. Muat ulang halamannya.
made = Undangan sejauh ini
people = Orang
none = Belum ada.
batch = Undangan untuk { $count ->
   *[other] { $number } orang
  }
became = Bagaimana jadinya
progress = { $done } dari { $total } orang
state_running = sedang dikirim
state_done = selesai
state_revoked = dicabut
show = Tampilkan
show_all = Semua
is_used = dipakai
is_waiting = menunggu giliran
is_mailed = dikirimi surat
is_refused = surat ditolak
is_sheet = di lembar kode
is_expired = lewat 72 jam
is_ended = tidak berlaku lagi
is_above = di atas wewenang Anda
is_blocked = akunnya diblokir
is_often = terlalu sering diundang
is_gone = tidak bekerja lagi
is_stopped = tidak jadi diundang
revoke = Cabut yang belum dipakai
sheet = Lembar kode
sheet_how = Kode yang masih berlaku untuk yang tidak dikirimi surat: satu kali pakai, 72 jam. Siapa yang memegang kode bisa masuk sebagai orangnya; berikan langsung. Alasan dan nama Anda dicatat.
sheet_page = Buka untuk dicetak
sheet_print = Cetak halaman ini, potong per baris, dan berikan langsung ke orangnya. Untuk menyambungkan, tulis kodenya di chat Serambi.
sheet_empty = Tidak ada kode yang masih berlaku.
back = Undangan ini
reason = Untuk apa
reason_hint = Misalnya: dibagikan di gudang saat apel pagi.
code = Kode
until = Berlaku sampai
made_at = Undangan tanggal
sheet_too_long = Ada { $people } kode, paling banyak { $most } di satu halaman. Pilih satu tempat kerja, atau ambil sebagai XLSX atau CSV.
pages_enough = Paling banyak tiga puluh halaman kode sejam; yang berikutnya mulai { $again }.
above_you = Di undangan ini ada yang sudah diundang dan perannya di atas wewenang Anda. Mintalah Super Administrator yang mencabutnya. Tidak ada yang berubah.
