"""What wins over any question, and what is only courtesy."""

import pytest

from bot.dialog import interrupts

COMMANDS = {
    "cancel": "batal, btal, batall, batal aja, batal deh, ga jadi, ga jadi deh, gajadi, cancel, cncel, cancle, never mind, nvm, forget it, stop, "
    "batalin aja, cancel that, ga jadi cuti, lupakan saja, oke, batal",
    "back": "kembali, kmbali, balik, back, go back, kembali dulu, previous",
    "menu": "menu, mnu, menu dong, main menu, menu utama",
    "help": "bantuan, help, tolong, help me, ?, bingung",
    "repeat": "ulangi, repeat, ulang dong, say again, apa tadi",
    "person": "orang, mau bicara dgn orang, bicara sama orang, talk to a human, person, human please, cs dong, talk to someone",
    "why": "kenapa, knp, why, kok bisa, kenapa ya",
    "skip": "lewat, skip, lewati, lewat aja, skip aja, tanpa dulu, ga ada, no reason, skp",
    "continue": "lanjut, lanjut dong, lanjutkan, continue, lanjutt",
    "discard": "buang, discard, buang aja",
    "lock": "kunci, lock, kunci dong, oke jelas. kunci, oh iya bener, kunci",
    "block": "BLOKIR AKUN SAYA hp ilang, block my account, blokir, blokr akun saya, bloker akun saya, blokir akun sya, blkir akun saya, tolong blokirr akun saya",
    "language:en": "english please, sorry can we do this in english, in english, pakai bahasa inggris dong, switch to english",
    "language:id": "pakai bahasa indonesia dong, bahasa indonesia aja, bahasa indonesia, in indonesian please, jawab pakai bahasa indonesia",
}


@pytest.mark.parametrize(
    "sentence, command",
    [
        (sentence.strip(), command)
        for command, listed in COMMANDS.items()
        for sentence in listed.replace("oke, batal", "oke; batal").replace("bener, kunci", "bener; kunci").split(",")
    ],
)
def test_a_command(sentence: str, command: str) -> None:
    assert interrupts.command(sentence) == command


def test_urgent_words_are_heard_in_a_sentence() -> None:
    assert interrupts.command("someone is using my account, block it") == "block"


@pytest.mark.parametrize(
    "sentence",
    [
        "batalin cuti tgl 20", "cancel my leave", "batalkan pengajuan cuti C-121", "cuti besok", "ya", "siang", "y", "12-14 agustus", "why 4",
        "kenapa sisa cuti 4", "lanjut aja, acara keluarga", "pulang kampung", "balik kampung", "jangan diblokir", "kursus bahasa inggris",
        "mau bicara dgn orang, gaji saya salah masuk rekening", "saya mau batal puasa hari ini di kantor sama teman teman", "", "   ", "p",
        "sakit", "nikahan orang", "orang tua sakit", "back to school", "menang lomba", "acara orang tua", "unblock my account", "help desk di lantai 2 tutup ya",
    ],
)  # fmt: skip
def test_no_command(sentence: str) -> None:
    assert interrupts.command(sentence) is None


@pytest.mark.parametrize(
    "sentence, language",
    [
        ("cuti next monday bs ga", "id"), ("bu mau cuti 12-14 agustus ya, nganter anak sekolah", "id"), ("mau cuti", "id"), ("sisa cuti brp", "id"),
        ("bukan, besok", "id"), ("knp 4? kan belom pernah cuti", "id"), ("gak masuk besok ada acara", "id"),
        ("can i take 12-14 august off, family trip", "en"), ("how many leave days do i have", "en"), ("sorry can we do this in english", "en"),
        ("day after tomorrow off", "en"), ("need friday off", "en"), ("forget it", "en"), ("annual leave 9 to 13 march", "en"),
        ("halo. can i take leave", "en"), ("sick today and probably tomorrow", "en"), ("i'm married, why tk/0", "en"),
        ("ok", None), ("yes", None), ("12 to 14 aug", None), ("y", None), ("p", None), ("tomorrow", None), ("menu", None), ("2", None), ("", None),
        ("no", None), ("C-121", None), ("payslip", None),
    ],
)  # fmt: skip
def test_the_language_of_a_sentence(sentence: str, language: str | None) -> None:
    assert interrupts.language_of(sentence) == language


@pytest.mark.parametrize(
    "sentence, greeting",
    [
        ("p", "hello"), ("halo", "hello"), ("haloo", "hello"), ("pagi min", "hello"), ("selamat pagi bu", "hello"), ("hi there", "hello"),
        ("good morning", "hello"), ("assalamualaikum", "salam"), ("Assalamu'alaikum wr wb", "salam"), ("asalamualaikum pak", "salam"),
        ("halo mau cuti", None), ("asslamualaikum pak mau cuti", None), ("cuti", None), ("", None), ("12", None), ("selamat", None),
    ],
)  # fmt: skip
def test_greetings(sentence: str, greeting: str | None) -> None:
    assert interrupts.greeting(sentence) == greeting


@pytest.mark.parametrize(
    "sentence, thanks",
    [
        ("makasih", True), ("ya makasih", True), ("thanks a lot", True), ("terima kasih banyak", True), ("🙏", True), ("tq kak", True),
        ("ok thanks", True), ("terimakasih infonya", True), ("makasih, cuti besok", False), ("halo", False), ("", False), ("kasih tau sisa cuti", False),
    ],
)  # fmt: skip
def test_thanks(sentence: str, thanks: bool) -> None:
    assert interrupts.thanks(sentence) is thanks
