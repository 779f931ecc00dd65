# Persetujuan
card = ({ $number })
    { $what }
    { $effect }
    { $seats }
    Langkah { $level } dari { $levels }. { $after }
reminder = ({ $number }) masih menunggu
    { $what }
    { $effect }
    { $seats }
    Langkah { $level } dari { $levels }. { $after }
number_version = { $number }, versi { $version }
undo_title = Batalkan { $title }
was = { $what } (tadinya { $was })
with_reason = { $what }: { $reason }
in_place_of = Menggantikan { $whom }.
came_up = Naik dari { $who }, yang belum menjawab.
moved_here = Dialihkan dari { $who }. { $reason }
all_of = Perlu semua: { $names }.
so_many_of = Perlu { $enough } dari: { $names }.
agreed_so_far = Sudah setuju: { $names }.
refused_so_far = Menolak: { $names }.
then_head = Tanpa jawaban, naik ke { $head } { $at }.
then_administrators = Tanpa jawaban, naik ke administrator { $at }.
approve = Setujui
reject = Tolak
change = Minta diubah
told_step = Langkah { $level }: { $parts }.
told_approve = { $who } menyetujui, { $at }
told_earlier = { $who } sudah menyetujui di langkah sebelumnya
told_reject = { $who } menolak, { $at }
told_change = { $who } minta diubah, { $at }
told_waits = menunggu { $who }
told_waits_until = menunggu { $who } sampai { $at }, lalu atasannya ikut ditanya
told_count = { $agreed ->
    [0] perlu { $enough } yang setuju
   *[other] baru { $sofar } dari { $enough } yang setuju
  }
told_later = sesudah itu { $who }{ $mode ->
    [all] , semua harus setuju
    [quorum] , { $needed } harus setuju
   *[any] {""}
  }
on_behalf = { $who } a.n. { $whom }
turned_approved = ({ $number })
    { $what }
    Disetujui { $who }, { $at }.
turned_rejected = ({ $number })
    Ditolak { $who }, { $at }: { $reason }
turned_changed = ({ $number })
    Diminta diubah oleh { $who }, { $at }: { $reason }
turned_cancelled = ({ $number })
    { $what }
    Dibatalkan; disetujui { $who }, { $at }.
turned_called_off = ({ $number })
    { $what }
    Dibatalkan sendiri oleh { $who }, { $at }.
turned_called_off_part = ({ $number })
    { $what }
    Sebagian harinya dibatalkan sendiri oleh { $who }, { $at }.
turned_stands_again = ({ $number })
    { $what }
    Berlaku lagi sejak { $at }: catatan yang menggantikannya ditarik.
turned_kept = ({ $number })
    { $what }
    Tetap berlaku; pembatalannya ditolak { $who }, { $at }: { $reason }
turned_kept_by_asker = ({ $number })
    { $what }
    Tetap berlaku; pengajunya tidak jadi membatalkan, { $at }.
turned_passed = ({ $number })
    { $what }
    Disetujui { $who }, { $at }. Sekarang menunggu { $next }.
turned_counted = ({ $number })
    { $what }
    Disetujui { $who }, { $at }. Masih menunggu { $left }.
turned_counted_no = ({ $number })
    { $what }
    Ditolak { $who }, { $at }: { $reason }
    Masih menunggu { $left }.
turned_withdrawn = ({ $number })
    { $what }
    Ditarik kembali oleh pengaju, { $at }.
turned_superseded = ({ $number })
    Sudah diganti pengajunya, { $at }. Lihat kartu yang terbaru.
turned_expired = ({ $number })
    { $what }
    Ditutup tanpa keputusan, { $at }.
turned_moved = ({ $number })
    { $what }
    Sejak { $at } diputus { $who }. { $reason }
turned_stood_in = ({ $number })
    { $what }
    Kamu tidak menggantikan lagi sejak { $at }. Sekarang diputus { $who }.
turned_went_up = ({ $number })
    Sudah naik ke { $names }, { $at }. Masih bisa dijawab berdua; yang pertama yang berlaku.
why = Alasannya apa? { $name } akan membacanya.
why_change = Apa yang perlu diubah? { $name } akan membacanya.
why_title = Tolak { $number }
why_title_change = Ubah { $number }
rejected_ack = Tercatat: { $number } ditolak, dengan alasanmu.
changed_ack = Tercatat: { $number } dikembalikan untuk diubah, dengan alasanmu.
still_open = Oke, belum diputus. Kartunya tetap terbuka.
nothing_waits = Tidak ada yang menunggu keputusanmu.
these_wait = { $count } menunggu keputusanmu:
    { $lines }
    Tekan nomornya untuk melihat kartunya, atau tulis misalnya "setujui { $example }".
