"""What a sentence says about its days beside naming them: that they are over, or not certain yet.

All of it reads the words as `normal.py` spells them, one space between two.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.dialog.date_grammar import Piece
from bot.dialog.date_points import Point
from bot.dialog.date_words import ABOUT

# Further ahead than this a day without its year is more likely one that is over.
YEAR_AHEAD = timedelta(days=300)
LATELY = timedelta(days=75)
FORTNIGHT = timedelta(days=14)
SOON = timedelta(days=7)
# Who is well again speaks of days gone by, whatever weekday is named.
_OVER = re.compile(
    r"\b(?:(?:was|were) (?:sick|ill|unwell|poorly|down with|absent|away|off|not well|under the weather|in hospital)"
    r"|missed (?:work|my shift|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:didn't|couldn't) (?:come|work|make it|go)"
    r"|now (?:i |i'm |am )*back\b|back now|(?:already|now) (?:good|fine|ok|okay|better|recovered|well)"
    r"|feeling better now|(?:sudah|udah|udh|sdh|dah) (?:sembuh|sehat|baikan|enakan|mendingan|pulih)"
    r"|(?:was|were) (?:on leave|laid up|in bed)|(?:wasn't|weren't|was not|were not) (?:at|in|there|on|able|feeling)\b"
    r"|(?:had|caught) (?:a |an |the |some )?(?:\w+ ){0,2}(?:cold|flu|fever|migraine|headache|bug|food poisoning)"
    r"|stayed in bed|laid up|i (?:have |already )?(?:worked|came in|stayed late|clocked|covered)\b"
    r"|(?<!be )absent (?:on|last|for)"
    r"|(?:lupa|forgot|forget|lali|poho) (?:to |2 |for )?"
    r"(?:absen|clock|tap|finger|check|ceklok|scan|badge|time|punch|sign|log|stamp|swipe))"
    r"|today (?:i'm |i am |am )?(?:better|fine|ok|back|recovered)"
    r"|(?:dua|tiga|two|three|[2-5]) (?:hari (?:kemarin|terakhir(?! ?:))|minggu (?:yang )?lalu|weeks ago)\b"
)
_ILL = re.compile(
    r"\b(?:sakit(?:nya)?|sick|ill|illness|unwell|demam|fever|flu|diare|vertigo|opname|dirawat|hospital\w*"
    r"|pusing|meriang|muntah"
    r"|crook|chickenpox|strep|migraine|conjunctivitis|cacar|radang|infeksi|infection"
    r"|sl|mc|medcert|poorly|tifus|tipes|dbd|covid|dengue|gerd|maag|doc(?:tor)?(?:'s)? note|surat dokter)\b"
)
# Who stays with somebody who is ill speaks of a day that comes.
_KIN_ILL = re.compile(
    r"\b(?:anak\w*|ibu saya|mother|mum|mom|dad|father|bapak saya|istri\w*|suami\w*|wife|husband"
    r"|son|daughter|kid\w*|child\w*"
    r"|little (?:one|girl|boy)\w*|baby|bayi|nenek|kakek|mertua\w*|ponakan\w*)\b"
)
_WORK = re.compile(
    r"\b(?:dtr|absen(?:nya|si)?|kehadiran|attendance"
    r"|(?:clock(?:ed)?|time|sign(?:ed)?|tap(?:ped)?) (?:in|out)|time ?stamp"
    r"|tercatat|kecatet|dinas|rekap\w*"
    r"|ke-?record|slip"
    r"|\w{0,3}lembur\w*|overtime|ot|stock opname|stok opname|piket|narik|oncall|on call|comp off)\b"
)
# Words for what is still to come, and for what was done and is told now.
_AHEAD = re.compile(
    r"\b(?:akan|besok|lusa|rencana\w*|nanti|next|depan|tomorrow|will|going to|plan\w*|bersedia"
    r"|pasti|bakal|staying|disuruh|diminta"
    r"|won't|can't|cannot|late come|come late|permit"
    r"|cuti|izin|permisi|leave|libur|mau|need|operasi|kontrol|control|surgery|appointment)\b"
)
_SURELY = re.compile(r"\b(?:akan|bakal|pasti|rencana\w*|nanti|besok|will|going to|planning)\b")
_AHEAD_OF_US = re.compile(
    r"\b(?:shall|will|i'll|going to|gonna|want to|would like|i'd like|i go|need to|akan|bakal|mau|rencana\w*|nanti"
    r"|besok|late (?:in|come|start))\b"
)
_STAYS_AWAY = re.compile(
    r"\b(?:not com(?:e|ing)|can't come|tidak (?:masuk|narik|jaga|ngajar|dinas|kerja)|setengah hari)\b"
)
_DONE = re.compile(
    r"\b(?:lupa\w*|kemarin|tadi|padahal|ternyata|klaim\w*|claim\w*|di-?claim|dicatat|catat\w*"
    r"|dihitung\w*|hitung\w*|tercatat"
    r"|susulin"
    r"|disusulin|susulan|slip|itu (?:masuk )?lembur|(?:masuk|jadi) lembur(?: tidak)?|sampai (?:jam )?\d+"
    r"|(?:until|till) \d+|sampai magrib"
    r"|missing|correct|koreksi|betul\w*|perbaik\w*|record\w*|tidak ada|salah"
    r"|did|worked|was|were|had|stayed|ran|patched|logging|logged|log|count|sudah|belum dibayar"
    r"|\d+ (?:jam|hours?|hrs?))\b"
)
_NOT_YET = re.compile(
    r"\b(?:(?:belum (?:tahu|pasti|jelas)|not (?:sure|certain)(?: yet)?|don't know(?: yet)?)$|tergantung|depends on"
    r"|(?:tanggal\w*|hari\w*|kapannya|dates?|days?) (?:masih )?(?:menunggu|menyusul|nyusul|belum|tba|tbd|tbc|to follow"
    r"|to be (?:confirmed|announced|decided))|kapanny[ae]|berapa hari nanti|lihat nanti|belum tahu hari apa"
    r"|(?:belum (?:tahu|pasti)|not sure|don't know) (?:kapan|tanggal\w*|harinya|when|which|the date)"
    r"|sometime|some time (?!off)|not sure yet but|let me check"
    r"|whichever|whenever|(?:don't|do not) (?:mind|care) which"
    r"|not fussed (?:which|when)|not picky"
    r"|tidak (?:usah|perlu) cuti|no leave (?:is )?(?:needed|necessary|required)"
    r"|(?:no need for|don't need) (?:any |the )?leave"
    r"|dunno when|no idea when|entah (?:tanggal|kapan)\w*|kapan (?:ya )?(?:enaknya|baiknya|bagusnya)|sehari dua hari"
    r"|some other day|hari lain(?:nya)?|tanggal lain|a different day|another date"
    r"|(?:tanggal\w*|tgl\w*|date|dates) (?:belum|blm|not yet|not) (?:fix|fixed|final|pasti|set)"
    r"|tanggal (?:ganjil|genap)"
    r"|idk (?:when|which)|belum puguh|terserah (?:yang )?mana|yang mana (?:saja|pun))\b"
)
_EITHER_WAY = re.compile(
    r"\b(?:(mungkin|maybe|perhaps)\b.{1,40}\b\1|kalau tidak|if not|kalau \w+ (?:\w+ )?tidak bisa"
    r"|if (?:\w+ ){1,3}(?:doesn't|does not|isn't|is not|can't)(?: be)? (?:work|possible|suit|ok|okay|free|available))\b"
)


BETWEEN = re.compile(r"\b(?:between|antara)\b")
_WHO = re.compile(
    r"\b(?:siapa|who|who's|anyone|anybody|everyone|everybody|which of|anybody|berapa orang|how many (?:people|of us)"
    r"|(?:rekap|daftar|list|siapkan daftar|data) (?:\w+ ){0,3}(?:cuti|leave|off|libur))\b"
)


def asks_who(plain: str) -> bool:
    """Whether somebody wants to know who is away, not to be away."""
    return bool(_WHO.search(plain))


def ahead(plain: str) -> bool:
    """Whether somebody tells of what is still to come, whatever it is about: "I shall be absent on Friday"."""
    return bool(_AHEAD_OF_US.search(plain)) and not _OVER.search(plain)


def comes(plain: str) -> bool:
    """Whether a word speaks of what is still to come or is asked for: "besok", "will", "cuti"."""
    return bool(_AHEAD.search(plain) or _AHEAD_OF_US.search(plain))


def stays_away(plain: str) -> bool:
    """Whether somebody says not to come, and nothing of it as over: "Senin saya tidak masuk", "not coming Monday"."""
    return bool(_STAYS_AWAY.search(plain)) and not _OVER.search(plain) and not _DONE.search(plain)


def over(plain: str) -> bool:
    """Whether somebody tells of days that are over."""
    return bool(_OVER.search(plain))


def ill(plain: str) -> bool:
    """Whether somebody speaks of being ill."""
    return bool(_ILL.search(plain))


def past(plain: str, *, ago: timedelta, ahead: timedelta, dated: bool) -> bool:
    """Whether days that could be ahead are more likely gone by: nobody reports a sickness or claims hours before."""
    sick = bool(_ILL.search(plain))
    if dated and ahead > YEAR_AHEAD and _DONE.search(plain) and not _SURELY.search(plain):
        return True
    if not sick and not _WORK.search(plain):
        return False
    done = bool(_DONE.search(plain))
    if dated:
        near = ago < ahead or (done and ago <= FORTNIGHT and ahead > SOON)
        return near and (sick or not _SURELY.search(plain))
    return not _AHEAD.search(plain) and (done or (sick and not _KIN_ILL.search(plain)))


def since(chosen: list[Piece], line: str, plain: str) -> bool:
    """Whether a sickness is told from its first day on: it lasts until today."""
    days = [piece for piece in chosen if piece.kind == "days"]
    alone = len(days) == 1 and len(days[0].points) == 1 and isinstance(days[0].points[0], Point)
    others = any(piece.kind in ("length", "until", "half", "unsure") for piece in chosen)
    return alone and not others and line[days[0].start] == "F" and bool(ill(plain))


def unsaid(plain: str) -> bool:
    """Whether somebody says that the days are still to be told: "dates to follow", "belum tahu tanggal berapa"."""
    return bool(_NOT_YET.search(plain))


def either_way(plain: str) -> bool:
    """Whether somebody names two days and leaves it open which: "kalau tidak Senin ya Selasa"."""
    return bool(_EITHER_WAY.search(plain))


def uncertain(plain: str, before: str, chosen: Sequence[Piece]) -> bool:
    """Whether somebody says that the days are not certain yet: "around the 20th", "maybe Thursday, maybe Friday".

    `before` is the last word that was said before the days.
    """
    days = [piece for piece in chosen if piece.kind == "days"]
    if not days:
        return False
    about = before in ABOUT and not any(piece.unit == "all" for piece in days)
    several = (
        any(len(piece.points) > 1 for piece in days) or sum(p.kind in ("days", "aside", "denied") for p in chosen) > 1
    )
    return about or bool(_NOT_YET.search(plain)) or (several and either_way(plain))
