# Menyambungkan Slack milik perusahaan
title = Slack
connect = Sambungkan Slack
heading = Slack untuk { $company }
lead = Enam langkah, dari aplikasi yang dibuat di Slack sampai orang pertama mengobrol. Halaman ini bertanya kepada Slack setiap kali dibuka.
check = Periksa lagi
done = beres
to_do = belum
shared = Server ini sudah punya satu aplikasi Slack bersama, dari pengaturan server. Aplikasi sendiri di sini berdiri di sampingnya, untuk workspace yang lain.
saved_begun = Alamat aplikasi sudah dibuat. Lanjut ke langkah 2.
saved_keys = Kunci aplikasi tersimpan, tersegel.
saved_installed = Aplikasi terpasang di workspace.
saved_ended = Aplikasi sudah dilepas dari workspace. Orang-orangnya kini dihubungi lewat obrolan lain atau halaman web.

step_way = Pilih cara Slack menghubungi Serambi
mode = Cara
mode_http = Slack mengirim ke alamat web Serambi
mode_http_hint = Alamatnya harus bisa dibuka dari internet dengan https.
mode_socket = Serambi yang menyambung ke Slack (Socket Mode)
mode_socket_hint = Tidak perlu alamat umum: cocok untuk server di dalam kantor.
begin = Mulai
change_way = Ganti cara
no_such_mode = Pilih salah satu dari kedua cara.

step_make = Buat aplikasi di Slack
make_open = Buka
make_paste = Pilih "From a manifest", pilih workspace, tab JSON, lalu tempel teks di bawah ini.
make_token = Di "Basic Information", bagian "App-Level Tokens", buat satu token dengan scope connections:write.
manifest = Manifest aplikasi (JSON)
manifest_about = Cuti, persetujuan, dan pertanyaan HR lewat obrolan
manifest_command = Minta atau tanya apa saja ke HR
manifest_hint = cuti besok
copy = Salin
copied = Tersalin

step_keys = Bawa kuncinya ke sini
keys_where = Semuanya ada di "Basic Information" aplikasi itu. Disimpan tersegel dan tidak ditampilkan lagi.
client_id = Client ID
client_secret = Client Secret
signing_secret = Signing Secret
app_token = App-Level Token
app_token_hint = Diawali xapp-.
kept_secret = Sudah tersimpan. Kosongkan bila tidak berubah.
keep_keys = Simpan kunci
not_begun = Pilih dulu cara Slack menghubungi Serambi.
wrong_client_id = Client ID berupa dua bilangan dengan titik di tengah, misalnya 123456789.987654321. Salin dari "Basic Information".
wrong_client_secret = Client Secret terdiri dari 32 huruf dan angka. Tekan "Show" di Slack, lalu salin seluruhnya.
wrong_signing_secret = Signing Secret terdiri dari 32 huruf dan angka. Tekan "Show" di Slack, lalu salin seluruhnya.
wrong_app_token = App-Level Token diawali xapp-. Buat di "App-Level Tokens" dengan scope connections:write.

step_install = Pasang di workspace
install = Pasang di Slack
install_again = Pasang lagi, atau di workspace lain
install_says = Slack menanyakan izinnya di halamannya sendiri, lalu kembali ke sini. Untuk workspace kedua, nyalakan dulu "Manage Distribution" di Slack.
install_later = Simpan dulu kuncinya di langkah 3.
installed_since = sejak { $at }
people = { $number ->
   *[other] { $number } orang tersambung
}
end = Lepas dari workspace ini
end_means = Serambi berhenti berbicara di { $name } dan mengembalikan tokennya ke Slack. Sambungan orang-orangnya tetap dan hidup lagi bila dipasang kembali.
end_now = Lepas dari { $name }
workspace_taken = Workspace { $name } sudah dipakai perusahaan lain di server ini. Lepas dulu di sana, atau pilih workspace lain.
wrong_state = Pemasangan ini tidak dimulai dari halaman ini dalam satu jam terakhir. Tekan "Pasang di Slack" sekali lagi.
not_allowed = Slack belum memberi izin. Tekan "Pasang di Slack" sekali lagi bila memang mau dipasang.
code_spent = Kode dari Slack sudah dipakai atau lewat waktunya. Tekan "Pasang di Slack" sekali lagi.
wrong_keys = Slack tidak mengenal Client ID atau Client Secret ini. Salin lagi keduanya di langkah 3.
wrong_redirect = Alamat kembali tidak sama dengan yang ada di aplikasi. Tempel ulang manifest dari langkah 2 di "App Manifest".
code_refused = Slack menolak pemasangan ({ $error }). Tekan "Pasang di Slack" sekali lagi.
whole_organisation = Aplikasi dipasang untuk seluruh organisasi. Pasang di satu workspace saja.
away = Slack tidak menjawab. Periksa apakah server bisa membuka slack.com, lalu coba lagi.

step_heard = Slack sampai ke Serambi
heard = Terakhir mendengar Slack { $at }.
not_heard = Slack belum pernah sampai ke sini. Kirim "halo" ke Serambi di Slack, lalu tekan "Periksa lagi". Bila tetap kosong, buka "Event Subscriptions" di Slack dan tekan "Retry".
no_https = Alamat server ini bukan https, jadi Slack tidak bisa mengirim ke sini. Pilih Socket Mode di langkah 1.
connected = Tersambung, terakhir terlihat { $at }.
not_connected = Belum ada sambungan. Server menyambung sendiri dalam setengah menit setelah token tersimpan dan aplikasi terpasang.

step_people = Sambungkan orangnya
people_how = Undang karyawan; kode undangannya diketik ke Serambi di tab Messages.

look_speaks = Slack menjawab: Serambi berbicara di sini sebagai { $name }.
look_opens = Slack memberi sambungan: App-Level Token diterima.
look_scopes = Izin yang kurang: { $scopes }. Tempel ulang manifest dari langkah 2, lalu pasang lagi.
look_refused = Slack menolak kuncinya ({ $error }). Pasang lagi; bila tetap ditolak, salin kuncinya sekali lagi.
look_away = Slack tidak menjawab ({ $error }). Periksa apakah server bisa membuka slack.com.
