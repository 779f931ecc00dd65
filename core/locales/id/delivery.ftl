# Pesan yang tidak sampai ke chat siapa pun

title = Pesan tidak sampai
heading = { $count ->
    [0] Semua pesan sampai ke chat penerimanya.
   *[other] { $number } pesan tidak sampai ke chat penerimanya.
 }
lead = Siapa yang seharusnya diberi tahu, dan apa yang perlu dilakukan. Isi pesan tidak ditampilkan di sini; bila bisa, pesan itu ada di halaman orangnya sendiri.
what = Tentang
older = Yang lebih lama
none = Tidak ada yang menunggu Anda di sini. Yang tidak bisa dikirim ke satu chat sudah dikirim ke chat lain.
again = Kirim lagi
dismiss = Kesampingkan
done_again = Pesan dikirim lagi, ke chat yang kini terbuka.
done_dismissed = Pesan dikesampingkan.
kind_request_waiting = Pengajuan yang perlu diputus
kind_request_decided = Hasil pengajuan, atau sisa cuti
kind_ticket_answered = Jawaban tim bantuan
kind_security = Akun dan chat yang tersambung
kind_notice = Pesan
why_blocked = Bot diblokir di Telegram, atau belum pernah dibuka.
why_number_gone = Nomornya tidak ada lagi di WhatsApp, atau aplikasinya terlalu lama.
why_deactivated = Akun Slack-nya dinonaktifkan.
why_address = Server surel menolak alamatnya.
why_refused = Layanan chat menolak pesan ini.
why_template = Terakhir menulis lebih dari sehari lalu, dan WhatsApp tidak menerima templat pembuka obrolan.
why_tried = Sudah dicoba setengah hari tanpa hasil.
why_unknown = Mungkin sampai, mungkin tidak: layanan chat dua kali tidak menjawab.
todo_blocked = Minta orangnya membuka bot lagi, atau undang ke chat lain.
todo_number_gone = Tanyakan nomornya, lalu undang lagi.
todo_deactivated = Bila masih bekerja di sini, minta Slack mengaktifkannya, atau undang ke chat lain.
todo_address = Perbaiki alamat di halamannya, lalu undang lagi.
todo_refused = Sampaikan sendiri, dan laporkan jamnya kepada pengelola Serambi.
todo_template = Minta orangnya menulis kepada bot; mintakan persetujuan templat di Meta.
todo_tried = Kirim lagi bila layanannya sudah pulih.
todo_unknown = Tanyakan apakah sudah dibaca, atau kirim lagi; pesannya akan ditandai dikirim ulang.
mail_not_again = Surel tidak dikirim lagi dari sini: tautannya mungkin sudah kedaluwarsa. Perbaiki alamatnya, lalu undang orangnya lagi.
no_chat = Belum ada chat orang ini yang terbuka. Undang dulu ke salah satu chat, lalu kirim lagi.
settled_already = Pesan ini sudah ditangani orang lain.
why_template_pending = Terakhir menulis lebih dari sehari lalu, dan templat pembuka obrolannya belum disetujui Meta.
why_template_refused = Terakhir menulis lebih dari sehari lalu, dan templat pembuka obrolannya ditolak Meta.
why_template_paused = Terakhir menulis lebih dari sehari lalu, dan templat pembuka obrolannya sedang dihentikan Meta.
why_template_missing = Terakhir menulis lebih dari sehari lalu, dan templat pembuka obrolan tidak ada di WhatsApp.
why_disconnected = Bot atau nomor tempat mereka mengobrol sudah dilepas.
todo_template_pending = Minta mereka menulis ke bot; begitu Meta menyetujui templatnya, semuanya berjalan sendiri.
todo_template_refused = Minta mereka menulis ke bot; lihat alasannya di Pengaturan, WhatsApp, dan minta ditinjau ulang di Meta.
todo_template_paused = Minta mereka menulis ke bot; Meta mencabut penghentian itu sendiri sesudah beberapa jam.
todo_template_missing = Minta mereka menulis ke bot; tekan "Sambungkan lagi" di Pengaturan, WhatsApp.
why_no_account = Obrolan mereka tersambung ke bot atau nomor yang tidak ada di server ini, dan tidak boleh ada yang berbicara atas namanya.
todo_disconnected = Sambungkan lagi, atau undang mereka ke obrolan lain.
todo_no_account = Sambungkan lagi bot atau nomor itu di Pengaturan, atau tanyakan kepada pengelola server apakah bot atau nomornya diganti; lalu kirim lagi. Kalau tidak, undang mereka lagi.
shut = Obrolan yang ditutup
shut_lead = Orang-orang ini memblokir bot dan tidak punya obrolan lain. Apa pun yang disampaikan kini hanya ada di halaman web mereka.
shut_since = Ditutup
done_seen = Sudah dikesampingkan. Bila obrolannya ditutup lagi, ia kembali ke sini.
seen_already = Obrolan ini sudah ditangani, atau sudah terbuka lagi.
