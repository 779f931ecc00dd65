# Yang hanya ada di Telegram
command_menu = menu
command_leave = cuti
command_balance = sisa
command_help = bantuan
command_person = orang
command_cancel = batal
command_language = bahasa
about_menu = Apa saja yang bisa di sini
about_leave = Minta cuti atau izin
about_balance = Sisa cutimu
about_help = Cara bertanya di sini
about_person = Bicara dengan orang HR
about_cancel = Batalkan yang sedang ditanyakan
about_language = Ganti ke bahasa Inggris
