# Meja bantuan: halaman
title = Meja bantuan
mine = Tiket saya
heading = { $count ->
    [0] Tidak ada tiket yang terbuka
   *[other] { $number } tiket terbuka
  }
lead = { $mine } dipegang Anda, { $untaken } belum diambil, { $late } lewat target.
take_next = Ambil berikutnya
number = Nomor
subject = Perihal
requester = Pemohon
agent = Petugas
target = Target
show = Tampilkan
show_open = Terbuka
show_mine = Saya
show_untaken = Belum diambil
show_waiting = Menunggu pemohon
show_snoozed = Ditunda
show_resolved = Ditandai selesai
show_closed = Ditutup
empty_open = Antrean kosong: semua pertanyaan sudah dijawab dan selesai.
empty_mine = Tidak ada yang Anda pegang. Ambil yang berikutnya dari antrean.
empty_untaken = Semua tiket sudah ada yang memegang.
empty_waiting = Tidak ada yang menunggu jawaban pemohon.
empty_snoozed = Tidak ada yang ditunda.
empty_resolved = Tidak ada yang menunggu pemohon memastikan selesai.
empty_closed = Belum ada tiket yang ditutup.
urgent = mendesak
nobody = belum ada
late = terlambat
in_time = { $time } lagi
promise_broken = janjinya sudah lewat
no_due = Tidak ada batas waktu yang berjalan.
state_new = baru
state_open = terbuka
state_waiting_requester = menunggu pemohon
state_resolved = ditandai selesai
state_closed = ditutup
state_mine_new = terkirim
state_mine_open = sedang dikerjakan
state_mine_waiting_requester = menunggu jawabanmu
state_mine_resolved = ditandai selesai
state_mine_closed = selesai
take = Ambil
take_over = Ambil alih dari { $who }
release = Lepaskan
resume = Lanjutkan tanpa menunggu
calm = Tidak mendesak lagi
resolve = Tandai selesai
thread = Percakapan
note_mark = catatan dalam, tidak terkirim
open_file = Buka berkas
words = Tulisan
send = Kirim
send_wait = Kirim, tunggu jawaban
send_resolve = Kirim, selesai
save_note = Simpan sebagai catatan dalam
is_closed = Tiket ini sudah ditutup.
was_rated = Nilai pemohon: { $stars } dari 5.
clocks = Jam
clock_mine_answer = Janji untuk Anda, jawaban
clock_mine_solve = Janji untuk Anda, selesai
clock_promise_answer = Janji ke pemohon, jawaban
clock_promise_solve = Janji ke pemohon, selesai
clock_target_answer = Target tim, jawaban
clock_target_solve = Target tim, selesai
clock_paused = Berhenti selama menunggu pemohon
clock_unknown = Belum bisa dihitung: tutup tanpa batas waktu
clock_late = terlambat { $time }
clock_left = { $time } lagi
receipt = Kuitansi jam janji
calendar_version = kalender { $version }
others = { $count ->
    [0] Belum pernah bertanya sebelumnya.
   *[other] { $number } tiket lain.
  }
looked_after = Dipegang { $who }.
nobody_yet = Belum ada yang memegang.
done_taken = Tiket ini sekarang Anda pegang.
done_released = Dikembalikan ke antrean.
done_given = Tiket sudah diberikan kepada rekan.
done_answered = Terkirim.
done_waits = Terkirim; menunggu jawaban pemohon.
done_solved = Ditandai selesai; pemohon ditanya apakah sudah beres.
done_noted = Catatan dalam tersimpan; tidak terkirim ke mana pun.
done_resumed = Tidak lagi menunggu pemohon.
done_calmed = Tanda mendesak dihapus.
event_opened = Tiket dibuka.
event_asked = { $who } mengirim berkas.
event_reopened = { $who } membuka lagi.
event_unsolved = dibuka lagi oleh { $who }
event_thanked = { $who } berterima kasih.
event_answered = Dijawab { $who }.
event_noted = Catatan { $who }.
event_taken = diambil { $who }
event_released = dilepas { $who }
event_given = diberikan kepada { $to } oleh { $who }
event_waits = menunggu jawaban pemohon
event_resumed = dilanjutkan { $who }
event_resolved = ditandai selesai oleh { $who }
event_closed = ditutup
event_flagged = ditandai mendesak oleh { $who }
event_calmed = tanda mendesak dihapus { $who }
event_rated = dinilai { $stars } dari 5
mine_lead = Pertanyaanmu ke tim bantuan, dan jawabannya.
ask_new = Tanya tim bantuan
what_label = Apa yang perlu dibantu?
send_it = Kirim
all_mine = Semua tiketmu
none_mine = Belum ada tiket. Tulis pertanyaanmu di atas, atau di chat.
is_done_button = Sudah beres, tutup
write_more = Tulis lagi
promise = Janji
done_mine_opened = Terkirim. Batas jawabannya ada di halaman ini.
done_mine_added = Ditambahkan.
done_mine_closed = Ditutup.
handed = Dari percakapan
handed_task = Sedang mengurus
handed_stuck = Berhenti di
handed_misses = Jawabannya { $number } kali tidak dipahami.
handed_sealed = tersegel
handed_sealed_why = Yang tersegel hanya dibuka HR. Anda tetap bisa menjawab, dan pemohon bisa melanjutkan dari langkah ini.
task = { $task ->
    [question] pertanyaan yang belum terjawab
    [leave] pengajuan cuti
    [withdraw] penarikan cuti
    [leave_change] ganti tanggal cuti
    [collective_work] masuk saat cuti bersama
    [paper] berkas
    [reject] penolakan
    [change] permintaan perubahan
    [object] keberatan
    [ticket_add] menambah info tiket
    [ticket_end] menutup tiket
    [ticket_rate] menilai bantuan
   *[other] hal lain
  }
