# Mengapa sebuah isian tentang orang ditanyakan
needed = (wajib)
why_employee_number = Nomor yang membedakan dua orang dengan nama sama.
why_name = Untuk menyapa dan menemukan orangnya.
why_email = Untuk masuk ke portal dan menerima undangan. Disegel.
why_phone = Untuk dihubungi HR. Disegel.
why_nik = Diminta BPJS dan kantor pajak, yang mengenali orang dari NIK. Disegel.
why_npwp = Diminta kantor pajak untuk potongan PPh 21. Disegel.
why_kk = Diminta BPJS Kesehatan untuk mendaftarkan keluarga. Disegel.
why_birth_date = Untuk BPJS dan usia pensiun. Disegel.
why_gender = Untuk cuti yang diatur undang-undang, misalnya cuti melahirkan. Disegel.
why_religion = Hanya untuk THR dan cuti ibadah: hari rayanya berbeda. Disegel.
why_marital_status = Untuk status pajak dan cuti keluarga. Disegel.
why_dependants = Untuk status pajak (PTKP). Disegel.
why_ptkp = Menentukan tarif potongan PPh 21. Disegel.
why_bank = Ke mana gaji dikirim. Disegel.
why_bank_account = Ke mana gaji dikirim. Disegel.
why_bank_holder = Agar bank tidak menolak kiriman gaji. Disegel.
