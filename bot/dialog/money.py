"""Reads an amount of rupiah as people write it: "1,5 juta", "500rb", "Rp1.500.000", "sejuta", "dua ratus ribu"."""

import re

from bot.dialog.normal import fold

_MAX = 400
_UNITS = {
    unit: value
    for value, units in (
        (100, "ratus"),
        (1_000, "ribu rb rebu k thousand"),
        (1_000_000, "juta jt jeti million mio"),
        (1_000_000_000, "miliar milyar billion m"),
    )
    for unit in units.split()
}
_WORDS = {
    word: float(value)
    for value, words in enumerate(
        "satu one|dua two|tiga three|empat four|lima five|enam six|tujuh seven|delapan eight|sembilan nine|sepuluh ten"
        "|sebelas eleven".split("|"),
        start=1,
    )
    for word in words.split()
} | {"seratus": 100.0, "setengah": 0.5, "half": 0.5}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_FIGURES = re.compile(
    rf"(?:\b(?P<rp>rp|idr)\.? ?)?(?<![\d.,/:-])(?P<figures>\d{{1,3}}(?:[.,]\d{{3}})+(?:,\d\d)?|\d+(?:[.,]\d{{1,2}})?)"
    rf" ?(?P<unit>{_UNIT})?\b(?! ?(?:hari|hr|days?|jam|orang|bulan|bln|kali|x|%|persen))"
)
_ONE = {"sejuta": 1_000_000, "seribu": 1_000, "semiliar": 1_000_000_000}


def find(sentence: str) -> int | None:
    """The first amount in whole rupiah, or None; figures without a unit are money behind Rp or grouped in thousands."""
    said = fold(sentence[:_MAX])
    for match in _FIGURES.finditer(said):
        amount = _figures(match)
        if amount:
            return amount
    return _spoken(said)


def _figures(match: re.Match[str]) -> int | None:
    figures, unit = match["figures"], match["unit"]
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?", figures)
    if grouped and not unit:
        whole = re.sub(r",\d\d$", "", figures)
        return int(re.sub(r"\D", "", whole))
    if unit:
        amount = float(re.sub(r"\D", "", figures) if grouped else figures.replace(",", ".")) * _UNITS[unit]
        more = re.match(r" setengah\b", match.string[match.end() :])  # "2 juta setengah" is two and a half million
        return round(amount + (_UNITS[unit] / 2 if more else 0))
    return int(re.sub(r"\D.*", "", figures)) if match["rp"] else None


def _spoken(said: str) -> int | None:
    """ "Dua juta lima ratus ribu", "sejuta setengah", "setengah juta"."""
    total = part = 0.0
    heard = False
    for word in re.findall(r"[a-z]+", said):
        if word in _ONE:
            total, heard = total + _ONE[word], True
        elif word in _WORDS:
            if heard and word == "setengah" and not part:
                return round(total * 1.5) if total else None
            part += _WORDS[word]
        elif word in ("belas", "puluh") and part:
            part = part + 10 if word == "belas" else part * 10
        elif word == "ratus" and part:
            part *= 100
        elif word in ("ribu", "juta", "miliar", "milyar", "million", "thousand") and part:
            total, part, heard = total + part * _UNITS[word], 0.0, True
        elif heard:
            break
        else:
            part = 0.0
    return round(total) if heard else None
