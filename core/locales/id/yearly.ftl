# Pemeriksaan tahunan
asked = { $name }, setahun sekali kami tanya: data tentang kamu masih benar? Misalnya nomor telepon, alamat e-mail, status kawin, tanggungan, dan rekening. Yang tersimpan: { $link }
choice_right = Masih benar
choice_wrong = Ada yang salah
thanks = Terima kasih, tercatat masih benar. Tahun depan kami tanya lagi.
