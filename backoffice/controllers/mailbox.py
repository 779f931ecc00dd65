"""Connecting the mailbox of the company's desk: what to bring, whether each step works by now, and what of the mail
that came was not made a ticket."""

import asyncio
from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database, log, settings
from core.errors import Refused
from core.helpdesk import mail_in
from core.messaging import mailboxes
from core.messaging.mailboxes import Reader
from core.messaging.workspaces import Look
from core.phrases import phrase

PATIENCE = 12.0  # seconds that the page waits for a mail server
STEPS = ("server", "sign_in", "folder")
AWAY = Look(False, "away", (("error", "timeout"),))
SAVED = ("kept", "ended")
FIELDS = ("address", "host", "port", "security", "username", "folder")
Asked = NamedDependency[SkipValidation[Reader]]


class Typed(Struct):
    """How the mailbox is opened; an empty password stays as it is."""

    address: str = ""
    host: str = ""
    port: str = ""
    security: str = mailboxes.TLS
    username: str = ""
    password: str = ""
    folder: str = ""


class MailboxController(Controller):
    """`/{company}/settings/mail`."""

    path = "/{company:str}/settings/mail"
    guards = (requires("settings", "change"),)

    @get()
    async def show(self, request: Web, mail: Asked, saved: FromQuery[str] = "") -> Response[str]:
        """Each step with how it stands at the mail server."""
        return await _show(request, mail, saved=saved)

    @post("/keys")
    async def keys(self, request: Web, mail: Asked, data: URLEncodedBody[Typed]) -> Response[str]:
        """Try the mailbox, and keep it if it opens."""
        where = standing(request)
        typed = {name: getattr(data, name)[:254] for name in (*FIELDS, "password")}
        try:
            async with database.reading(where.company):
                box = mailboxes.checked(typed, await mailboxes.of_company())
            looks = await _in_time(mail, box)
            wrong = next((one for one in (looks[step] for step in STEPS) if not one.well), None)
            if wrong is not None:
                raise Refused(f"mailboxes.look_{wrong.told}", **dict(wrong.facts))
            async with database.transaction(where.company):
                await mailboxes.save(box, by=acting(request))
        except Refused as no:
            log.warning("mailbox_not_connected", reason=no.key)
            field = no.key.partition("wrong_")[2]
            return await _show(
                request, mail, wrong={field: refusal(request, no, where.zone)}, typed=typed, status=422
            )  # fmt: skip
        return Redirect(f"/{where.place.slug}/settings/mail?saved=kept", status_code=303)

    @post("/end")
    async def end(self, request: Web) -> Response[str]:
        """Read it no more."""
        where = standing(request)
        async with database.transaction(where.company):
            if not await mailboxes.end(by=acting(request)):
                raise NotFoundException
        return Redirect(f"/{where.place.slug}/settings/mail?saved=ended", status_code=303)


async def _show(
    request: Web, mail: Reader, *, saved: str = "", wrong: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        box = await mailboxes.of_company()
        left = await mail_in.left()
    looks = {} if box is None or typed is not None else await _in_time(mail, box)
    kept: dict[str, Any] = {} if box is None else {name: str(getattr(box, name)) for name in FIELDS}
    shown = {name: value for name, value in (typed or {}).items() if name != "password"}
    return await page(
        request, "channels/mail.html", status=status, place=where.place.name, company=where.place, zone=where.zone,
        box=box, wrong=wrong or {}, typed={"security": mailboxes.TLS, **kept, **shown}, left=left,
        looks={**dict.fromkeys(STEPS), **{name: _seen(one, language) for name, one in looks.items()}},
        outgoing=settings.current().smtp_url != "", security=mailboxes.SECURITY,
        saved=saved if saved in SAVED else "",
    )  # fmt: skip


async def _in_time(mail: Reader, box: mailboxes.Box) -> dict[str, Look]:
    """How the mail server answers, or that it did not in time."""
    try:
        return await asyncio.wait_for(mail.looks(box), PATIENCE)
    except TimeoutError:
        return dict.fromkeys(STEPS, AWAY)


def _seen(look: Look, language: str) -> dict[str, object]:
    return {"well": look.well, "told": phrase(f"mailboxes.look_{look.told}", language, **dict(look.facts))}
