"""Hears that something written into an open question asks for something else: it must not become the answer."""

import re

from bot.dialog import intents, parsers
from bot.dialog.normal import ADDRESS, PARTICLES, words

# Short questions that are answered where they are asked; the open question comes back.
LOOKS = frozenset({
    "leave_forecast", "leave_untaken", "leave_balance", "leave_explain", "leave_status", "holiday_calendar",
    "approvals_waiting", "who_is_away",
})  # fmt: skip
# Of these, those that name days without asking for them.
FIGURES = LOOKS - {"holiday_calendar", "approvals_waiting", "who_is_away"}
AWAY = "who_is_away"
TASKS = frozenset({"leave_cancel", "leave_change", "unlink"})
SURE, LIKELY = 0.9, 0.6
_SURELY = 0.8  # meant by words that also tell what leave is for
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
_LEAVE = re.compile(
    r"\b(?:cuti\w*|libur\w*|off|izin|ijin|leave|holidays?|days?|vacation|permohonan|pengajuan|request)\b"
)
_USES = re.compile(
    r"\b(?:\w*habis\w*|\w*pakai\w*|gunakan|hangus|us(?:e|ing) up|use|spend\w*|expir\w*|laps\w*|finish\w*)\b"
)
_BECAUSE = re.compile(r"\b(?:karena|soalnya|sebab|dikarenakan|lantaran|berhubung|because)\b")
_IS_FOR = re.compile(
    r"\b(?:family|keluarga|wedding|nikah\w*|funeral|anak|istri|suami|wife|husband)\b"
    r"|^(?:(?:eh|oh|tapi|kan|ini|itu|saya|aku|kami|but|well|i|we|it|is|that|keperluannya|alasannya) )*"
    r"(?:mau|ingin|ada|buat|untuk|perlu|harus|acara|to|for|want|need|have|must|there's|there is|i've|it's|going to) "
)
_OF_A_CHOICE = re.compile(
    r"\b(?:lain\w*|other|another|else|different|tanggal\w*|dates?|ganti\w*|ubah\w*|chang\w*|pilih\w*|cho\w*se|opsi|option|tetap"
    r"|anyway|terserah|batal\w*|cancel\w*|cuti\w*|leave|libur\w*|off)\b"
)
_BREATH = frozenset("eh ehh wait bentar sebentar tunggu hm hmm hmmm um oh anu maaf sorry tapi but hang on hold".split())
_NUMBER = re.compile(r"\b[a-z] ?- ?\d{1,9}\b", re.IGNORECASE)


def said(sentence: str) -> str:
    """The words of a sentence as they are spelt here, without marks."""
    return " ".join(word.text for word in words(sentence[:400]) if word.kind != "mark")


def only_begins(sentence: str) -> bool:
    """Whether somebody only draws breath, and what they mean is still to come: "eh", "bentar", "hmm"."""
    return set(said(sentence).split()) <= PARTICLES | ADDRESS | _BREATH


def tells_of_use(sentence: str) -> bool:
    """Whether somebody says that days are to be used up: what leave is for, and no new request."""
    return _USES.search(said(sentence)) is not None


def tells_why(sentence: str) -> str | None:
    """What leave is for, where nothing else is said and nobody asked for it: "soalnya ada nikahan adik", "mau mudik".

    Only what begins as a reason does, or speaks of the family, is one: anything might be meant by other words.
    """
    line, guess = said(sentence), intents.guess(sentence)
    if _BECAUSE.search(line) is None and (_IS_FOR.search(line) is None or _OF_A_CHOICE.search(line)):
        return None
    if _asks(sentence) or tells_of_use(sentence) or (guess.intent not in _NOTHING and guess.score >= _SURELY):
        return None
    return parsers.reason(sentence)


def no_new_wish(sentence: str, *, chooses: bool) -> bool:
    """Whether this, amid a request, begins none anew: it tells what days are used for, or, where one of some choices
    was asked for, does not name leave itself. "Mau mudik" is what it is for."""
    return tells_of_use(sentence) or (chooses and _LEAVE.search(said(sentence)) is None)


def speaks_of_something_else(sentence: str) -> bool:
    """Whether this is about something that no yes would speak of: "mau menghabiskan sisa cuti" agrees to nothing."""
    line = said(sentence)
    if len(line.split()) <= 2:
        return False
    intent = intents.guess(sentence).intent
    # "Baik, saya setuju. Mohon dapat diajukan" sounds like what approvers ask for, and asks nothing.
    told = intent in LOOKS and not _asks(sentence) and _NAMES_IT.match(line) is None
    return tells_of_use(sentence) or (intent not in _AGREED_TO and not told)


def _asks(sentence: str) -> bool:
    return intents.is_question(sentence) or intents.asks_who(sentence)


def _names_it(line: str) -> bool:
    """Whether a figure is named with nothing before it, and not to be used up: "sisa cuti per 1 juni"."""
    return _NAMES_IT.match(line) is not None and _USES.search(line) is None


def asks_figures(sentence: str) -> bool:
    """Whether a figure or a name is asked for, where days in the sentence would else be taken for a correction."""
    asks = _asks(sentence) or _names_it(said(sentence))
    return asks and intents.guess(sentence).intent in FIGURES | {AWAY}


def asks_something_else(sentence: str, *, tasks: bool = True) -> bool:
    """Whether words written where any words would do ask for something instead of answering.

    `tasks` says whether a task counts that names no request: "ganti tanggalnya" is also what a head writes as a reason.
    """
    guess, question = intents.guess(sentence), intents.is_question(sentence)
    if guess.intent == AWAY:
        return _asks(sentence)
    line = said(sentence)
    if guess.intent in LOOKS:
        return question or _names_it(line)
    if guess.intent in TASKS and guess.score >= SURE and (tasks or _NUMBER.search(sentence)):
        return True
    kernel = [word for word in line.split() if word not in PARTICLES and word not in ADDRESS]
    opens = bool(kernel) and (kernel[0] in _ASKING or kernel[0].endswith("kah")) and len(kernel) > 1
    return (opens or (question and guess.intent not in _NOTHING and guess.score >= SURE)) and (
        sentence.rstrip().endswith("?") or guess.intent not in _NOTHING
    )
