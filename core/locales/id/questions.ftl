# Pertanyaan yang dijawab dari artikel
answer = { $answer }
    Dari artikel "{ $title }". Terjawab?
between = { $answer }
    Dari artikel "{ $title }".
gone = Artikel itu sudah tidak ada. Tulis pertanyaanmu sekali lagi.
helped = Sama-sama.
more = { $answer } Terjawab?
no = Belum
not_found = Jawabannya belum saya temukan. Mungkin salah satu ini?
which = Maksudnya yang mana?
yes = Ya
