"""Files of people: sent, read and shown, applied as a whole, taken back as a whole."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from piccolo.query.functions.aggregate import Count

from backoffice import actors, asker, listing
from backoffice.asker import Web
from backoffice.controllers.people import barred
from backoffice.controllers.places import ZONES
from backoffice.dates import day_of
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter
from backoffice.rendering import page, refusal
from core import clock, database, sheets
from core.errors import Refused
from core.leave import types
from core.people import applying, batches, careers, coming, copies, new_places
from core.people.columns import COLUMNS
from core.people.directory import DEFAULT_ZONE
from core.people.planning import CHANGED, NEW, REFUSED
from core.people.tables import Employment, ImportBatch, ImportRow
from core.phrases import angka, hari, phrase
from core.retention import KEPT

SHOWN = 100
KINDS = ("file", "form")
BASE = "imports"


class ImportsController(Controller):
    """`/{company}/imports`."""

    path = "/{company:str}/imports"
    guards = (requires("people", "write"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The form for a file, and the files so far."""
        return await index(request)

    @post("/file")
    async def send(self, request: Web) -> Response[str]:
        """Take a file in; the page of its batch shows how reading goes."""
        where = standing(request)
        name, raw, form = await sent_file(request)
        today = clock.today(where.place.zone or DEFAULT_ZONE)
        try:
            begins = day_of(form.get("begins")) or today
            sent = batches.Sent("file", name, "", "", begins, acting(request), barred(where))
            public = await batches.receive(where.company, raw, sent)
        except Refused as no:
            return await index(request, {"file": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/imports/{public}", status_code=303)

    @get("/template")
    async def template(self, request: Web, kind: FromQuery[str] = sheets.XLSX) -> Response[bytes]:
        """A file with every column and nobody in it."""
        kind = kind if kind in sheets.KINDS else sheets.XLSX
        return file_answer(f"serambi.{kind}", kind, sheets.written(kind, COLUMNS, ()))

    @get("/{public:str}")
    async def batch(self, request: Web, public: FromPath[str]) -> Response[str]:
        """What a file would do, or did: by row, with its reasons."""
        return await batch_page(request, public, KINDS, base=BASE)

    @get("/{public:str}/copy")
    async def copy(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file as it was sent, with the reasons in a last column: for who sent it, since all that is sealed stands
        in it."""
        where = standing(request)
        async with database.reading(where.company):
            if not _is_mine(request, await batch_of(public, *KINDS)):
                raise NotFoundException
        return file_answer(*await copies.with_reasons(where.company, public, asker.of(request).language))

    @post("/{public:str}/zones")
    async def zones(self, request: Web, public: FromPath[str]) -> Response[Any]:
        """Choose the clocks of the places that a file brings with it."""
        where, form = standing(request), await request.form()
        named, clocks = form.getall("name", []), form.getall("zone", [])
        async with database.reading(where.company):
            await batch_of(public, *KINDS)
        chosen = {str(name): str(zone) for name, zone in zip(named, clocks, strict=False)}
        try:
            await new_places.choose(where.company, public, chosen, by=acting(request))
        except Refused as no:
            return await batch_page(request, public, KINDS, base=BASE, wrong=refusal(request, no, where.place.zone))
        return Redirect(f"/{where.place.slug}/imports/{public}", status_code=303)

    @post("/{public:str}/{act:str}")
    async def act(self, request: Web, public: FromPath[str], act: FromPath[str]) -> Redirect:
        """Apply a batch, take it back, or put it aside."""
        where = standing(request)
        async with database.reading(where.company):
            await batch_of(public, *KINDS)
        does = {
            "apply": applying.apply, "undo": applying.undo, "drop": batches.drop, "unplan": coming.take_back,
        }.get(act)  # fmt: skip
        if does is None:
            raise NotFoundException
        await does(where.company, public, by=acting(request))
        return Redirect(f"/{where.place.slug}/imports/{public}", status_code=303)


async def batch_page(
    request: Web, public: str, kinds: Sequence[str], *, base: str, wrong: str = ""
) -> Response[str]:  # fmt: skip
    """The page of a batch, whatever it is a batch of; `base` is where its kind lives."""
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        one = await batch_of(public, *kinds)
        mine = base != BASE or _is_mine(request, one)
        counts = await _counts(one.id)
        total, told = sum(counts.values()), {"": sum(counts.values()), **counts}
        choices = {
            verdict: phrase(f"imports.show_{verdict or 'all'}", language, number=angka(number, language))
            for verdict, number in told.items()
            if number
        }
        show = Filter("show", "imports.show", choices, REFUSED if counts.get(REFUSED) else "", pills=True)
        listed = listing.read(request, (), [show], key=ImportRow.id, default="row")
        which = (ImportRow.batch == one.id) & _verdict(listed["show"])
        rows = listed.cut(await listed.page(ImportRow.select().where(which), SHOWN), SHOWN)
        above = await ImportRow.count().where(which & (ImportRow.id <= listed.after[1])) if listed.after else 0
        names = {kind.code: kind.name(language) for kind in await types.all()}
        known = await _known({row["number"] for row in rows})
        lines = [_line(dict(row), language, names, known, whole=mine) for row in rows]
    shown = {
        "first": angka(above + 1, language), "last": angka(above + len(lines), language),
        "total": angka(told.get(listed["show"], total), language),
    }  # fmt: skip
    key, _, numbers = (one.why or "").partition("|")
    return await page(
        request, "imports/batch.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, one=one, list=listed, lines=lines, shown=shown, running=one.state in batches.RUNNING,
        base=base, why=wrong or (phrase(key, language, numbers=numbers) if key else ""),
        has_file=one.file is not None and mine, undo_until=_undo_until(one, where.place.zone),
        places=new_places.kept(one.places),
        zones=ZONES | {place.zone: place.zone for place in new_places.kept(one.places) if place.zone not in ZONES},
    )  # fmt: skip


def _undo_until(one: ImportBatch, zone: str) -> date | None:
    """The last day on which an applied batch can be taken back; nothing once that is over."""
    if one.state != batches.APPLIED or not batches.may_be_undone(one):
        return None
    last: date = (one.applied_at + KEPT["import_batch"]).astimezone(ZoneInfo(zone or DEFAULT_ZONE)).date()
    return max(last, one.begins)


async def _counts(batch: int) -> dict[str, int]:
    """How many lines a batch has of each verdict, the ones that do something first."""
    rows = (
        await ImportRow.select(ImportRow.verdict, Count(alias="lines"))
        .where(ImportRow.batch == batch)
        .group_by(ImportRow.verdict)
    )
    counted = {row["verdict"]: row["lines"] for row in rows}
    return {verdict: counted[verdict] for verdict in (NEW, CHANGED, REFUSED) if verdict in counted}


def _verdict(show: str) -> Any:
    return ImportRow.verdict == show if show else ImportRow.id > 0


async def sent_file(request: Web) -> tuple[str, bytes, Mapping[str, Any]]:
    """Name and bytes of the file that a form brings, and its other fields."""
    form = await request.form()
    given = form.get("file")
    raw = await given.read() if isinstance(given, UploadFile) else b""
    said = given.filename if isinstance(given, UploadFile) else ""
    return "".join(one for one in PurePath(said.replace("\\", "/")).name if one.isprintable()), raw, form


async def batch_of(public: str, *kinds: str) -> ImportBatch:
    """The batch at this address, of these kinds alone."""
    where = (ImportBatch.public == public) & ImportBatch.kind.is_in(list(kinds))
    one = await ImportBatch.objects().where(where).first()
    if one is None:
        raise NotFoundException
    return one


def _is_mine(request: Web, one: ImportBatch) -> bool:
    return one.by.partition("|")[0] == acting(request).name


def _reasons(row: Mapping[str, Any], *, whole: bool) -> list[Sequence[str]]:
    """Why a row is refused; to others than its sender without the words of what is sealed elsewhere, or tells pay."""
    return [
        (column, key, value if whole or (column in careers.SHOWN and column != "grade") else "…", cell)
        for column, key, value, cell in batches.opened(row, "reasons")
    ]


async def _known(numbers: Collection[str]) -> dict[str, str]:
    """The names of those of these numbers who are here."""
    if not numbers:
        return {}
    named = Employment.select(Employment.number, Employment.person.name.as_alias("name"))
    rows = await named.where(Employment.number.is_in(list(numbers)))
    return {row["number"]: row["name"] for row in rows}


def _line(
    row: dict[str, Any], language: str, kinds: Mapping[str, str], known: Mapping[str, str], *, whole: bool
) -> dict[str, Any]:  # fmt: skip
    """A row in short: the names of what changes, with words only where they are not sealed elsewhere; or what is wrong
    with it. It is headed by whom it is about, or by the name that the file says where nobody is."""
    reasons = copies.told(_reasons(row, whole=whole), language) if row["verdict"] == REFUSED else []
    before, after = batches.opened(row, "before"), batches.opened(row, "after")
    return {
        "row": row["row"], "number": row["number"], "verdict": row["verdict"],
        "name": known.get(row["number"]) or after.get("name", ""),
        "reasons": reasons,
        "place": " · ".join(after[one] for one in ("department", "position", "location") if after.get(one)),
        "what": [
            (phrase(f"staff.column_{name}", language), before.get(name, ""), value if name in careers.SHOWN else "")
            if name in COLUMNS
            else (kinds.get(name, name), hari(int(before[name]), language), hari(int(value), language))
            for name, value in after.items()
            if name not in ("employee_number", "grade", "timezone")
        ] if row["verdict"] == CHANGED else [],
    }  # fmt: skip


async def index(
    request: Web, wrong: dict[str, str] | None = None, *, kind: str = "file", base: str = BASE
) -> Response[str]:
    """The form for a file, and the files of this kind so far."""
    where = standing(request)
    async with database.reading(where.company):
        made = (
            await ImportBatch.select(*_columns())
            .where((ImportBatch.kind == kind) & (ImportBatch.state != batches.DROPPED))
            .order_by(ImportBatch.id, ascending=False)
            .limit(50)
        )
        names = await actors.names({one["by"].partition("|")[0] for one in made})
    return await page(
        request, "imports/index.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, made=[{**one, "who": names.get(one["by"].partition("|")[0], "")} for one in made],
        today=clock.today(where.place.zone), wrong=wrong or {}, kind=kind, base=base,
    )  # fmt: skip


def _columns() -> list[Any]:
    return [
        ImportBatch.public, ImportBatch.name, ImportBatch.state, ImportBatch.new, ImportBatch.changed, ImportBatch.same,
        ImportBatch.refused, ImportBatch.total, ImportBatch.done, ImportBatch.by, ImportBatch.made_at,
        ImportBatch.begins,
    ]  # fmt: skip


def file_answer(name: str, kind: str, raw: bytes) -> Response[bytes]:
    """A file to be kept, under a name that is safe in a header."""
    safe = "".join(one if (one.isalnum() and one.isascii()) or one in "-_." else "_" for one in name)
    return Response(
        raw, media_type=sheets.KINDS[kind],
        headers={"content-disposition": f'attachment; filename="{safe}"', "cache-control": "no-store"},
    )  # fmt: skip