slot = { $slot ->
    [article] Artikel yang ditunjukkan
    [when] Tanggal
    [until] Sampai
    [part] Bagian hari
    [kind] Jenis
    [why] Alasan
    [hours] Jam
    [sure] Persetujuan akhir
    [clash] Tanggal bentrok
    [short] Hari yang kurang
    [stand_in] Pengganti
    [which] Pengajuan
    [paper] Berkas
   *[other] Jawaban lain
  }
slot_skipped = dilewati
slot_part = { $part ->
    [morning] pagi
    [afternoon] siang
   *[other] sehari penuh
  }
file_gone = Berkasnya sudah dihapus.
compose = Tulis
as_answer = Balas lewat { $through }
as_note = Catatan dalam
articles = Artikel yang cocok
articles_find = Cari artikel, atau ketik ?? di jawaban
insert = Sisipkan
insert_of = Sisipkan jawaban dari { $title }
no_articles = Belum ada artikel yang dekat.
leaves_mine = Terkirim sebentar lagi:
leaves_other = Jawaban rekan sedang dikirim:
leaves_stopped = Tidak terkirim:
take_back = Batalkan kirim
take_back_stopped = Ambil kembali
done_leaves = Terkirim beberapa detik lagi; masih bisa dibatalkan di bawah.
done_back = Kirimnya dibatalkan. Tulisannya ada di kotak jawaban.
done_sent_file = Berkas terkirim.
replies = Balasan tersimpan
replies_lead = Kalimat yang sering dikirim, dalam dua bahasa. Pemohon menerimanya dalam bahasanya sendiri.
replies_manage = Kelola balasan tersimpan
reply_choose = Pilih balasan
reply_insert = Sisipkan
reply_run = Kirim langsung
reply_hint = Ketik :: dan pintasannya di kotak jawaban, lalu spasi. Isian: { $names }.
reply_sealed = Angka pribadi, terisi hanya untuk pemohon: { $names }.
reply_new = Balasan baru
reply_change = Ubah balasan
reply_shortcut = Pintasan
reply_shortcut_hint = Huruf kecil, angka dan tanda hubung, 2 sampai 24. Diketik sesudah ::
reply_title = Judul
reply_words_id = Kalimat, bahasa Indonesia
reply_words_en = Kalimat, bahasa Inggris
reply_then = Sesudah terkirim
reply_then_open = tetap terbuka
reply_then_waiting_requester = menunggu pemohon
reply_then_resolved = ditandai selesai
reply_tag = Label yang dipasang
reply_save = Simpan
reply_remove = Hapus
reply_none = Belum ada balasan tersimpan. Tulis yang pertama di bawah.
done_saved = Tersimpan.
done_removed = Dihapus.
file_send = Kirim berkas
file_choose = Berkas
file_hint = PDF, gambar, CSV atau XLSX, paling besar 5 MB. Gambar digambar ulang tanpa data kamera. Di Slack dan web pemohon mendapat tempat berkasnya, bukan tautan terbuka.
file_words = Keterangan
stopped_newer = pemohon menulis lagi sesudah Anda membaca.
stopped_closed = tiketnya sudah ditutup.
stopped_needed = masih ada isian wajib yang kosong.
stopped_variable_missing = salah satu isiannya sudah tidak ada nilainya.
stopped_variable_unknown = salah satu isiannya tidak dikenal lagi.
done_merged = Digabung; pemohon diberi tahu.
done_unmerged = Dipisahkan lagi; pemohon diberi tahu.
done_split = Pesan itu sekarang tiket sendiri; pemohon diberi tahu.
done_tied = Ditautkan.
done_untied = Tautannya dilepas.
done_tagged = Label diperbarui.
done_snoozed = Ditunda. Kembali sendiri, atau begitu pemohon menulis.
done_woken = Kembali ke antrean.
done_handed = Obrolan dikembalikan ke Serambi; pemohon diberi tahu.
done_seen = Ditandai terbaca.
done_followed = Tiket lanjutan dibuka; pemohon diberi tahu.
named_in = Anda disebut dalam catatan:
named_here = Anda disebut dalam catatan tiket ini.
seen = Sudah saya baca
merged_into = Tiket ini dilanjutkan di
unmerge = Pisahkan lagi
merge = Gabungkan ke sana
merge_into = Gabungkan ke { $number }
alike = Orang yang sama menanyakan hal serupa:
split = Jadikan tiket sendiri
was_split = Pesan ini menjadi tiket sendiri.
ties = Label dan tautan
tie_related = { $way ->
   *[other] terkait
  }
