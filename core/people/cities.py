"""The clock of a place that is named after a city or province east of the western zone.

Source: Keputusan Presiden 41/1987 (three zones; WITA: Bali, Nusa Tenggara, South, East and North Kalimantan, Sulawesi;
WIT: Maluku and Papua). Places in the western zone need no line: it is the zone of every place not named here.
"""

import re

from core.people.directory import DEFAULT_ZONE

CENTRAL = (
    "bali", "denpasar", "badung", "gianyar", "ubud", "singaraja", "mataram", "lombok", "sumbawa", "bima", "kupang",
    "labuan bajo", "maumere", "ende", "banjarmasin", "banjarbaru", "samarinda", "balikpapan", "bontang", "ikn",
    "tarakan", "tanjung selor", "nunukan", "makassar", "parepare", "palopo", "mamuju", "palu", "morowali", "luwuk",
    "kendari", "baubau", "gorontalo", "manado", "bitung", "tomohon", "kotamobagu", "sulawesi", "nusa tenggara",
    "kalimantan selatan", "kalimantan timur", "kalimantan utara", "kalsel", "kaltim", "kaltara", "sulsel", "sulbar",
    "sulteng", "sultra", "sulut", "ntb", "ntt",
)  # fmt: skip
EASTERN = (
    "ambon", "maluku", "ternate", "tidore", "sofifi", "tual", "papua", "jayapura", "sentani", "merauke", "timika",
    "nabire", "wamena", "biak", "manokwari", "sorong", "fakfak",
)  # fmt: skip
ZONES = dict.fromkeys(CENTRAL, "Asia/Makassar") | dict.fromkeys(EASTERN, "Asia/Jayapura")
STREET = re.compile(r"\b(jl|jln|jalan|street)\b")
NAMED = re.compile(r"\b(" + "|".join(sorted(ZONES, key=len, reverse=True)) + r")\b")


def zone_of(place: str) -> str:
    """`Asia/Makassar` of `Cabang Makassar`; of a street named after a city, or of two zones, that of the west."""
    said = place.casefold()
    found = set() if STREET.search(said) else {ZONES[one] for one in NAMED.findall(said)}
    return found.pop() if len(found) == 1 else DEFAULT_ZONE
