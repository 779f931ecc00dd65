"""What somebody wrote in a mail, as plain text: of its HTML the words alone, and what it quotes folded away. Pure."""

import codecs
import re
import unicodedata
from html.parser import HTMLParser

LONGEST_HTML = 1024 * 1024
LONGEST_WORDS, LONGEST_FOLDED = 3800, 20_000
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"})
BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "section"}
)
# Spellings of bytes that are programs, or take a long time to read: nobody writes mail in them.
NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "utf_7"})
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they show words in another order
SIGNATURE = re.compile(r"^--\s?$")
WROTE = re.compile(r"^(on|pada|am|le)\b.{4,300}\b(wrote|menulis|schrieb|a écrit)\s*:?$", re.IGNORECASE)
RULED = re.compile(
    r"^-{2,}\s*(original message|forwarded message|pesan asli|pesan terusan|pesan yang diteruskan)\s*-{2,}$|^_{20,}$",
    re.IGNORECASE,
)
FROM = re.compile(r"^\*?(from|dari)\s?:", re.IGNORECASE)
BESIDE = re.compile(r"^\*?(sent|dikirim|date|tanggal|to|kepada|subject|perihal|subjek)\s?:", re.IGNORECASE)
THANKS = re.compile(
    r"^(ok(e|ay)?|baik|siap|noted|sip)?[\s,.]*(terima\s?kasih|makasih|trims|thanks|thank you|thx|tq)\b[^?]{0,60}$",
    re.IGNORECASE,
)
INDONESIAN = frozenset("saya yang dan di ke dari untuk ini itu tidak bisa apa kapan mohon terima kasih pak bu".split())
ENGLISH = frozenset("i the and to of for is are my you please can when what how thank thanks hello dear".split())


def decoded(raw: bytes, charset: str | None) -> str:
    """The bytes as text, by what they say they are in or by what they can be; signs nobody can read are replaced."""
    for name in (charset, "utf-8", "cp1252"):
        if not name or name.strip().lower() in NO_CHARSETS:
            continue
        try:
            known = codecs.lookup(name)
            if getattr(known, "_is_text_encoding", True):
                return raw.decode(known.name)
        except (LookupError, ValueError, TypeError):
            continue
    return raw.decode("utf-8", "replace")


def plain(text: str) -> str:
    """The text without what is no sign to read, and without runs of empty lines."""
    told = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = "".join(
        sign
        for sign in told
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in TURNS)
    )
    lines = [line.rstrip() for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same of what is a single line, such as a subject or a name."""
    return " ".join(plain(text).split())


class _Words(HTMLParser):
    """Collects what a reader would see; nothing of the markup comes through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = self.quoted = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a quotation marks its lines."""
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "blockquote":
            self.quoted += 1
            self._line()
        elif tag in BLOCKS:
            self._line()
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """Where a link leads is told, if its words don't tell it."""
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
            self._line()
        elif tag in BLOCKS:
            self._line()
        elif tag == "a":
            target, self.link = self.link[:500], ""
            if target.lower().startswith(("http://", "https://")) and target not in "".join(self.found[-3:]):
                self.found.append(f" ({target})")

    def handle_data(self, data: str) -> None:
        """Words between two tags."""
        if not self.unseen:
            self.found.append(re.sub(r"\s+", " ", data))

    def _line(self) -> None:
        self.found.append("\n" + "> " * min(self.quoted, 3))


def of_html(markup: str) -> str:
    """The words of a page as somebody reads them."""
    reader = _Words()
    try:
        reader.feed(markup[:LONGEST_HTML])
        reader.close()
    except (AssertionError, ValueError):  # what is left of markup that is none
        pass
    return plain("\n".join(line.strip() for line in "".join(reader.found).split("\n")))


def folded(text: str) -> tuple[str, str]:
    """What was written now, and what stands below it: the mail it answers, a signature. Where nothing was written
    above, or the answer stands between the quoted lines, nothing is folded."""
    lines = text.split("\n")
    cut = _cut(lines)
    above, below = "\n".join(lines[:cut]).strip(), "\n".join(lines[cut:]).strip()
    if not above:
        above, below = text.strip(), ""
    if len(above) > LONGEST_WORDS:
        shown = above[:LONGEST_WORDS].rsplit(" ", 1)[0]
        above, below = f"{shown} …", f"… {above[len(shown) :].strip()}\n\n{below}".strip()
    return above, below[:LONGEST_FOLDED]


def _cut(lines: list[str]) -> int:
    """The first line of what is folded."""
    for place, line in enumerate(lines):
        said = line.strip()
        following = " ".join(one.strip() for one in lines[place : place + 2])
        begins = bool(WROTE.match(said) or WROTE.match(following) or RULED.match(said)) or (
            bool(FROM.match(said)) and sum(bool(BESIDE.match(one.strip())) for one in lines[place + 1 : place + 5]) > 1
        )
        if begins:
            return len(lines) if _answered_between(lines[place + 1 :]) else place
        if SIGNATURE.match(line):
            return place
        if said.startswith(">"):
            return len(lines) if _answered_between(lines[place:]) else place
    return len(lines)


def _answered_between(lines: list[str]) -> bool:
    """Whether somebody wrote below a line that is quoted."""
    quoted = False
    for line in lines:
        said = line.strip()
        if said.startswith(">"):
            quoted = True
        elif SIGNATURE.match(line):
            return False
        elif said and quoted and not WROTE.match(said):
            return True
    return False


def is_thanks(words: str) -> bool:
    """Whether this says thank you and asks for nothing."""
    return bool(THANKS.match(words.strip()))


def language_of(words: str, otherwise: str) -> str:
    """In which of our languages it is written, as far as its small words tell."""
    said = re.findall(r"[a-z]+", words.lower())[:400]
    ours, theirs = sum(word in INDONESIAN for word in said), sum(word in ENGLISH for word in said)
    return otherwise if ours == theirs else ("id" if ours > theirs else "en")
