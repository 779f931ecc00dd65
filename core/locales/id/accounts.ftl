# Akun dan perusahaan
not_an_email = { $value } bukan alamat e-mail.
company_exists = Perusahaan { $name } sudah ada, alamatnya { $slug }. Pakai nama lain, atau lanjutkan dengan yang ada.
