"""Answers to open questions."""

import pytest

from bot.dialog import parsers


@pytest.mark.parametrize(
    "sentence",
    [
        "ya", "y", "iya", "iyaa", "iyaaaa", "yaa", "yoi", "yap", "yup", "yep", "ok", "oke", "okey", "okay", "sip", "siap", "siap bu", "boleh",
        "bener", "betul", "gas", "gaskeun", "lanjut", "jadi", "nggih", "muhun", "👍", "👍🏽", "✅", "yes", "yes please", "sure", "go ahead", "send",
        "bet send it", "sabi gaslah", "kirim", "ya makasih", "ya cabut", "ya ajukan", "ya, anter barang", "gapapa", "no problem", "of course", "ok deh", "udah bener",
        "hm boleh", "setuju", "correct", "iya bener", "+1", "do it", "OKE", "Ya.", "ya!", "yes, send it", "oke kak", "monggo", "cocok",
    ],
)  # fmt: skip
def test_yes(sentence: str) -> None:
    assert parsers.yes_no(sentence) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "ga", "gak", "nggak", "tidak", "tdk", "jangan", "jgn dulu", "bukan", "ga jadi", "gajadi", "batal", "cancel", "nanti aja", "ntar",
        "ga usah", "gausah", "no", "nope", "nah", "not yet", "no thanks", "jangan ya", "ya jangan", "👎", "❌", "stop", "belum", "not now",
        "tidak kak", "ngga deh", "don't", "salah", "skip", "never mind",
    ],
)  # fmt: skip
def test_no(sentence: str) -> None:
    assert parsers.yes_no(sentence) is False


@pytest.mark.parametrize(
    "sentence",
    [
        "boleh ga?", "boleh ga", "bisa gak", "ya ga?", "bukan, besok", "no, tomorrow", "ya tapi tanggalnya salah", "besok", "cuti", "12-14 agustus",
        "kenapa", "yg kedua", "2 hari", "", "siapa", "i guess so", "ya kalau bisa", "oke besok", "sisa cuti berapa", "👍 👎 mungkin", "lusa aja",
        "boleh tau sisa cuti saya berapa", "jadi cutinya tanggal berapa", "lanjut ke pertanyaan soal gaji saya yang kemarin itu",
    ],
)  # fmt: skip
def test_neither(sentence: str) -> None:
    assert parsers.yes_no(sentence) is None


CONFIRM = ["Ya, ajukan", "Ganti tanggal", "Batal"]
CLASH = ["Pilih 2-4 September", "Tetap ajukan", "Batal"]
SHORT = ["Senin-Kamis saja", "Sehari tanpa gaji", "Tanggal lain"]
ENGLISH = ["Monday to Thursday", "One day unpaid", "Other dates"]
HALVES = ["Pagi, masuk 13.00", "Siang, pulang 12.00", "Batal"]
PEOPLE = ["Rina", "Darto", "Pilih lain"]


@pytest.mark.parametrize(
    "sentence, titles, chosen",
    [
        ("yg pertama", SHORT, 0), ("yang kedua", SHORT, 1), ("the second one", ENGLISH, 1), ("the last one", ENGLISH, 2), ("terakhir", SHORT, 2),
        ("no 2", CONFIRM, 1), ("nomor 3", CONFIRM, 2), ("2", CONFIRM, 1), ("dua", CONFIRM, 1), ("3rd", CONFIRM, 2), ("ke-2", CONFIRM, 1),
        ("option 3", ENGLISH, 2), ("pilih yg ketiga aja", SHORT, 2), ("Ya, ajukan", CONFIRM, 0), ("ya ajukan", CONFIRM, 0), ("ya", CONFIRM, 0),
        ("ajukan", CONFIRM, 0), ("ganti tgl", CONFIRM, 1), ("gnti tanggal dong", CONFIRM, 1), ("btal", CONFIRM, 2), ("tetep aja, ada nikahan adek", CLASH, 1),
        ("tetap ajukan", CLASH, 1), ("senin sampe kamis aja", SHORT, 0), ("tanggal lain", SHORT, 2), ("tgl lain aja", SHORT, 2), ("other dates", ENGLISH, 2),
        ("monday to thursday", ENGLISH, 0), ("unpaid", ENGLISH, 1), ("other datse", ENGLISH, 2), ("siang", HALVES, 1), ("pagi aja", HALVES, 0),
        ("darto", PEOPLE, 1), ("dartoo", PEOPLE, 1), ("biarin", ["Minta dibatalkan", "Biarkan"], 1), ("setuju", ["Setujui", "Tolak", "Minta diubah"], 0),
        ("tolak", ["Setujui", "Tolak", "Minta diubah"], 1), ("reject", ["Approve", "Reject", "Ask for a change"], 1), ("knp 4", ["Kenapa 4?", "Ajukan cuti"], 0),
        ("lanjut aja, acara keluarga", ["Lanjutkan", "Ganti tanggal", "Buang"], 0), ("perbaiki yg tgl 11, pulang jam 5", ["Benar", "Perbaiki", "Lihat semua"], 1),
        ("ga jadi", ["Ya, semua", "Sebagian", "Tidak jadi"], 2), ("sebagian aja", ["Ya, semua", "Sebagian", "Tidak jadi"], 1),
    ],
)  # fmt: skip
def test_a_choice(sentence: str, titles: list[str], chosen: int) -> None:
    assert parsers.choose(sentence, titles) == chosen


