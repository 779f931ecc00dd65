"""Files of people: sent, read and shown, applied as a whole, taken back as a whole."""

from pathlib import PurePath
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.people import barred, date_of
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database, sheets
from core.errors import Refused
from core.people import batches, careers, copies
from core.people.columns import COLUMNS
from core.people.directory import DEFAULT_ZONE
from core.people.tables import ImportBatch, ImportRow, Person
from core.phrases import phrase

SHOWN = 100


class ImportsController(Controller):
    """`/{company}/imports`."""

    path = "/{company:str}/imports"
    guards = (requires("people", "write"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The form for a file, and the files so far."""
        return await _index(request)

    @post("/file")
    async def send(self, request: Web) -> Response[str]:
        """Take a file in; the page of its batch shows how reading goes."""
        where, form = standing(request), await request.form()
        given, today = form.get("file"), clock.today(where.place.zone or DEFAULT_ZONE)
        raw = await given.read() if isinstance(given, UploadFile) else b""
        said = given.filename if isinstance(given, UploadFile) else ""
        name = "".join(one for one in PurePath(said.replace("\\", "/")).name if one.isprintable())
        begins = date_of(str(form.get("begins") or "")) or today
        sent = batches.Sent("file", name, "", "", begins, acting(request), barred(where))
        try:
            public = await batches.receive(where.company, raw, sent)
        except Refused as no:
            return await _index(request, {"file": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/imports/{public}", status_code=303)

    @get("/template")
    async def template(self, request: Web, kind: FromQuery[str] = sheets.XLSX) -> Response[bytes]:
        """A file with every column and nobody in it."""
        kind = kind if kind in sheets.KINDS else sheets.XLSX
        return _file(f"serambi.{kind}", kind, sheets.written(kind, COLUMNS, ()))

    @get("/{public:str}")
    async def batch(self, request: Web, public: FromPath[str]) -> Response[str]:
        """What a file would do, or did: by row, with its reasons."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            one = await _of(public)
            rows = (
                await ImportRow.select().where(ImportRow.batch == one.id).order_by(ImportRow.row).limit(SHOWN)
            )  # fmt: skip
            bad = (
                await ImportRow.select()
                .where((ImportRow.batch == one.id) & (ImportRow.verdict == "refused"))
                .order_by(ImportRow.row)
                .limit(SHOWN)
            )
            refused = [
                {"number": row["number"], "reasons": copies.said(batches.opened(row, "reasons"), language)}
                for row in bad
            ]
            acts = [_line(row) for row in rows if row["verdict"] != "refused"]
        key, _, numbers = (one.why or "").partition("|")
        return await page(
            request, "imports/batch.html", place=where.place.name, zone=where.place.zone, company=where.place, one=one,
            refused=refused, acts=acts, running=one.state in batches.RUNNING,
            why=phrase(key, language, numbers=numbers) if key else "", has_file=one.file is not None,
        )  # fmt: skip

    @get("/{public:str}/copy")
    async def copy(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file as it was sent, with the reasons in a last column."""
        where = standing(request)
        async with database.reading(where.company):
            await _of(public)
        return _file(*await copies.with_reasons(where.company, public, asker.of(request).language))

    @post("/{public:str}/{act:str}")
    async def act(self, request: Web, public: FromPath[str], act: FromPath[str]) -> Redirect:
        """Apply a batch, take it back, or put it aside."""
        where = standing(request)
        async with database.reading(where.company):
            await _of(public)
        does = {"apply": batches.apply, "undo": batches.undo, "drop": batches.drop}.get(act)
        if does is None:
            raise NotFoundException
        await does(where.company, public, by=acting(request))
        return Redirect(f"/{where.place.slug}/imports/{public}", status_code=303)


async def _of(public: str) -> ImportBatch:
    one = await ImportBatch.objects().where(ImportBatch.public == public).first()
    if one is None:
        raise NotFoundException
    return one


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A row in short: the names of what changes; words only where they are not sealed elsewhere."""
    before, after = batches.opened(row, "before"), batches.opened(row, "after")
    return {
        "row": row["row"], "number": row["number"], "verdict": row["verdict"], "name": after.get("name", ""),
        "what": [
            (name, before.get(name, ""), value if name in careers.SHOWN else "")
            for name, value in after.items()
            if name not in ("employee_number", "grade", "timezone")
        ] if row["verdict"] == "changed" else [],
    }  # fmt: skip


async def _index(request: Web, wrong: dict[str, str] | None = None) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        made = (
            await ImportBatch.select(*_columns())
            .where((ImportBatch.kind == "file") & (ImportBatch.state != batches.DROPPED))
            .order_by(ImportBatch.id, ascending=False)
            .limit(50)
        )
        people = {one["by"].partition("|")[0].partition(":")[2] for one in made if one["by"].startswith("person:")}
        rows = await Person.select(Person.id, Person.name).where(Person.id.is_in([int(one) for one in people] or [0]))
        names = {f"person:{row['id']}": row["name"] for row in rows}
    return await page(
        request, "imports/index.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, made=[{**one, "who": names.get(one["by"].partition("|")[0], "")} for one in made],
        today=clock.today(where.place.zone), wrong=wrong or {},
    )  # fmt: skip


def _columns() -> list[Any]:
    return [
        ImportBatch.public, ImportBatch.name, ImportBatch.state, ImportBatch.new, ImportBatch.changed, ImportBatch.same,
        ImportBatch.refused, ImportBatch.total, ImportBatch.done, ImportBatch.by, ImportBatch.made_at,
        ImportBatch.begins,
    ]  # fmt: skip


def _file(name: str, kind: str, raw: bytes) -> Response[bytes]:
    safe = "".join(one if (one.isalnum() and one.isascii()) or one in "-_." else "_" for one in name)
    return Response(
        raw, media_type=sheets.KINDS[kind],
        headers={"content-disposition": f'attachment; filename="{safe}"', "cache-control": "no-store"},
    )  # fmt: skip
