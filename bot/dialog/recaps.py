"""Who asks for their leave as a whole: a sheet of the year's balance and requests, rather than one figure of it."""

import re

_RECAP = re.compile(r"\b(?:rekap\w*|rangkuman|ringkasan|recap|summary|statement)\b", re.IGNORECASE)
LEAVE = re.compile(r"\b(?:cuti\w*|leaves?|time off)\b", re.IGNORECASE)
NOT_MINE = re.compile(
    r"\b(?:tim|team|anak buah|bawahan|karyawan|semua orang|everybody|staff|department|bersama|collective|aturan"
    r"|kebijakan|ketentuan|rules?|policy)\b",
    re.IGNORECASE,
)
_SENDS = re.compile(r"\b(?:kirim\w*|minta|unduh|tolong|send|give|show|download)\b", re.IGNORECASE)


def wanted(sentence: str) -> bool:
    """Whether somebody asks for their leave as a whole, rather than for a day of it, others' or its rules."""
    return bool(_RECAP.search(sentence) and LEAVE.search(sentence)) and not NOT_MINE.search(sentence)


def sent_for(sentence: str) -> bool:
    """The same amid another question, where words alone may be the answer to that."""
    return bool(_SENDS.search(sentence)) and wanted(sentence)
