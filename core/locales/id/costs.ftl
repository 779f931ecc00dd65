# Biaya pesan

title = Biaya pesan
heading = { $count ->
    [0] Belum ada yang ditagih bulan ini.
   *[other] { $number } pesan ditagih bulan ini: { $cost }.
 }
lead = WhatsApp menagih pesan menurut kategori, seperti yang dilaporkannya untuk tiap pesan. Telegram, Slack, dan halaman obrolan gratis. Harga diambil dari pengaturan, sama untuk semua bulan.
search = Harga
prices = Atur harga
unpriced = Ada pesan yang ditagih dalam kategori tanpa harga: belum masuk jumlah. Tulis harga kontrak Anda di pengaturan.
year = Biaya per bulan, dalam rupiah
lines = Menurut bulan dan kategori
category = Kategori
messages = Pesan
charged = Ditagih
price = Harga per 1.000
cost = Biaya
no_price = belum ada harga
thousand = { $number } rb
said = Seluruhnya { $cost } dalam dua belas bulan.
none = WhatsApp belum melaporkan tagihan. Begitu pesan sampai, biayanya muncul di sini per bulan.
category_service = Layanan (kata bebas dalam sehari)
category_utility = Utilitas (templat tentang suatu urusan)
category_authentication = Autentikasi
category_marketing = Pemasaran
