"""Passwords that guessers try first: measured by zxcvbn, which knows what English speakers and keyboards bring forth,
and one or two words that people here think of, dressed up with figures and signs.
"""

from collections.abc import Collection
from itertools import pairwise
from threading import Lock

GUESSES = 10**8  # as many as eight signs drawn at random ask for; whoever guesses here has hundreds of tries a day
READ = 64  # of a longer one the beginning is measured: the time grows faster than the length
_one_at_a_time = Lock()  # zxcvbn keeps the words of who asks in one place for the whole process

SIGNS = " .,-_!?@#$%^&*+=~/\\|()[]{}<>'\"`:;"
LEET = str.maketrans("@4301!$57", "aaeoiisst")
WORDS = frozenset(
    "password passwd passwort pass katasandi sandi rahasia kunci masuk login signin welcome letmein secret master root "
    "admin administrator superadmin operator user guest test tester testing demo default changeme sysadmin server "
    "qwerty qwertyuiop qwertz asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx abc abcd abcde abcdef abcdefgh aaaaaaaa "
    "gaji gajian slipgaji payroll salary karyawan pegawai personalia hrd cuti absen absensi kantor kerja perusahaan "
    "company office serambi bos boss bonus thr lembur pajak bpjs direktur manager staff keuangan finance "
    "indonesia jakarta bandung surabaya medan semarang bekasi bogor depok tangerang jogja yogyakarta bali denpasar "
    "makassar palembang jayapura nusantara garuda merdeka pancasila indonesiaraya jawa sunda betawi "
    "bismillah alhamdulillah assalamualaikum allah allahuakbar muhammad subhanallah astaghfirullah insyaallah "
    "sayang cinta sayangku cintaku kamu aku akusayangkamu iloveyou love lovely iloveu mylove bunda ayah mama papa ibu "
    "bapak anak keluarga suami istri adik kakak sahabat teman pacar bidadari cantik ganteng manis "
    "budi agus siti dewi rina wati sari joko bambang eko andi putri dian fitri yanti rudi hendra ratna maya nina agung "
    "wahyu rizky rizki ahmad nur ayu indah lestari wulandari santoso susanto kusuma pratama saputra hidayat "
    "persib persija arema persebaya barcelona realmadrid chelsea arsenal liverpool manchester juventus milan football "
    "dragon monkey shadow sunshine princess superman batman pokemon naruto doraemon michael jordan ashley nicole "
    "killer hunter soccer hello freedom whatever trustno starwars computer internet samsung xiaomi oppo vivo nokia "
    "facebook google instagram whatsapp telegram slack gmail yahoo youtube tiktok windows android iphone apple "
    "januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis "
    "jumat sabtu minggu january february march may june july august october december monday tuesday wednesday "
    "thursday friday saturday sunday summer winter spring autumn lebaran ramadhan ramadan natal "
    "merah putih hitam biru kuning hijau ungu bunga melati mawar matahari bulan bintang langit laut gunung "
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh bahagia sukses semangat berkah barokah sehat "
    "kucing anjing macan harimau singa naga elang kuda ikan baso bakso nasi goreng kopi teh".split()
)


def is_guessed(password: str, own: Collection[str] = ()) -> bool:
    """Whether it is among the first hundred million guesses of somebody who knows one's name, address and company.

    Takes up to a third of a second: call it in a thread.
    """
    return _is_dressed_up(password, own) or _measured(password[:READ], own) < GUESSES


def _measured(password: str, own: Collection[str]) -> int:
    """About how many guesses it takes somebody who knows these words."""
    from zxcvbn import zxcvbn  # its lists of words take a tenth of a second, of which few processes ever ask

    with _one_at_a_time:
        return int(zxcvbn(password, [*own, *sorted(WORDS)], max_length=READ)["guesses"])


def _is_dressed_up(password: str, own: Collection[str]) -> bool:
    """Whether known words, figures or neighbours are all there is to it."""
    plain = password.lower()
    known = WORDS | {word.lower() for word in own if len(word) >= 3}
    bare = {_letters(plain), _letters(_trimmed(plain)), _letters(_trimmed(plain).translate(LEET))}
    bare.add(_letters(plain.strip(SIGNS).translate(LEET)))
    if any(_made_of(letters, known) for letters in bare):
        return True
    figures = "".join(sign for sign in plain if sign.isalnum())
    return not figures or _is_run(figures)


def _trimmed(plain: str) -> str:
    return plain.strip("0123456789" + SIGNS)


def _letters(plain: str) -> str:
    return "".join(sign for sign in plain if sign.isalpha())


def _made_of(letters: str, known: Collection[str]) -> bool:
    """One known word, two, or one over and over."""
    if letters in known or not letters:
        return True
    if any(letters == word * (len(letters) // len(word)) for word in known if letters.startswith(word)):
        return True
    return any(letters[:cut] in known and letters[cut:] in known for cut in range(2, len(letters) - 1))


def _is_run(figures: str) -> bool:
    """A few signs over and over, or neighbours in order."""
    if len(set(figures)) <= 2:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(figures)}
    return steps in ({1}, {-1}, {0})
