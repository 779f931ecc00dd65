why_missing = Tulis alasannya dulu: setiap perubahan kalender disimpan beserta alasannya.
day_unclear = Hari { $on } belum lengkap: isi nama dan jenisnya.
week_empty = Minggu kerja tanpa satu jam pun tidak bisa disimpan. Isi jam untuk paling sedikit satu hari.
hours_unclear = Jam kerja harus berurutan, di antara 00.00 dan 24.00, misalnya 08.00-12.00 lalu 13.00-17.00.
ends_before_start = Akhirnya harus sesudah awalnya. Periksa tanggal dan jamnya.
closure_decided = Penutupan ini sudah diputuskan. Muat ulang halaman untuk melihat keadaannya.
needs_a_second = Penutupan perlu dua orang: yang meminta dan yang menyetujui harus berbeda, dan keduanya karyawan di sini.
policy_unknown = Kebijakan { $policy } tidak dikenal. Yang ada: { $known }.
