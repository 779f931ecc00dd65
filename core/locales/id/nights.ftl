# Jam senyap dan kabar
told = Yang tidak mendesak disimpan dari jam { $since } sampai { $until } ({ $own ->
    [yes] pilihanmu
   *[no] aturan perusahaan
}). Kabar usulan dan rilis { $news ->
    [yes] menyala
   *[no] mati
}. Jawaban, keputusan, pengajuan baru, dan urusan akun selalu langsung.
told_none = Tidak ada jam senyap; semua dikirim langsung. Kabar usulan dan rilis { $news ->
    [yes] menyala
   *[no] mati
}.
what = { $told } Mau diganti? Bisa tulis jamnya, misalnya "jam 8 malam sampai jam 7 pagi".
early = 20.00 sampai 07.00
late = 22.00 sampai 05.00
company = Ikut perusahaan
news_off = Matikan kabar
news_on = Nyalakan kabar
saved = Tersimpan. { $told }
unclear = Jam berapa sampai jam berapa? Misalnya "jam 9 malam sampai jam 6 pagi".
no_hours = Pilih jam mulai dan jam akhir, 0 sampai 23, atau kosongkan keduanya untuk ikut perusahaan.
# Halaman
title = Jam senyap dan kabar
lead = Pada jam senyap, pengingat dan kabar yang tidak mendesak disimpan sampai pagi. Jawaban, keputusan, pengajuan baru, dan segala hal tentang akun selalu langsung.
starts = Mulai
ends = Sampai
as_company_short = Ikut perusahaan
now = Sekarang mengikuti perusahaan: { $since } sampai { $until }.
none_now = Perusahaan tidak punya jam senyap.
news = Kabari saya kalau usulan yang saya dukung berubah keadaannya, dan apa yang baru tiap kuartal
save = Simpan
