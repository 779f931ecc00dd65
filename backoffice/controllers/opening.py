"""Balances of leave with which a company begins: a file that is sent, shown, taken as one, and undone as one."""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers import imports
from backoffice.guards import acting, requires, standing
from backoffice.rendering import refusal
from core import database, sheets
from core.errors import Refused
from core.leave import opening, opening_files, opening_words
from core.people import batches, copies

BASE = "leave/opening"
ACTS = {"apply": opening_files.apply, "undo": opening_files.undo, "drop": batches.drop}


class OpeningController(Controller):
    """`/{company}/leave/opening`."""

    path = "/{company:str}/leave/opening"
    guards = (requires("leave", "correct"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The form for a file, and the files so far."""
        return await imports.index(request, kind=opening.OPENING, base=BASE)

    @post("/file")
    async def send(self, request: Web) -> Response[str]:
        """Take a file in; the page of its batch shows what it would change."""
        where = standing(request)
        name, raw, _ = await imports.sent_file(request)
        try:
            public = await opening_files.receive(where.company, raw, name=name, by=acting(request))
        except Refused as no:
            wrong = {"file": refusal(request, no, where.place.zone)}
            return await imports.index(request, wrong, kind=opening.OPENING, base=BASE)
        return Redirect(f"/{where.place.slug}/{BASE}/{public}", status_code=303)

    @get("/template")
    async def template(self, request: Web, kind: FromQuery[str] = sheets.XLSX) -> Response[bytes]:
        """A file with every column and nobody in it."""
        kind = kind if kind in sheets.KINDS else sheets.XLSX
        return imports.file_answer(f"serambi-leave.{kind}", kind, sheets.written(kind, opening_words.COLUMNS, ()))

    @get("/{public:str}")
    async def batch(self, request: Web, public: FromPath[str]) -> Response[str]:
        """What a file would change, or changed: by row, with its reasons."""
        return await imports.batch_page(request, public, (opening.OPENING,), base=BASE)

    @get("/{public:str}/copy")
    async def copy(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file as it was sent, with the reasons in a last column."""
        where = standing(request)
        async with database.reading(where.company):
            await imports.batch_of(public, opening.OPENING)
        return imports.file_answer(*await copies.with_reasons(where.company, public, asker.of(request).language))

    @post("/{public:str}/{act:str}")
    async def act(self, request: Web, public: FromPath[str], act: FromPath[str]) -> Redirect:
        """Take a file's balances, take them back, or put the file aside."""
        where = standing(request)
        async with database.reading(where.company):
            await imports.batch_of(public, opening.OPENING)
        if act not in ACTS:
            raise NotFoundException
        await ACTS[act](where.company, public, by=acting(request))
        return Redirect(f"/{where.place.slug}/{BASE}/{public}", status_code=303)
