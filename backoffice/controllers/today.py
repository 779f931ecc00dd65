"""The morning look at a company: who is here, what needs a person; a new company is led through its set-up."""

from functools import partial

from litestar import Controller, Response, get

from backoffice import asker, board, plots
from backoffice.asked import WAITS, rows_of
from backoffice.asker import Web
from backoffice.board import Today
from backoffice.guards import requires, standing
from backoffice.plots import Part, Plot
from backoffice.rendering import page
from core import clock, database
from core.approvals.tables import Request as Asked
from core.phrases import angka, phrase, saat

MOST_WAITING, MOST_AWAY = 6, 8


class TodayController(Controller):
    """The board."""

    path = "/{company:str}/today"
    guards = (requires("today", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The whole board, or the steps of a company that nobody works in yet."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            now = await board.today(where, language)
            steps = await board.set_up(where, language) if now.people <= 1 else []
            needs = await board.needs(where, language) if not steps else []
            waiting = await Asked.select().where(WAITS).order_by(Asked.id).limit(MOST_WAITING)
            rows = await rows_of(waiting, language)
            number = len(waiting) if len(waiting) < MOST_WAITING else await Asked.count().where(WAITS)
            away, all_away = await board.away(now.day, MOST_AWAY)
        return await page(
            request, "today.html", place=where.place.name, zone=where.place.zone, company=where.place, now=now,
            heading=heading(now, language), now_words=saat(clock.now(), where.place.zone, language),
            bar=bar(now, language), needs=needs, waiting=rows, number=number, steps=steps, away=away, all_away=all_away,
        )  # fmt: skip


def heading(now: Today, language: str) -> str:
    """The morning in one sentence, with its figures."""
    if now.off is not None:
        key = "board.heading_holiday" if now.off else "board.heading_weekend"
        return phrase(key, language, name=now.off, people=angka(now.people, language))
    return phrase(
        "board.heading", language, scheduled=angka(now.scheduled, language), away=angka(now.leave, language),
        gone=now.leave,
    )  # fmt: skip


def bar(now: Today, language: str) -> Plot | None:
    """Everybody who works here, as one bar; the fine part is pale."""
    if not now.people:
        return None
    figures = (
        ("here", now.here, "f-calm"), ("leave", min(now.leave, now.scheduled), "f-teak"),
        ("collective", now.collective, "f-pale"), ("off", now.idle, "f-empty"),
    )  # fmt: skip
    parts = [Part(phrase(f"board.bar_{name}", language), number, shape) for name, number, shape in figures if number]
    said = ", ".join(f"{part.name}: {angka(part.number, language)}" for part in parts)
    return plots.staffing_bar(
        parts, said=said, head=(phrase("board.bar_who", language), phrase("board.bar_number", language)),
        spelled=partial(angka, language=language),
    )  # fmt: skip
