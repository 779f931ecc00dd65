# Formulir yang menyimpan sendiri apa yang sedang ditulis
saved = Draf tersimpan { $at }
restored = Draf dari { $at } dipasang kembali.
changed = Anda punya draf dari { $at }. Datanya sudah berubah sejak itu: periksa dulu sebelum memakainya.
take = Pakai draf
drop = Buang draf
too_long = Tulisan ini terlalu panjang untuk disimpan sebagai draf (paling banyak { $most } huruf). Kirim sebagian dulu.
overtaken = Data ini diubah orang lain selagi Anda menulis
overtaken_by = { $who } mengubah data ini selagi Anda menulis ({ $at })
overtaken_how = Belum ada yang disimpan. Tulisan Anda masih di formulir di bawah: periksa, lalu kirim lagi bila tetap berlaku. Atau
overtaken_look = buang dan lihat yang terbaru.
field = Isian
yours = Tulisan Anda
now = Yang berlaku sekarang
