"""What each version of a company's calendar changed, in words, for its history."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.calendar.tables import CalendarVersion, Closure, CompanyDay, WorkingWeek
from core.phrases import phrase, saat, tanggal_pendek

MOST = 8  # days of one version: a decree names dozens


async def changes(numbers: Sequence[int], places: Mapping[int, str], language: str, zone: str) -> dict[int, list[str]]:
    """The lines of each of these versions: days said or taken back, working weeks, closures, collective leave."""
    told: dict[int, list[str]] = {number: [] for number in numbers}
    wanted = list(numbers) or [0]

    def at(row: Mapping[str, Any]) -> str:
        place = places.get(row["location"] or 0)
        return f" ({place})" if place else ""

    days = await CompanyDay.select().where(
        CompanyDay.since.is_in(wanted) | CompanyDay.until.is_in(wanted)
    ).order_by(CompanyDay.date)  # fmt: skip
    replaced = {(row["since"], row["date"], row["location"]) for row in days}
    lines: dict[int, list[str]] = {}
    for row in days:
        name, day = row["name"] if language == "id" else row["name_en"], tanggal_pendek(row["date"], language)
        if row["since"] in told:
            said = phrase(f"calendar.told_{row['kind']}", language, day=day, name=name, place=at(row))
            lines.setdefault(row["since"], []).append(said)
        if row["until"] in told and (row["until"], row["date"], row["location"]) not in replaced:
            said = phrase("calendar.told_taken_back", language, day=day, name=name, place=at(row))
            lines.setdefault(row["until"], []).append(said)
    for number, words in lines.items():
        told[number] += words[:MOST]
        if len(words) > MOST:
            told[number].append(phrase("calendar.told_more", language, number=str(len(words) - MOST)))
    for row in await WorkingWeek.select().where(WorkingWeek.since.is_in(wanted)).order_by(WorkingWeek.from_):
        day = tanggal_pendek(row["from_"], language)
        told[row["since"]].append(phrase("calendar.told_week", language, day=day, place=at(row)))
    ended = {row["until"] for row in await Closure.select(Closure.until).where(Closure.until.is_in(wanted))}
    for row in await Closure.select().where(Closure.since.is_in(wanted)).order_by(Closure.starts):
        told[row["since"]].append(_closure(row, language, zone, at(row), ends=row["since"] in ended))
    return await _collective(told, language)


def _closure(row: Mapping[str, Any], language: str, zone: str, place: str, *, ends: bool) -> str:
    """A closure that began to hold, with its end where that was known; or that its end was said later."""
    first = saat(row["starts"], zone, language)
    if row["ends"] is None:
        return phrase("calendar.told_closure", language, first=first, place=place)
    key = "calendar.told_closure_ended" if ends else "calendar.told_closure_until"
    return phrase(key, language, first=first, last=saat(row["ends"], zone, language), place=place)


async def _collective(told: dict[int, list[str]], language: str) -> dict[int, list[str]]:
    """Whether days of collective leave became free days, or working days, with a version."""
    if not told:
        return told
    rows = await CalendarVersion.select(CalendarVersion.number, CalendarVersion.collective).where(
        CalendarVersion.number.is_in([*told, min(told) - 1])
    )
    kept = {row["number"]: row["collective"] for row in rows}
    for number, lines in told.items():
        if number in kept and kept[number] != kept.get(number - 1, "closed"):
            lines.append(phrase(f"calendar.told_collective_{kept[number]}", language))
    return told
