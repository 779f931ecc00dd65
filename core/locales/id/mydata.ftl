# Halaman data saya
title = Data saya
how = Yang disimpan { $company } tentang Anda.
who = Anda di sini
work = { $number }, { $position }, { $department }, { $location }.
since = Sejak { $day }.
until = Hari terakhir: { $day }.
under = Cuti Anda diputuskan lebih dulu oleh { $manager }.
under_nobody = Anda belum punya atasan; cuti diputuskan administrator.
held = Yang ada tentang Anda
held_how = Isinya disegel dan tidak tampil di halaman ini. Ada yang salah? Beri tahu HR.
looks = Siapa yang melihat
chats = Chat yang bisa bicara atas nama Anda
unlink = Putuskan
unlinked = Terputus. Menyambung lagi perlu kode baru dari HR.
chats_none = Belum ada. Minta kode undangan ke HR untuk menyambungkan chat.
cooling = Chat ini baru disambungkan lagi. Slip gaji dan rekening bisa ditanyakan di sana mulai { $at }.
