"""A sheet of plain lines as PDF, as a reader would open it."""

import re

from core import files, plain_pdf
from core.plain_pdf import HEAD, LINE, TITLE


def objects(raw: bytes) -> list[bytes]:
    """What the table at the end leads to, each read from where the table says it begins."""
    at = int(raw.rstrip().rsplit(b"\n", 2)[-2])
    assert raw[at : at + 4] == b"xref"
    begins = [int(one) for one in re.findall(rb"(\d{10}) 00000 n ", raw[at:])]
    assert all(raw[one:].startswith(b"%d 0 obj\n" % number) for number, one in enumerate(begins, 1))
    return [raw[one : raw.index(b"endobj", one)] for one in begins]


def words(raw: bytes) -> list[str]:
    shown = re.findall(rb"\((.*)\) Tj", raw)
    return [re.sub(rb"\\([\\()])", rb"\1", one).decode("cp1252") for one in shown]


def test_what_was_given_stands_on_it_in_order() -> None:
    raw = plain_pdf.sheet([(TITLE, "Rekap cuti 2026"), (HEAD, "Cuti tahunan"), (LINE, r"Jatah (2026): \u2212 é −1")])
    assert words(raw) == ["Rekap cuti 2026", "Cuti tahunan", r"Jatah (2026): \u2212 é -1"]
    assert files.examine(raw, "rekap.pdf").type == "pdf"


def test_long_lines_are_broken_and_many_go_on_more_pages() -> None:
    raw = plain_pdf.sheet([(LINE, f"{n} " + "kata " * 40) for n in range(60)])
    told = words(raw)
    assert max(map(len, told)) <= 96 and " ".join(told).count("kata") == 2400
    pages = [one for one in objects(raw) if b"/Type /Page " in one]
    assert len(pages) == 4 and b"/Count 4" in raw
    assert all(50 < int(y) < 842 for y in re.findall(rb" (\d+) Td", raw))


def test_letters_that_are_not_western_harm_nothing() -> None:
    assert words(plain_pdf.sheet([(LINE, "Siti 王 \ud83d")])) == ["Siti ? ?"]
