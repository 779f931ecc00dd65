# Persetujuan
card = ({ $number })
    { $what }
    { $effect }
    Langkah { $level } dari { $levels }. { $after }
reminder = ({ $number }) masih menunggu
    { $what }
    { $effect }
    Langkah { $level } dari { $levels }. { $after }
with_reason = { $what }: { $reason }
then_head = Tanpa jawaban, naik ke { $head } { $at }.
then_administrators = Tanpa jawaban, naik ke administrator { $at }.
approve = Setujui
reject = Tolak
turned_approved = ({ $number })
    { $what }
    Disetujui { $who }, { $at }.
turned_rejected = ({ $number })
    Ditolak { $who }, { $at }: { $reason }
turned_withdrawn = ({ $number })
    { $what }
    Ditarik kembali oleh pengaju, { $at }.
why = Alasannya apa? { $name } akan membacanya.
why_title = Tolak { $number }
rejected_ack = Tercatat: { $number } ditolak, dengan alasanmu.
still_open = Oke, belum diputus. Kartunya tetap terbuka.
nothing_waits = Tidak ada yang menunggu keputusanmu.
these_wait = { $count } menunggu keputusanmu:
    { $lines }
    Tekan tombol di kartunya, atau tulis misalnya "setujui { $example }".
decided_by_you = Sudah tercatat sekali, { $at }.
decided_already = Sudah diputus { $who }, { $at }.
withdrawn_already = { $number } sudah ditarik kembali oleh pengajunya.
stale = { $number } sudah berubah sejak kartu itu dikirim. Lihat kartu yang terbaru.
not_yours = Ini bukan untuk kamu putuskan.
own_request = Pengajuan sendiri diputus orang lain.
reason_needed = Penolakan perlu alasan yang bisa dibaca pengajunya.
reason_too_long = Alasannya terlalu panjang. Tulis paling banyak { $most } huruf.
nobody = Belum bisa: belum ada yang bisa memutuskan pengajuanmu. HR perlu menunjuk atasan atau administrator.
