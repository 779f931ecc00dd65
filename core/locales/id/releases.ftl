# Yang baru tiap kuartal
title = Catatan rilis
told =
    { $title }: { $lead }
    Selengkapnya: { $address }
    Tidak mau kabar seperti ini? Tulis "jam senyap".
told_of = Rilis { $releases }, terbit { $day }.
running = { $release } berjalan di sini
next = Catatan berikutnya terbit { $day }.
earlier = Catatan sebelumnya
# Di meja operator
lead = Yang dikabarkan kepada pengguna tiap kuartal: hitung dulu, lalu kirim. Setiap orang mendapatnya sekali, dalam bahasanya, tidak pada jam senyapnya.
quarters = Kuartal
quarter = Kuartal
releases = Rilis
state = Keadaan
told_count = Dikabari
none = Belum ada catatan rilis yang terbit.
as_read = Seperti dibaca semua orang
reach = Siapa yang dikabari
not_counted_yet = Belum ada yang dikabari. Hitung dulu: berapa orang, lewat saluran apa.
counting = Sedang dihitung, perusahaan demi perusahaan.
people_of = { $count ->
   *[other] { $number } orang
} di { $companies } perusahaan akan mendapatnya.
unwanted = { $number } orang lain tidak mau kabar.
counted_at = Dihitung { $at }.
channel = Saluran
people = Orang
when = Kapan
when_chat = Langsung; pada jam senyap besok paginya
when_whatsapp = Langsung dalam 24 jam sesudah mereka menulis, selain itu bersama pesan mereka berikutnya dalam seminggu; tidak ada templat berbayar yang dikirim
progress = { $done } dari { $total } dikabari
taken = { $number } ditarik sebelum terkirim.
count = Hitung penerimanya
count_again = Hitung lagi
send = Kirim ke { $number } orang
take_back = Tarik kembali
take_back_hint = Yang sudah terkirim tetap; yang menunggu pagi atau giliran ditarik, dan tidak ada lagi yang dikabari.
as_sent_id = Seperti dikirim dalam bahasa Indonesia
as_sent_en = Seperti dikirim dalam bahasa Inggris
state_new = Belum dikirim
state_counting = Sedang dihitung
state_ready = Sudah dihitung
state_sending = Sedang dikirim
state_done = Terkirim
state_stopped = Ditarik
done_taken = Tidak ada lagi yang dikabari, dan yang belum terkirim ditarik.
sent_already = Kabar ini sedang atau sudah dikirim. Tarik dulu.
not_counted = Hitung dulu penerimanya.
not_sent = Kabar ini tidak sedang dikirim.