here_it_is = Itu kartu { $number }.
decided_by_you = Sudah tercatat sekali, { $at }.
decided_already = { $number } sudah { $verdict ->
    [approve] disetujui
    [reject] ditolak
   *[other] dikembalikan
  } { $who }, { $at }.
undo_decided_already = Pembatalan { $number } sudah { $verdict ->
    [approve] disetujui
   *[other] ditolak
  } { $who }, { $at }.
withdrawn_already = { $number } sudah ditarik kembali oleh pengajunya.
over_already = { $number } sudah tidak menunggu keputusan.
stale = Belum dicatat: { $who } baru mengganti { $number }. Ini yang terbaru.
stale_elsewhere = Belum dicatat: { $who } baru mengganti { $number }. Sekarang menunggu { $whom }; kartu barunya datang kalau giliranmu.
not_yet = Belum giliranmu: { $number } masih di { $who }. Kartunya datang setelah itu.
moved = { $number } sekarang diputus { $who }.
not_yours = Ini bukan untuk kamu putuskan.
own_request = Pengajuan sendiri diputus orang lain.
reason_needed = Penolakan perlu alasan yang bisa dibaca pengajunya.
reason_too_long = Alasannya terlalu panjang. Tulis paling banyak { $most } huruf.
nobody = Belum bisa: belum ada yang bisa memutuskan pengajuanmu. HR perlu menunjuk atasan atau administrator.
# Setelah orang lain memutus
decided_other = { $number } sudah disetujui { $who }, { $at }, jadi penolakanmu tidak dicatat. Kalau keberatan, bicarakan dengan { $who } sebelum { $until }.
do_object = Minta dibatalkan
do_leave = Biarkan
left_decided = Oke. { $number } tetap berlaku.
why_object = Kenapa sebaiknya dibatalkan? { $name } akan membacanya.
objected_ack = Terkirim: { $name } diminta membatalkan { $number }. Selama belum dibatalkan, itu tetap berlaku.
objected_asker = { $who } minta { $number } dibatalkan: "{ $reason }". { $what } tetap berlaku sampai kamu batalkan.
objected_decider = { $who } keberatan dengan { $number } yang kamu setujui: "{ $reason }". { $title }, { $what }. Keputusanmu tetap berlaku.
call_it_off = Batalkan
through = { $channel ->
    [telegram] { $who } lewat Telegram
    [whatsapp] { $who } lewat WhatsApp
    [slack] { $who } lewat Slack
    [console] { $who } lewat terminal
   *[other] { $who } lewat web
    }
sure = Setujui { $number }, { $title }: { $what }?
# Yang diberitahukan kepada pengaju, pemutus dan HR
returned = { $who } minta diubah: "{ $reason }". { $number }, { $what }, tetap tersimpan sampai kamu ubah atau tarik kembali.
do_change = Ubah
cancel_refused = Pembatalan { $number } tidak disetujui { $who }: "{ $reason }". { $what } tetap berlaku.
begun_asker = { $number } mulai sekarang dan belum diputus: { $what }. Yang bisa memutus: { $names }. Harinya tercatat menunggu sampai diputus.
begun_approver = { $number } mulai sekarang dan masih menunggu jawabanmu: { $title }, { $what }.
begun_hr = { $number } mulai sekarang dan belum diputus { $names }: { $title }, { $what }.
expired_told = { $number } ditutup tanpa keputusan: { $what }. Ajukan lagi kalau masih perlu.
# Rantai persetujuan
chain_levels = Rantai punya satu sampai { $most } langkah. Tambah atau kurangi langkahnya.
chain_always = Setidaknya satu langkah harus selalu berlaku, tanpa syarat, supaya tidak ada pengajuan tanpa pemutus.
chain_hours = Pengingat datang sebelum naik, paling lama { $most } jam. Yang dikosongkan mengikuti perusahaan: { $remind } dan { $escalate } jam. Perbaiki jamnya.
chain_expiry = Batas tanpa keputusan antara 1 dan { $most } hari, atau kosong.
chain_nobody = Langkah { $level } belum menyebut siapa yang ditanya. Pilih paling sedikit satu.
chain_twice = Langkah { $level } menyebut orang yang sama dua kali. Hapus salah satunya.
chain_mode = Langkah { $level }: pilih salah satu, semua, atau sejumlah orang.
chain_quorum = Langkah { $level }: tulis dengan angka berapa orang yang harus setuju{ $any ->
    [yes] , mulai dari 1.
   *[no] , dari 1 sampai { $most }, sebanyak yang ditanya.
  }
