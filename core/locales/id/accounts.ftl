# Akun dan perusahaan
not_an_email = { $value } bukan alamat e-mail.
