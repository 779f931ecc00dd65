"""A mail is read without trusting it: forged, broken, endless, hostile, and what people really write."""

import time

import pytest

from core.helpdesk import mail_reading, mail_text
from core.helpdesk.mail_reading import AUTOMATIC, BOUNCE, LIST, PERSON

HEAD = b"From: Budi <budi@maju.example>\r\nMessage-ID: <1@maju.example>\r\n"
OURS = b"<abcdefghijklmnopqrstuv.0123456789abcdef@mail.example>"


def mail(more: bytes = b"", body: bytes = b"Seragam kapan?", subject: bytes = b"Seragam") -> mail_reading.Letter:
    return mail_reading.read(HEAD + b"Subject: " + subject + b"\r\n" + more + b"\r\n" + body)


def test_a_plain_mail_is_what_it_says() -> None:
    one = mail(b"In-Reply-To: <0@x.example>\r\nReferences: <a@x.example> <b@x.example>\r\n")
    assert (one.sender, one.name, one.subject, one.words) == ("budi@maju.example", "Budi", "Seragam", "Seragam kapan?")
    assert one.answers == ("<a@x.example>", "<b@x.example>", "<0@x.example>")
    assert (one.kind, one.answerable, one.whole) == (PERSON, True, True)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"Auto-Submitted: auto-replied\r\n", AUTOMATIC),
        (b"Auto-Submitted: no\r\n", PERSON),
        (b"Precedence: auto_reply\r\n", AUTOMATIC),
        (b"X-Autoreply: yes\r\n", AUTOMATIC),
        (b"Return-Path: <>\r\n", AUTOMATIC),
        (b"Precedence: bulk\r\n", LIST),
        (b"List-Id: <hr.milis.example>\r\n", LIST),
    ],
)
def test_programs_and_lists_are_known_by_their_heads(head: bytes, kind: str) -> None:
    one = mail(head)
    assert (one.kind, one.answerable) == (kind, kind == PERSON)


def test_who_asks_for_no_automatic_answer_gets_none_and_is_a_person_all_the_same() -> None:
    one = mail(b"X-Auto-Response-Suppress: All\r\n")
    assert (one.kind, one.answerable) == (PERSON, False)
    assert mail(subject=b"Automatic reply: Seragam").kind == AUTOMATIC


def test_a_returned_mail_names_the_one_that_was_returned_and_why() -> None:
    body = (
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
        + OURS
        + b"\r\n\r\n--b--\r\n"
    )
    one = mail(b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n', body)
    assert (one.kind, one.status) == (BOUNCE, "5.1.1")
    assert one.returned == (("abcdefghijklmnopqrstuv", "0123456789abcdef"),)


def test_html_leaves_its_words_alone() -> None:
    page = (
        b"<head><style>p{}</style></head><script>alert(1)</script><p onclick=x>Halo &lt;b&gt;</p><svg><p>tak</p></svg>"
        b"<img src=http://lacak.example/1.gif><a href='javascript:x'>sini</a> <a href='https://a.example/b'>tautan</a>"
    )
    one = mail(b"Content-Type: text/html\r\n", page)
    assert one.words == "Halo <b>\n\nsini tautan (https://a.example/b)"


@pytest.mark.parametrize("charset", [b"klingon", b"", b"utf-7", b"unicode_escape", b"rot13", b"utf-16", b"zlib"])
def test_a_charset_that_is_none_is_read_as_what_it_can_be(charset: bytes) -> None:
    one = mail(b"Content-Type: text/plain; charset=" + charset + b"\r\n", "gaji café".encode())
    assert one.whole and one.words
    if charset != b"utf-16":
        assert one.words == "gaji café"


def test_headers_smuggle_nothing_and_words_turn_nothing_round() -> None:
    one = mail(subject=b"=?utf-8?q?hai=0d=0aBcc:_x@y?=", body="abc\u202edef\x00\x07".encode())
    assert one.subject == "hai Bcc: x@y"
    assert one.words == "abcdef"
    assert mail_reading.read(b"From: =?utf-8?b?\xff?= <\r\nSubject: \xff\xfe\r\n\r\n").sender == ""
    assert mail_reading.read(b"").sender == ""


def test_parts_in_parts_without_an_end_are_not_taken_apart() -> None:
    bomb = HEAD + b"Subject: bom\r\n"
    for depth in range(3000):
        bomb += b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (depth, depth)
    begun = time.process_time()
    one = mail_reading.read(bomb)
    wide = mail_reading.read(HEAD + b"\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000)
    assert (one.whole, one.subject, one.sender, wide.whole) == (False, "bom", "budi@maju.example", False)
    assert mail(b"Content-Type: text/plain\r\n", b"A" * 20_000_000).folded
    assert time.process_time() - begun < 20


def test_files_are_taken_up_to_a_number_and_a_mail_within_is_left_out() -> None:
    part = b'--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="..%2fx.png"\r\n\r\nPNG\r\n'
    inner = b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: dalam\r\n\r\nisi\r\n"
    one = mail(b"Content-Type: multipart/mixed; boundary=b\r\n", part * 12 + inner + b"--b--")
    assert (len(one.files), one.left_out) == (mail_reading.MOST_FILES, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Baik.\n\nPada Sen, 6 Jul 2026 09.00, HR <hr@x> menulis:\n> lama\n> lagi", "Baik."),
        ("Sudah.\n\nOn Mon, Jul 6, 2026 at 9:00 AM HR <hr@maju.example>\nwrote:\n> lama", "Sudah."),
        ("Ukuran L\n\n-----Original Message-----\nFrom: HR\nlama", "Ukuran L"),
        ("Ya\n\nDari: HR\nDikirim: Senin\nKepada: Budi\nlama", "Ya"),
        ("Halo\n-- \nBudi Santoso\nGudang", "Halo"),
        ("> Ukuran?\nL\n> Warna?\nhitam", "> Ukuran?\nL\n> Warna?\nhitam"),
        ("> hanya kutipan", "> hanya kutipan"),
    ],
)
def test_what_is_quoted_is_folded_unless_the_answer_stands_in_it(text: str, words: str) -> None:
    above, below = mail_text.folded(text)
    assert above == words
    assert (above + below).replace("\n", "") == text.replace("\n", "")


def test_thanks_ask_for_nothing() -> None:
    assert mail_text.is_thanks("Terima kasih, Bu!") and mail_text.is_thanks("ok thanks")
    assert not mail_text.is_thanks("Terima kasih, tapi kapan datangnya?")
    assert not mail_text.is_thanks("Seragamnya belum datang, terima kasih")


def test_the_language_is_told_by_small_words() -> None:
    assert mail_text.language_of("Kapan seragam saya bisa diambil?", "en") == "id"
    assert mail_text.language_of("When can I pick up the uniform?", "id") == "en"
    assert mail_text.language_of("12345", "en") == "en"
