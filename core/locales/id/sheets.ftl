# Tabel dari lembar kerja
too_large = Berkasnya lebih dari 10 MB, atau tabelnya terlalu besar. Bagi menjadi beberapa berkas.
old_excel = Berkasnya Excel lama (.xls). Simpan lagi sebagai .xlsx atau "CSV UTF-8".
not_a_workbook = Berkasnya tidak terbaca sebagai Excel. Simpan lagi sebagai .xlsx, tanpa kata sandi.
not_utf8 = Berkasnya bukan UTF-8. Simpan lagi sebagai "CSV UTF-8".
empty = Berkasnya kosong. Baris pertama berisi nama kolom.
unreadable = Mulai baris ini berkasnya tidak terbaca sebagai CSV. Periksa tanda petiknya.
formula = Sel ini berisi rumus. Tempelkan nilainya saja.
lost_digits = Excel membulatkan angka sepanjang ini. Ubah format selnya menjadi teks, lalu ketik lagi.
