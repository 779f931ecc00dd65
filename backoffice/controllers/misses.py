"""What the talk did not understand: read without names, labelled by an administrator, learnt by the company's talk."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, exports, listing, plots
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.plots import Part
from backoffice.rendering import page
from core import database
from core.messaging import misses
from core.messaging.tables import Lesson, Miss
from core.phrases import LANGUAGES, angka, bulan_pendek, phrase

WEEKS = 12
# What the keys 1 to 9 say of the sentence in focus: what is meant most often, and what is nothing of ours.
KEYS = (
    "leave_request", "leave_balance", "leave_status", "sick_leave", "payslip", "ticket_new", "human",
    misses.OUT_OF_SCOPE, misses.IGNORE,
)  # fmt: skip
WAITING, LABELLED, ALL = "waiting", "labelled", "all"
HEADS = (
    Head("said_at", "misses.when", by=Miss.said_at, shape="left-out"),
    Head("words", "misses.words", shape="wide"),
    Head("why", "misses.why", shape="left-out"),
    Head("label", "misses.label", shape="end"),
)


class Label(Struct):
    """What a sentence asks for, and the list to go back to; no label takes it back."""

    label: str = ""
    state: str = ""


class MissesController(Controller):
    """The sentences of one company that were not understood."""

    path = "/{company:str}/misses"
    guards = (requires("misses", "label"),)

    @get()
    async def show(self, request: Web, labelled: FromQuery[str] = "", done: FromQuery[str] = "") -> Response[str]:
        """How many there were by week, and those that match."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.place.zone)
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), reader)
            found = listed.cut(await listed.page(Miss.select().where(await where_of(listed))))
            weeks = await misses.by_week(WEEKS, where.place.zone)
            waiting = await Miss.count().where(Miss.label.is_null())
        return await page(
            request, "misses/index.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=[_row(one, language) for one in found], waiting=waiting, labels=_labels(language),
            keys=dict(zip(KEYS, "123456789", strict=True)),
            labelled=labelled, done=done if done in ("labelled", "undone") else "", plot_of=_plot(weeks, language),
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The sentences as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @get("/taught")
    async def lessons(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What was learnt from sentences that are gone, each with a way to unlearn it."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            found = await Lesson.select().order_by(Lesson.id, ascending=False).limit(misses.MOST_TAUGHT)
        rows = [
            {"public": row["public"], "lang": row["language"], "label": _label(row["label"], language),
             "words": misses.lesson(row) or phrase("misses.shut", language)}
            for row in found
        ]  # fmt: skip
        return await page(
            request, "misses/taught.html", place=where.place.name, zone=where.place.zone, company=where.place,
            rows=rows, done=done == "unlearnt",
        )  # fmt: skip

    @post("/taught/{public:str}")
    async def unlearn(self, request: Web, public: FromPath[str]) -> Response[Any]:
        """Unlearn what a sentence taught that is gone."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await misses.take_back(public, by=acting(request)):
                raise NotFoundException
        return Redirect(f"/{where.place.slug}/misses/taught?done=unlearnt", status_code=303)

    @post("/{public:str}/label")
    async def give(self, request: Web, public: FromPath[str], data: URLEncodedBody[Label]) -> Response[Any]:
        """Say what a sentence asks for, or take that back."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await misses.label(public, data.label or None, by=acting(request)):
                raise NotFoundException
        done = f"labelled&labelled={public}" if data.label else "undone"
        state = f"{data.state}&" if data.state else ""
        return Redirect(f"/{where.place.slug}/misses?{state}done={done}", status_code=303)


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The sentences that an address asks for, the newest first."""
    language = reader.language
    show = {one: phrase(f"misses.show_{one}", language) for one in (WAITING, LABELLED, ALL)}
    whys = {"": phrase("misses.any", language)} | {one: phrase(f"misses.why_{one}", language) for one in misses.WHYS}
    spoken = {"": phrase("misses.any", language)} | {one: phrase(f"misses.in_{one}", language) for one in LANGUAGES}
    filters = (
        Filter("show", "misses.show", show, WAITING, pills=True),
        Filter("why", "misses.why", whys),
        Filter("language", "misses.language", spoken),
        Filter("label", "misses.label", {"": phrase("misses.any", language)} | _labels(language)),
    )
    return listing.read(asked, HEADS, filters, key=Miss.id, default="-said_at")


async def where_of(listed: Listing) -> Any:
    """Which sentences those are."""
    wanted: Any = Miss.id > 0
    if listed["show"] == WAITING:
        wanted = wanted & Miss.label.is_null()
    elif listed["show"] == LABELLED:
        wanted = wanted & Miss.label.is_not_null()
    for name, column in (("why", Miss.why), ("language", Miss.language), ("label", Miss.label)):
        if listed[name]:
            wanted = wanted & (column == listed[name])
    return wanted


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The sentences as lines of a file, without who wrote them."""
    lines: list[Sequence[object]] = []
    for row in (_row(one, reader.language) for one in found):
        label = _label(row["label"], reader.language) if row["label"] else ""
        lines.append((exports.moment(row["said_at"], reader.zone), row["words"], row["why_told"], label))
    return lines


EXPORT = exported(
    Export(
        "misses", "misses", "label", tuple(head.label for head in HEADS), Miss, Miss.all_columns(), listed_of, where_of,
        lines_of,
    )
)  # fmt: skip


def _labels(language: str) -> dict[str, str]:
    return {one: _label(one, language) for one in misses.LABELS}


def _label(name: str, language: str) -> str:
    return phrase(f"misses.asks_{name}", language)


def _row(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    near = [one for one in row["guessed"].split(",") if one in misses.LABELS and one != misses.OUT_OF_SCOPE]
    return {
        "id": row["id"], "public": row["public"], "said_at": row["said_at"], "label": row["label"],
        "words": misses.told(row) or phrase("misses.shut", language), "lang": row["language"],
        "why_told": phrase(f"misses.why_{row['why']}", language),
        "near": ", ".join(_label(one, language) for one in near),
        "chosen": _chosen(row["chosen"], language),
        "likely": row["label"] or (near[0] if near else ""),
    }  # fmt: skip


def _chosen(name: str | None, language: str) -> str:
    """What the person chose themselves, in words; the talk names some of it by its flow."""
    if name is None:
        return ""
    known = {"balance": "leave_balance", "leave": "leave_request", "status": "leave_status", "explain": "leave_explain",
             "withdraw": "leave_cancel", "forecast": "leave_forecast", "forecast_untaken": "leave_untaken",
             "holidays": "holiday_calendar", "waiting": "approvals_waiting",
             "team": "who_is_away"}.get(name, name)  # fmt: skip
    return _label(known, language) if known in misses.LABELS else phrase("misses.none_of_them", language)


def _plot(weeks: Sequence[tuple[Any, int, int]], language: str) -> plots.Plot:
    # Twelve labels below one another's bars: only a short month leaves room between them.
    parts = [Part(f"{monday.day} {bulan_pendek(monday, language)}", number, "f-teak") for monday, number, _ in weeks]
    total = sum(number for _, number, _ in weeks)
    return plots.month_bars(
        parts, said=phrase("misses.weeks_said", language, number=angka(total, language), weeks=str(len(weeks))),
        head=(phrase("misses.week", language), phrase("misses.number", language)),
        words=[angka(number, language) for _, number, _ in weeks],
    )  # fmt: skip
