"""What was typed into a form and not sent: kept while somebody writes, given back to them, thrown away."""

from typing import Any
from urllib.parse import parse_qsl

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from backoffice import asker
from backoffice import drafts as forms
from backoffice.asker import Web
from backoffice.drafts import Form
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import refusal
from core import clock, database, drafts
from core.errors import Refused
from core.phrases import jam, phrase, tanggal_pendek

NOTHING = 204


class DraftsController(Controller):
    """`/{company}/drafts/{form}/{thing}`: the script of the pages asks here, for the person who writes alone."""

    path = "/{company:str}/drafts/{name:str}/{thing:str}"
    guards = (requires("drafts", "own"),)

    @get()
    async def show(
        self, request: Web, name: FromPath[str], thing: FromPath[str], seen: FromQuery[str] = ""
    ) -> Response[Any]:
        """What was left in this form, and whether what it is about has changed since; 204 where nothing was."""
        where, _ = _form(request, name, thing)
        async with database.reading(where.company):
            kept = await drafts.of(f"{name}/{thing}", by=acting(request))
        if kept is None:
            return Response(None, status_code=NOTHING)
        changed = kept.seen != seen[:40]
        said = _said(request, where, "changed" if changed else "restored", kept.saved_at)
        return Response({"fields": kept.fields, "changed": changed, "said": said})

    @post()
    async def save(self, request: Web, name: FromPath[str], thing: FromPath[str]) -> Response[Any]:
        """Keep what is typed so far, and say when it was kept."""
        where, form = _form(request, name, thing)
        body = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        seen = dict(body).get("seen", "")[:40]
        try:
            async with database.transaction(where.company):
                at = await drafts.save(f"{name}/{thing}", seen, forms.typed(form, body), by=acting(request))
        except Refused as no:
            return Response({"said": refusal(request, no, where.place.zone)}, status_code=422)
        return Response({"said": _said(request, where, "saved", at)}, status_code=200)

    @post("/drop")
    async def drop(self, request: Web, name: FromPath[str], thing: FromPath[str]) -> Response[Any]:
        """Throw it away."""
        where, _ = _form(request, name, thing)
        async with database.transaction(where.company):
            await drafts.drop(f"{name}/{thing}", by=acting(request))
        return Response(None, status_code=NOTHING)


def _form(request: Web, name: str, thing: str) -> tuple[Standing, Form]:
    where = standing(request)
    form = forms.form_of(where, name, thing)
    if form is None:
        raise NotFoundException
    return where, form


def _said(request: Web, where: Standing, what: str, at: Any) -> str:
    """`Draf tersimpan 09.42`, with the day where it was not today."""
    language, zone = asker.of(request).language, where.place.zone
    when = jam(at, zone, language).partition(" ")[0]
    day = clock.local(at, zone).date()
    if day != clock.today(zone):
        when = f"{tanggal_pendek(day, language)}, {when}"
    return phrase(f"drafts.{what}", language, at=when)
