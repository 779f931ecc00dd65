"""Which kind of leave a sentence speaks of; None where it says nothing, which means annual leave."""

import re
import tomllib
from pathlib import Path
from typing import Any

from bot.dialog import intents
from bot.dialog.normal import words

SICK = "sick"
PERMISSION = "permission_request"
_MAX = 600
_AWAY = re.compile(
    r" (?:izin\w*|permission|excused?|telat|terlambat|(?:tidak|not) (?:\w+ ){0,2}(?:masuk|kerja|hadir|in|come|work)"
    r"|datang|pulang|keluar|libur|absen|late|early|off|away|absent|out|leave|hour|hours|jam) "
)


def kind(sentence: str) -> str | None:
    """The code of the kind that is named, such as "maternity"."""
    said = _line(sentence[:_MAX])
    for one in _KINDS:
        if _heard(said, one["words"]) and (not one["and"] or _heard(said, one["and"])) and not _heard(said, one["not"]):
            return str(one["code"])
    return SICK if intents.guess(sentence).intent == "sick_leave" else None


def permits(sentence: str) -> bool:
    """Whether what is asked to be allowed is to be away, be it for an hour."""
    return _AWAY.search(_line(sentence[:_MAX])) is not None


def wanted(sentence: str, intent: str | None) -> bool:
    """Whether a sentence that names a kind asks for it, though nothing else in it speaks of leave."""
    if intent in ("leave_request", "sick_leave"):
        return True
    if intent not in (None, "out_of_scope", PERMISSION, "smalltalk") or intents.is_question(sentence):
        return False
    return kind(sentence) not in (None, "unpaid", "long_leave")


def _line(sentence: str) -> str:
    return " " + " ".join(word.text for word in words(sentence) if word.kind != "mark") + " "


def _heard(said: str, wanted: tuple[str, ...]) -> bool:
    return any(one in said for one in wanted)


def _read() -> tuple[dict[str, Any], ...]:
    told = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
    return tuple(
        {
            "code": row["code"],
            "words": tuple(_line(one) for one in row["words"].split(",")),
            "and": tuple(_line(one) for one in row.get("and", "").split(",") if one.strip()),
            "not": tuple(_line(one) for one in row.get("not", "").split()),
        }
        for row in told["kind"]
    )


_KINDS = _read()
