# Berkas
empty = Belum bisa: berkasnya kosong. Kirim ulang fotonya atau PDF-nya.
too_large = Belum bisa: berkas paling besar { $most }. Kirim foto yang lebih kecil.
too_many_pixels = Belum bisa: gambarnya terlalu besar untuk dibuka. Ambil foto biasa dari HP.
broken_picture = Belum bisa: gambarnya rusak. Ambil fotonya sekali lagi.
unpacks_too_large = Belum bisa: isi berkasnya terlalu besar. Kirim daftar yang lebih kecil.
other_type = Belum bisa: yang bisa dibuka foto (JPG, PNG, WEBP), PDF, dan daftar XLSX atau CSV.
gone = Berkas itu sudah tidak ada. Kirim sekali lagi.
not_fetched = Berkasnya belum bisa saya ambil dari { $channel }. Kirim sekali lagi, atau lewat halaman chat.
send_one = Kirim berkas
which = Foto, PDF, XLSX atau CSV, paling besar 10 MB
send = Kirim
kept_for_now = Berkasnya saya simpan dulu; sesudah ini saya tanya untuk apa.
unplaced = Berkasnya sudah sampai, tapi belum ada cuti yang menunggu surat. Kalau ini surat dokter, catat dulu sakitnya; saya simpan sampai { $until }.
drop = Hapus sekarang
record_sick = Catat sakit
still_here = Oke. Berkasnya masih saya simpan seminggu.
dropped = Berkasnya dihapus.