@pytest.mark.parametrize(
    "sentence, titles",
    [
        ("2 hari", CONFIRM), ("cuti besok", CONFIRM), ("bukan darto", PEOPLE), ("4", CONFIRM), ("0", CONFIRM), ("both", ENGLISH), ("", CONFIRM),
        ("sisa cuti saya berapa", CONFIRM), ("bukan, besok", CONFIRM), ("apa aja", []), ("12-14 agustus", CONFIRM), ("jangan batal", CONFIRM),
        ("eh gaji masuk tgl brp", CONFIRM),
    ],
)  # fmt: skip
def test_no_choice(sentence: str, titles: list[str]) -> None:
    assert parsers.choose(sentence, titles) is None


@pytest.mark.parametrize(
    "rest, reason",
    [
        ("bu mau cuti ya, nganter anak sekolah", "nganter anak sekolah"),
        ("can i take off, family trip", "family trip"),
        ("cuti, antar ibu kontrol ke rs", "antar ibu kontrol ke rs"),
        ("cuti pulang kampung", "pulang kampung"),
        ("sy mo cuti krn istri lahiran", "istri lahiran"),
        ("tetep aja, ada nikahan adek", "nikahan adik"),
        ("lanjut aja, acara keluarga", "acara keluarga"),
        ("gak masuk ada acara", "acara"),
        ("i need leave to attend my sister's wedding", "attend my sister's wedding"),
        ("mau izin cuti pak, ibu saya masuk rumah sakit", "ibu saya masuk rumah sakit"),
        ("i'd like off for a family trip", "family trip"),
        ("sy cuti ya bu, ada keperluan keluarga", "keperluan keluarga"),
        ("cuti buat nikahan temen", "nikahan temen"),
        ("cuti nganter ibu ke dokter bisa ga", "nganter ibu ke dokter"),
        ("libur boleh? mau urus ktp", "urus ktp"),
        ("i want to take leave because my kid is sick please", "my kid is sick"),
        ("acara keluarga", "acara keluarga"),
        ("cuti (kondangan)", "kondangan"),
        ("take leave, not feeling well", "not feeling well"),
        ("not coming in, family event", "family event"),
        ("ambil cuti dadakan", None),
        ("mohon izin cuti untuk menghadiri pernikahan saudara", "menghadiri pernikahan saudara"),
        ("mau izin cuti ya bu karena ada keperluan keluarga, terima kasih", "keperluan keluarga"),
        ("cuti", None),
        ("cuti dong bu makasih", None),
        ("aja bs?", None),
        ("off boleh?", None),
        ("annual leave", None),
        ("ibu, saya mau cuti", None),
        ("need off", None),
        ("cuti kepotong brp", None),
        ("bukan", None),
        ("eh deh", None),
        ("actually make it", None),
        ("gak masuk kerja", None),
        ("", None),
    ],
)
def test_a_reason(rest: str, reason: str | None) -> None:
    assert parsers.reason(rest) == reason


@pytest.mark.parametrize(
    "sentence, code",
    [
        ("K7QF3MWT", "K7QF3MWT"), ("k7qf3mwt", "K7QF3MWT"), ("K7QF-3MWT", "K7QF3MWT"), (" k7qf 3mwt ", "K7QF3MWT"), ("ABCDEFGH", "ABCDEFGH"),
        ("K7QF3MW0", None), ("K1QF3MWT", None), ("kode K7QF3MWT", None), ("menunggu", None), ("maaf kamu", None), ("mau cuti", None), ("K7QF3MW", None),
        ("K7QF3MWTT", None), ("", None), ("20260812", None),
    ],
)  # fmt: skip
def test_an_invitation_code(sentence: str, code: str | None) -> None:
    assert parsers.code(sentence) == code


@pytest.mark.parametrize(
    "sentence, part",
    [
        ("pagi", "am"), ("siang", "pm"), ("pagi aja kak", "am"), ("yang siang", "pm"), ("sore", "pm"), ("morning", "am"), ("afternoon please", "pm"),
        ("pgi", "am"), ("bukan pagi, siang", "pm"), ("after lunch", "pm"), ("sebelum makan siang", "am"), ("pagi atau siang", None), ("malam", None),
        ("besok", None), ("", None),
    ],
)  # fmt: skip
def test_a_part_of_the_day(sentence: str, part: str | None) -> None:
    assert parsers.part_of_day(sentence) == part


@pytest.mark.parametrize(
    "sentence, only",
    [("yes okay go ahead", True), ("ya ok sip", True), ("ya, sisa cutinya berapa", False), ("mau menghabiskan sisa cuti", False)],
)  # fmt: skip
def test_nothing_but_yes(sentence: str, only: bool) -> None:
    assert parsers.only_yes(sentence) is only
