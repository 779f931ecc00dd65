"""A sheet of plain lines as PDF: for what people print, keep or show, where a library would bring more than it carries.

Only what stands in every reader is used (Helvetica, Western letters); a sign that isn't there becomes a question mark.
"""

import textwrap
from collections.abc import Iterator, Sequence

TITLE, HEAD, LINE = (16, "B", 60), (11, "B", 92), (10, "R", 96)  # size, weight, letters that fit in a line
TOP, LEFT, BOTTOM = 790, 50, 60
GAP = 1.5  # of the size, from line to line
NOT_WESTERN = str.maketrans({"\u2212": "-", "\u2192": "->"})
Style = tuple[int, str, int]


def sheet(blocks: Sequence[tuple[Style, str]]) -> bytes:
    """The bytes of a PDF with these lines, on as many pages as they need."""
    pages = list(_pages(blocks)) or [[]]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _font("Helvetica"), _font("Helvetica-Bold")]
    kids = []
    for page in pages:
        stream = "\n".join(page).encode("cp1252", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _pages(blocks: Sequence[tuple[Style, str]]) -> Iterator[list[str]]:
    page: list[str] = []
    y = float(TOP)
    for (size, font, fits), text in blocks:
        for line in textwrap.wrap(text, fits) or [""]:
            if y < BOTTOM:
                yield page
                page, y = [], float(TOP)
            page.append(f"BT /{font} {size} Tf {LEFT} {y:.0f} Td ({_escaped(line)}) Tj ET")
            y -= size * GAP
    if page:
        yield page


def _escaped(text: str) -> str:
    for sign in "\\()":
        text = text.replace(sign, f"\\{sign}")
    return text.translate(NOT_WESTERN)


def _font(name: str) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name.encode()


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects, and the table that says at which byte each begins."""
    made, begins = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        begins.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % at for at in begins)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(made)
