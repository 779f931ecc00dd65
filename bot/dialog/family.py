"""Events in a family for which the law pays no day, though it does for nearer ones: a brother's wedding, a nephew's
circumcision, a sister's child, the death of somebody outside the household (UU 13/2003 article 93, paragraphs 2 and 4).
"""

import re
from typing import Literal

from bot.dialog import kinds
from bot.dialog.normal import fold

Event = Literal["marriage", "circumcision", "baptism", "birth", "death"]
_MAX = 600
_FARTHER = (
    r"(?:adik|adek|ade|kakak|kaka|abang|saudara|sodara|sepupu|ipar|keponakan|ponakan|om|oom|tante|paman|bibi|cucu|kakek|nenek|eyang|mbah|opa|oma|"
    r"teman|temen|sahabat|tetangga|rekan|kerabat|famili|brother|sister|sibling|cousin|niece|nephew|uncle|aunt|auntie|grandson|granddaughter|"
    r"grandfather|grandmother|grandpa|grandma|granny|grandad|friend|mate|neighbou?r|colleague)"
)
_SHAPES: tuple[tuple[Event, str], ...] = (
    ("death", r"meninggal|wafat|berpulang|pemakaman|melayat|takziah|died|passed away|death|funeral|burial"),
    ("circumcision", r"sunat\w*|khitan\w*|disunat|dikhitan|circumcis\w*"),
    ("baptism", r"baptis\w*|dibaptis|baptism|christening"),
    ("birth", r"lahiran|melahirkan|bersalin|giving birth|gave birth|having (?:a|her) baby"),
    ("marriage", r"(?:me|per)?nikah\w*|kawin\w*|resepsi|akad|married|marrying|weds|wedding"),
)
# Who names what pays for it knows.
_CHOSEN = re.compile(r"\b(?:tahunan|annual|tanpa gaji|unpaid|without pay|potong (?:cuti|jatah|gaji))\b")
_NEAR = 4  # words between the person and the event


def unpaid_event(sentence: str) -> Event | None:
    """Which event of a farther relative or a friend a sentence names, where no kind of leave is for it."""
    plain = fold(sentence[:_MAX])
    if _CHOSEN.search(plain):
        return None
    between = rf"(?:\W+[\w']+){{0,{_NEAR}}}?\W+"
    for event, words in _SHAPES:
        whom, what = rf"\b{_FARTHER}(?:ku|nya|'s|s)?\b", rf"\b(?:{words})\b"
        if re.search(rf"{whom}{between}{what}|{what}{between}{whom}", plain):
            return event if kinds.kind(sentence) is None else None
    return None
