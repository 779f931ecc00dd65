"""Hears that something written into an open question asks for something else: it must not become the answer."""

import re

from bot.dialog import intents
from bot.dialog.normal import ADDRESS, PARTICLES, words

# Short questions that are answered where they are asked; the open question comes back.
LOOKS = frozenset({
    "leave_forecast", "leave_untaken", "leave_balance", "leave_explain", "leave_status", "holiday_calendar",
    "approvals_waiting",
})  # fmt: skip
# Of these, those that name days without asking for them.
FIGURES = LOOKS - {"holiday_calendar", "approvals_waiting"}
TASKS = frozenset({"leave_cancel", "leave_change", "unlink"})
SURE = 0.9
_NOTHING = (None, "out_of_scope", "smalltalk", "cancel", "leave_request", "sick_leave")
_ASKING = frozenset(
    "apa apakah berapa kapan siapa kenapa mengapa bagaimana dimana boleh bisa what when why who how where which is are "
    "can could may should do does".split()
)
# A yes may name what is agreed to; whatever else it speaks of was not asked.
_AGREED_TO = frozenset({
    None, "out_of_scope", "smalltalk", "cancel", "leave_request", "sick_leave", "leave_cancel", "leave_change",
    "collective_work", "unlink", "human",
})  # fmt: skip
_NAMES_IT = re.compile(
    r"(?:(?:eh|oh|coba|mau|tanya|lihat|cek|info|check|show|what about|btw|tolong|my|the|me) )*"
    r"(?:sisa|saldo|jatah|status|rincian|balance|remaining|leave balance|annual leave balance|annual leave status)\b"
)
_USES = re.compile(
    r"\b(?:\w*habis\w*|\w*pakai\w*|gunakan|hangus|us(?:e|ing) up|use|spend\w*|expir\w*|laps\w*|finish\w*)\b"
)
_BREATH = frozenset("eh ehh wait bentar sebentar tunggu hm hmm hmmm um oh anu maaf sorry tapi but hang on hold".split())
_NUMBER = re.compile(r"\b[a-z] ?- ?\d{1,9}\b", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:siapa\w*|who(?:'s|s)?|any(?:one|body)|ada (?:yang|orang|teman))(?: \S+){0,4}? "
    r"(?:cuti|libur|off|away|leave|absen|absent|izin|(?:tidak|not) (?:masuk|in)|out|sakit|sick|holiday)\b"
)
_NOT_AWAY = re.compile(
    r"\b(?:\w*etuju\w*|approv\w*|acc|\w*putus\w*|decid\w*|\w*tanya\w*|hubungi|ask|contact|atasan|boleh|can i|berhak"
    r"|entitled|\w*urus\w*|handle\w*|pegang|atur|gaji|sisa|jatah|batal\w*|ganti\w*)\b"
)


def said(sentence: str) -> str:
    """The words of a sentence as they are spelt here, without marks."""
    return " ".join(word.text for word in words(sentence[:400]) if word.kind != "mark")


def only_begins(sentence: str) -> bool:
    """Whether somebody only draws breath, and what they mean is still to come: "eh", "bentar", "hmm"."""
    return set(said(sentence).split()) <= PARTICLES | ADDRESS | _BREATH


def who_is_away(sentence: str) -> bool:
    """Whether it is asked who of the colleagues is away."""
    line = said(sentence)
    return len(line) < 120 and _WHO.search(line) is not None and _NOT_AWAY.search(line) is None


def speaks_of_something_else(sentence: str) -> bool:
    """Whether this is about something that no yes would speak of: "mau menghabiskan sisa cuti" agrees to nothing."""
    return len(said(sentence).split()) > 2 and intents.guess(sentence).intent not in _AGREED_TO


def asks_figures(sentence: str) -> bool:
    """Whether a figure or a name is asked for, where days in the sentence would else be taken for a correction."""
    return who_is_away(sentence) or (
        intents.is_question(sentence) and intents.guess(sentence).intent in FIGURES
    )  # fmt: skip


def asks_something_else(sentence: str, *, tasks: bool = True) -> bool:
    """Whether words written where any words would do ask for something instead of answering.

    `tasks` says whether a task counts that names no request: "ganti tanggalnya" is also what a head writes as a reason.
    """
    if who_is_away(sentence):
        return True
    guess, question = intents.guess(sentence), intents.is_question(sentence)
    line = said(sentence)
    if guess.intent in LOOKS:
        return question or (_NAMES_IT.match(line) is not None and _USES.search(line) is None)
    if guess.intent in TASKS and guess.score >= SURE and (tasks or _NUMBER.search(sentence)):
        return True
    kernel = [word for word in line.split() if word not in PARTICLES and word not in ADDRESS]
    opens = bool(kernel) and (kernel[0] in _ASKING or kernel[0].endswith("kah")) and len(kernel) > 1
    return (opens or (question and guess.intent not in _NOTHING and guess.score >= SURE)) and (
        sentence.rstrip().endswith("?") or guess.intent not in _NOTHING
    )