chain_unknown = Langkah { $level } menyebut hal yang tidak dikenal. Pilih dari daftar.
chain_condition = Langkah { $level } punya syarat yang tidak dikenal. Pilih dari daftar dan isi nilainya.
chain_vacant = Belum bisa diterbitkan: { $path } di langkah { $level } tidak bekerja di sini. Pilih orang lain.
chain_no_holder =
    Belum bisa diterbitkan: langkah { $level } menanyai { $role ->
        [super_administrator] Super Administrator
        [administrator] Administrator
        [data_protection_officer] Pejabat Pelindungan Data
        [supporting_administrator] Administrator Pendukung
       *[agent] Petugas Bantuan
    }, dan tidak ada karyawan di sini dengan peran itu. Beri perannya dulu kepada seseorang, atau pilih yang lain.
chain_circle = Belum bisa diterbitkan: garis atasan berputar. { $path }
chain_before = Versi { $version } sudah diterbitkan untuk { $on }. Pilih tanggal itu atau sesudahnya.
chain_begun = Versi { $version } sudah berlaku sejak { $on } dan tidak bisa ditarik. Terbitkan versi baru.
chain_not_newest = Versi { $version } bukan yang terakhir lagi. Muat ulang halamannya, lalu tarik yang terakhir dulu.
chain_past = Rantai berlaku mulai hari ini atau nanti. Pilih tanggal lain.
# Pendelegasian dan pengalihan
kinds_and = { $some } dan { $last }
kind_collective_work = kerja di hari cuti bersama
kind_leave_request = cuti
delegate_offered = { $who } menunjukmu menyetujui { $kinds } { $team }, { $days }. Terima?
offer_waits = { $who } menunjukmu menggantikannya memutus pengajuan; belum kamu jawab.
see_offer = Lihat penunjukan
delegate_accept = Terima
delegate_decline = Tolak
delegate_told_accept = { $who } menerima: menggantikanmu { $days }.
delegate_told_decline = { $who } tidak bisa menggantikanmu { $days }. Pilih orang lain di halaman Pengganti, atau biarkan naik ke atasanmu.
delegate_accepted_ack = Tercatat: kamu menggantikan { $who }, { $days }.
delegate_declined_ack = Tercatat: kamu tidak menggantikan { $who }.
who_stands_in = Cuti { $days }, { $half ->
    [am] setengah hari pagi
    [pm] setengah hari siang
   *[no] { $cost } hari kerja
  }. Selama itu siapa yang menyetujui pengajuan timmu?
span_from = { $days } mulai { $at }
span_until = { $days } sampai { $at }
and_names = { $head }, dan tunjuk { $who } menggantikanmu
nobody_stands_in = Tidak perlu
stand_in_later = { $who } mulai menggantikan kalau cutimu disetujui dan dia menerima.
stand_in_not = { $who } belum bisa ditunjuk; lihat halaman Pengganti.
delegate_oneself = Diri sendiri tidak bisa menggantikan. Pilih orang lain.
delegate_gone = Orang itu tidak bekerja di sini sekarang. Pilih orang lain.
delegate_over = Waktunya sudah lewat atau terbalik. Pilih tanggal yang akan datang.
delegate_what = Pilih paling sedikit satu jenis pengajuan, dan batas yang lebih dari nol.
delegate_second = { $who } sudah ditunjuk sampai { $until }. Akhiri itu dulu, atau pilih waktu lain.
delegate_circle = Belum bisa: { $who } sendiri digantikan, dan gantinya berujung pada orang yang menunjuk. Pilih orang lain.
delegate_deep = Belum bisa: lewat { $who } penggantian melewati lebih dari dua orang. Pilih orang lain.
delegate_ended = Penunjukan itu sudah berakhir.
delegate_taken = Sudah diterima, { $at }.
reassign_reason = Pengalihan perlu alasan yang bisa dibaca kedua orang.
reassign_from = Orang itu tidak sedang memutus { $number }. Muat ulang halamannya.
reassign_gone = Orang itu tidak bekerja di sini sekarang. Pilih orang lain.
reassign_sits = { $who } sudah bisa memutus { $number }. Pilih orang lain.
reassign_agreed = { $who } sudah menyetujui { $number } di langkah sebelumnya. Pilih orang lain.
mail_waits =
    { $number } menunggu keputusan Anda, karena atasan pengaju tidak ada atau belum menjawab pada waktunya.

    { $link }

    Masuk di sana untuk melihat isinya dan memutuskan.
mail_waits_subject = { $number } menunggu keputusan Anda
from_paper = { $who }, dari kertas
