# What is somebody else's is shown to nobody in the talk; who may ask for it, and where.
pay = Gaji orang lain tidak saya tunjukkan ke siapa pun di sini; gajimu pun tidak ke orang lain. Orangnya sendiri bisa bertanya dari chatnya; HR membukanya di halamannya, dan tiap kali dibuka itu tercatat. Untuk kisaran gaji jabatanmu, tanya HR soal struktur dan skala upah.
health = Kesehatan dan surat dokter orang lain hanya untuk orangnya dan HR yang mengurusnya; atasan pun hanya melihat tanggalnya. Kalau kamu khawatir, paling baik tanya orangnya langsung.
contact = Nomor, alamat, dan data pribadi orang lain tidak saya bagikan. Minta langsung ke orangnya; kalau untuk urusan kerja yang mendesak, tim bantuan atau HR bisa menyampaikan pesanmu.
reason = Alasan cuti atau izin orang lain tidak saya ceritakan; yang bisa saya bilang hanya siapa yang tidak masuk dan kapan. Kalau perlu tahu, tanya orangnya langsung.
