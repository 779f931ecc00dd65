# Simulator obrolan
title = Simulator obrolan
as = Obrolan sebagai { $name }
lead = Yang terjadi di sini tidak berlaku: tidak ada yang tersimpan atau terkirim. Hanya bahwa simulasi dijalankan tercatat.
restart = Mulai dari awal
other = Pilih orang lain
who = Sebagai siapa
name = Nama atau nomor
find = Cari
nobody = Tidak ada karyawan yang cocok.
talk = Obrolan
chip = tanpa akibat
to = kepada { $name }:
understood = Yang dipahami dan disimpan
asked = Menjawab
intent = Maksud
near = Mendekati
concepts = Sebab (konsep)
kind = Jenis cuti
days = Tanggal
long = { $days } hari
doubtful = (akan ditanyakan)
unsure = tidak yakin
stored = Akan disimpan
said_key = Jawaban
start = Tulis seperti orangnya menulis, misalnya: mau cuti besok.
write = Tulis
busy = Perusahaan sedang sangat sibuk, jadi percakapan ini mengalah sepuluh kali. Belum ada yang dimainkan: coba lagi, ya.
send = Kirim
not_as = { $role ->
    [approver] { $name } memutuskan pengajuan; peran Anda tidak, jadi obrolannya tidak bisa dibuka.
   *[other] Peran { $name } boleh lebih dari peran Anda, jadi obrolannya tidak bisa dibuka.
 }
