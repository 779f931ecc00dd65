"""The reason somebody gives for being away, cut out of what is left when the days are taken from the sentence."""

import re
import tomllib
from pathlib import Path

from bot.dialog import alarm, date_words
from bot.dialog.normal import ADDRESS, PARTICLES, Word, words

_TABLE = tomllib.loads((Path(__file__).parent / "answers.toml").read_text(encoding="utf-8"))["reason"]
_BECAUSE = frozenset(_TABLE["because"].split())
_LEAD = frozenset(_TABLE["lead"].split()) | PARTICLES | (ADDRESS - {"bu", "mas", "om"})
_TAIL = frozenset(_TABLE["tail"].split()) | PARTICLES | ADDRESS
_COMPLAINTS = re.compile(
    r"\b(?:" + "|".join(map(re.escape, sorted(_TABLE["complaints"].split(", "), key=len, reverse=True))) + r")\b"
)
_KIN: dict[str, str] = _TABLE["kin"]
_PARENTS = frozenset("bu pak ibu bapak mas om tante mbak".split())
_WISHING = frozenset("mau ingin izin cuti minta ajukan tidak ambil libur off".split())
_PRESENT = frozenset("masuk kerja hadir ngantor datang working".split())
# "Salah, harusnya", "mundurin ke", "not but": left of days that were put right, and no reason; a move may be one.
_PUTTING_RIGHT = (
    date_words.CORRECTING | date_words.DENYING | date_words.BECOMING | date_words.SAYING | date_words.HESITATING
    | frozenset("ke to tapi but i saya itu it that keliru yang benar".split()) | _LEAD
) - frozenset("pindah change switch".split())  # fmt: skip
# "Hari pertama", "end date": what is left of days that were named as the ends of a leave.
_ENDS = frozenset(
    "first last day days end ends date dates start starts begin begins hari pertama terakhir terakhirnya harinya mulai "
    "mulainya selesai selesainya berakhir is are the adalah".split()
)
# What opens a letter and what closes it, and whose name it is signed with.
_OPENS = re.compile(
    r"""\W*(?:
        (?:hi|hai|halo|hello|hey|dear|yth|kepada|dengan\ hormat|selamat\ (?:pagi|siang|sore|malam)|pagi|siang|sore
          |good\ (?:morning|afternoon|day|evening)|assalam\w*|perihal|subject|to\ whom)\b(?:\W+[\w/]+){0,5}
        |(?:i\ )?hope\ (?:you|this|all)\b.*
        |(?:(?:bapak|ibu|pak|bu|hrd?|tim|team|manager|manajer|pimpinan|sir|madam|di\ tempat)\b\W*)+
    )\W*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_CLOSES = re.compile(
    r"""\W*(?:
        demikian|atas\ (?:perhatian|izin|ijin|kebijak|persetuju|waktu|pengertian|bantuan|kerja|kesempatan)\w*
        |(?:best|kind|warm)\ (?:regards|wishes)|looking\ forward|look\ forward|i\ (?:would\ )?appreciate
        |mohon\ (?:maaf|persetujuan|kebijak)\w*
    )\b.*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_SIGNED = re.compile(
    r"""\W*(?:
        hormat\ (?:saya|kami)|salam(?:\ hormat|\ hangat)?|ttd|(?:(?:best|kind|warm)\ )?regards|best|sincerely
        |yours\ \w+|cheers|(?:banyak\ )?terima\ ?kasih(?:\ banyak)?|makasih
        |thanks?(?:\ you)?(?:\ (?:so|very)\ much)?
    )\b\W*(?:[\w.'-]+\W*){0,3}""",
    re.IGNORECASE | re.VERBOSE,
)
_DUE_TO = re.compile(
    r"""^.*?\b(?:(?:sehubungan|berkenaan|berkaitan)\ dengan(?:\ adanya)?|dalam\ rangka
        |due\ to|owing\ to|on\ account\ of|in\ view\ of)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_NAME = 3  # words at most
_MAX = 1_000
_LONGEST = 300


def reason(rest: str) -> str | None:
    """The reason in the person's own words, or None when none was given."""
    rest = rest[:_MAX]
    parts = [part for clause in _body(re.split(r"[,;.!?]+(?=\s|$)|\n+", rest)) if (part := _kernel(clause))]
    given = ", ".join(parts)[:_LONGEST].strip()
    return given or None


def _body(clauses: list[str]) -> list[str]:
    """What stands between the opening of a letter and the name below it, each without what only leads to the reason."""
    clauses = [clause for clause in clauses if clause.strip()]
    for at, clause in enumerate(clauses):
        if at and _SIGNED.fullmatch(clause) and sum(len(after.split()) for after in clauses[at + 1 :]) <= _NAME:
            clauses = clauses[:at]
            break
    while len(clauses) > 1 and _OPENS.fullmatch(clauses[0]):
        clauses = clauses[1:]
    kept = [
        clause
        for clause in clauses
        if not (_CLOSES.fullmatch(clause) or _SIGNED.fullmatch(clause) or _complains(clause))
    ]
    return [_DUE_TO.sub("", clause) for clause in kept]


def _complains(clause: str) -> bool:
    """ "Udah tiga kali gue nulis ga ada yang bales", "this is ridiculous": anger, and why nobody has to know."""
    spelt = " ".join(word.text for word in words(clause) if word.kind != "mark")
    return bool(_COMPLAINTS.search(spelt) or _COMPLAINTS.search(clause.lower())) or alarm.angry(clause)


def _kernel(clause: str) -> str:
    """A clause without the wish before it and the courtesy after it."""
    said = words(clause)
    if all(word.kind == "mark" or word.text in _PUTTING_RIGHT | _ENDS for word in said):
        return ""
    for at, word in enumerate(said):
        if word.text in _BECAUSE and at + 1 < len(said):
            said = said[at + 1 :]
            break
    said = _addressed(said)
    first, last = 0, len(said)
    while first < last and (_empty(said[first], _LEAD) or _away(said, first) or (first and _at_work(said, first))):
        first += 1
    while last > first and _empty(said[last - 1], _TAIL):
        last -= 1
    if first == last:
        return ""
    text = clause[said[first].start : said[last - 1].end].strip("() ")
    return re.sub(r"[^\W\d_]+", lambda word: _KIN.get(word.group().lower(), word.group()), text)


def _addressed(said: list[Word]) -> list[Word]:
    """Without "bu" or "ibu" where somebody is spoken to: alone or before a wish, not in "ibu saya sakit"."""
    if not said or said[0].text not in _PARENTS:
        return said
    after = [word.text for word in said[1:3] if word.text != "saya"][:1]
    return said[1:] if not after or after[0] in _WISHING or said[1].text == "," else said


def _away(said: list[Word], at: int) -> bool:
    """The "not" of "not coming in", unlike that of "not feeling well"."""
    return (
        said[at].text == "not"
        and at + 1 < len(said)
        and said[at + 1].text in {"coming", "in", "going", "working", "at"}
    )


def _at_work(said: list[Word], at: int) -> bool:
    """The second word of "tidak masuk", "ga kerja": part of the wish, unlike "masuk rumah sakit"."""
    return said[at].text in _PRESENT and said[at - 1].text in {"tidak", "bisa", "belum", "masuk"}


def _empty(word: Word, idle: frozenset[str]) -> bool:
    return word.text in idle or (word.kind in ("mark", "clock") and word.text not in "()")