tie_duplicate = { $way ->
   *[other] pertanyaan yang sama
  }
tie_follow_up = { $way ->
    [here] dilanjutkan oleh
   *[there] lanjutan dari
  }
tie_split = { $way ->
    [here] dipisah menjadi
   *[there] dipisah dari
  }
tie_merged = digabung ke sini
untie = Lepas
tag = Label
tag_put = Pasang
untag = Lepas label
snooze = Tunda sampai
snooze_put = Tunda
snoozed = ditunda sampai { $until }
wake = Kembalikan ke antrean
other = Tiket lain
tie_put = Tautkan
tie_same = Pertanyaan sama
follow_up = Buka tiket lanjutan
follow_up_what = Apa yang dilanjutkan?
follow_up_open = Buka
hand_back = Kembalikan ke Serambi
send_hand_back = Kirim, lanjutkan permintaannya
mention_hint = Sebut rekan dengan @nama, mereka diberi tahu:
event_merged = { $way ->
    [into] digabung ke { $other } oleh { $who }
   *[from] { $other } digabung ke sini oleh { $who }
  }
event_unmerged = { $way ->
    [into] dipisahkan lagi dari { $other } oleh { $who }
   *[from] { $other } dipisahkan lagi oleh { $who }
  }
event_split = { $who } menjadikan satu pesan tiket { $other }
event_snoozed = ditunda { $who } sampai { $until }
event_woken = kembali ke antrean
event_handed = obrolan dikembalikan ke Serambi oleh { $who }
goes_on_in = Digabung karena soalnya sama. Dilanjutkan di
done_mine_file = Berkas terkirim.
file_mine_hint = PDF, gambar, CSV atau XLSX, paling besar 10 MB.
done_sorted = Prioritas dan kategori tersimpan.
done_filled = Isian disimpan.
event_ranked = prioritasnya diubah { $who }
event_sorted = kategorinya diubah { $who }
event_recounted = jamnya dihitung ulang menurut kalender
dispute = sengketa
dispute_tick = Ini sengketa
dispute_hint = Bila jawaban atau hitungan yang Anda terima menurut Anda tidak benar. Dijawab secepat pertanyaan lain, dan diputus paling lama 30 hari kerja sejak dikirim.
settle = Putusan sengketa
settle_hint = Sengketa selesai dengan putusan. Penanya membaca putusan dan alasannya.
outcome = Putusan
outcome_upheld = Diterima
outcome_partly = Diterima sebagian
outcome_denied = Tidak diterima
outcome_why = Alasan, dibaca penanya
settle_do = Putuskan
event_settled = sengketa diputus { $who }
event_moved = { $step ->
    [asked] { $who } menanyakan apakah tiket ini boleh dibawa ke operator
    [moved] Dibawa ke meja operator, dengan izin yang bertanya
    [declined] Tidak dibawa ke operator
    [privacy] Diteruskan { $who } ke pelindungan data sebagai { $other }
    [claimed] { $who } membuktikan bahwa tiket ini miliknya
    [unclaimed] { $who } melepas tiket ini dari karyawan
    [proof] { $who } meminta bukti diri lewat e-mail
   *[back] Kembali ke meja perusahaan
    }
done_mine_shared_yes = Terkirim ke tim Serambi. Jawabannya datang di sini.
done_mine_shared_no = Tidak dikirim. HR melanjutkan sendiri.
done_move_asked = Yang bertanya ditanyai izinnya, dengan kata-kata itu.
done_move_off = Dibatalkan. Tidak ada yang dikirim.
done_moved_back = Ditarik kembali. Yang bertanya sudah diberi tahu.
done_defect = Dikaitkan. Pelapornya dikabari saat diperbaiki.
fact_work = Pekerjaan
fact_place = Tempat
fact_now = { $place }, sekarang { $time }
fact_head = Atasan
fact_since = Sejak
fact_chats = Saluran
fact_language = Bahasa
fact_tickets = Tiket
fact_tickets_year = { $count ->
   *[other] { $count } dalam setahun
}
fact_tickets_rated = { $count ->
   *[other] { $count } dalam setahun, nilai terakhir { $stars } dari 5
}
open_requests = Pengajuan yang masih terbuka
figures = Angka pribadinya
figures_why = Terisi saat terkirim, hanya untuknya; Anda mengirimnya tanpa melihatnya.
figure_insert = Sisipkan
figure_leave_left = Sisa cuti tahunan
figure_leave_taken = Cuti tahunan terpakai
figure_leave_waiting = Hari yang disisihkan
figure_leave_until = Berlaku sampai
done_to_privacy = Diteruskan ke pelindungan data. Yang bertanya sudah diberi tahu nomor dan batas waktunya.
done_proof_asked = E-mail untuk membuktikan diri terkirim.
done_unclaimed = Dilepas. Jawaban berikutnya kembali lewat jalan semula.
done_mine_claimed = Tiket ini sekarang milikmu. Jawabannya datang ke sini dan ke chatmu.
