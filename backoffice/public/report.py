"""The public report form, for whoever does not sign in; nothing on it tells which companies or people are here."""

from collections.abc import Collection, Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.attachments import Saved, saved
from backoffice.controllers.session import claimed
from backoffice.controllers.ticket_files import file_in
from backoffice.rendering import page, refusal
from core.accounts import addresses
from core.errors import Refused
from core.helpdesk import report_files, reports, tickets
from core.helpdesk.reports import Receipt
from core.messaging import attachments
from core.privacy import kinds, misuse, misuse_desk, misuse_way, public_form, requests, way

FIELDS = {
    "publicform.company_needed": "company", "publicform.kind_needed": "kind", "tickets.words_needed": "words",
    "tickets.too_long": "words", "publicform.not_found": "secret", "privacy.kind_needed": "right",
    "privacy.words_needed": "words", "privacy.too_long": "words",
    "misuse.about_needed": "about", "misuse.words_needed": "words", "misuse.too_long": "words",
}  # fmt: skip


class Written(Struct):
    """A report."""

    company: str = ""
    kind: str = ""
    right: str = ""  # over personal data, where it is about those
    about: str = misuse_way.DATA  # of misuse
    accused: str = ""  # who is reported
    name: str = ""
    contact: str = ""
    words: str = ""


class Followed(Struct):
    """What opens a report again, and what is added to it."""

    number: str = ""
    secret: str = ""
    words: str = ""


class Named(Struct):
    """What opens a report, and a file of it."""

    number: str = ""
    secret: str = ""
    paper: str = ""


class ReportController(Controller):
    """`/report`."""

    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @get("/report")
    async def form(self, request: Web) -> Response[str]:
        """The form, and where a report is followed."""
        return await _form(request, Written())

    @get("/lapor")
    async def lapor(self) -> Response[Any]:
        """The same under its Indonesian name."""
        return Redirect("/report", status_code=303)

    @post("/report")
    async def send(self, request: Web, data: URLEncodedBody[Written]) -> Response[str]:
        """Keep a report, and show its number and secret, once."""
        language = asker.of(request).language
        await claimed(request)  # it is not given back: so many reports from one network within an hour, and no more
        try:
            if data.kind == reports.DATA:
                receipt = await public_form.submit(
                    data.company[:200], data.right[:8], data.name[:120], data.contact[:200], data.words[:5000],
                    language=language,
                )  # fmt: skip
            elif data.kind == reports.MISUSE:
                told = misuse.Told(
                    data.about[:8], data.accused[:400], data.words[:5000], name=data.name[:120],
                    shows_name=bool(data.name.strip()),
                )  # fmt: skip
                kept = await misuse.by_form(data.company[:200], told, language=language)
                receipt = Receipt(kept.number, kept.secret, "")
            else:
                receipt = await reports.submit(
                    data.company[:200], data.kind[:8], data.name[:120], data.words[:5000], language=language
                )
        except Refused as no:
            return await _form(request, data, wrong={FIELDS.get(no.key, ""): refusal(request, no, "Asia/Jakarta")})
        return await page(request, "public/report_sent.html", receipt=receipt)

    @post("/report/follow")
    async def follow(self, request: Web, data: URLEncodedBody[Followed]) -> Response[str]:
        """A report with its answers."""
        return await _follow(request, data, adds=False)

    @post("/report/add")
    async def add(self, request: Web, data: URLEncodedBody[Followed]) -> Response[str]:
        """Add to a report, or answer what was asked."""
        return await _follow(request, data, adds=True)


class ReportFilesController(Controller):
    """`/report/file`, `/report/add-file`: a file is a POST with number and secret, never an address of its own."""

    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @post("/report/file", status_code=200)
    async def open_(self, request: Web, data: URLEncodedBody[Named]) -> Response[Any]:
        """A file that was sent with a report, to be saved."""
        tried = await claimed(request)
        try:
            row = await report_files.opened(data.number[:20], data.secret[:80], data.paper[:22])
        except Refused as no:
            wrong = {"secret": refusal(request, no, "Asia/Jakarta")}
            return await _form(request, Written(), wrong=wrong, number=data.number[:20])
        await addresses.give_back(tried)
        return await saved(Saved(attachments.name_of(row), row.type, attachments.content(row)))

    @post("/report/add-file", request_max_body_size=11 * 1024 * 1024)
    async def add(self, request: Web) -> Response[str]:
        """Add a file to a report, with some words or none."""
        form = await request.form()
        told = Followed(*(str(form.get(name) or "") for name in ("number", "secret", "words")))
        name, raw = await file_in(form)
        tried = await claimed(request)
        try:
            if raw is None:
                raise Refused("tickets.file_needed")
            await report_files.add(told.number[:20], told.secret[:80], told.words[:5000], raw, name)
        except Refused as no:
            if no.key == "publicform.not_found":
                wrong = {"secret": refusal(request, no, "Asia/Jakarta")}
                return await _form(request, Written(), wrong=wrong, number=told.number[:20])
            await addresses.give_back(tried)
            return await _follow(request, told, adds=False, wrong={"file": refusal(request, no, "Asia/Jakarta")})
        await addresses.give_back(tried)
        return await _follow(request, told, adds=False, added=True)


async def _follow(
    request: Web, data: Followed, *, adds: bool, added: bool = False, wrong: dict[str, str] | None = None
) -> Response[str]:
    language = asker.of(request).language
    tried = await claimed(request)
    number, secret, wrong = data.number[:20], data.secret[:80], dict(wrong or {})
    letter = number.strip().upper()[:1]
    where: Any = {requests.LETTER: public_form, misuse.LETTER: misuse_desk}.get(letter, reports)
    rights, wrongs = letter in (requests.LETTER, misuse.LETTER), letter == misuse.LETTER  # neither takes files
    try:
        if adds:
            try:
                found = await where.add(number, secret, data.words[:5000], language=language)
            except Refused as no:
                if no.key == "publicform.not_found":
                    raise
                wrong = {"words": refusal(request, no, "Asia/Jakarta")}
                found = await where.follow(number, secret, language=language)
        else:
            found = await where.follow(number, secret, language=language)
        papers = {} if rights else await report_files.of(number, secret)
    except Refused as no:
        told = {"secret": refusal(request, no, "Asia/Jakarta")}
        return await _form(request, Written(), wrong=told, number=number)
    await addresses.give_back(tried)
    return await page(
        request, "public/report_followed.html", status=422 if wrong else 200, one=found, number=number, secret=secret,
        wrong=wrong, typed=data.words[:5000] if wrong else "", added=(adds or added) and not wrong,
        papers=papers, most=tickets.LONGEST,
        state=f"{'misuse' if wrongs else 'privacy' if rights else 'desk'}.state_mine_{found.state}",
        over=found.state not in _open(wrongs) if rights else found.state == "closed", rights=rights,
        works=asker.of(request).signed is not None,
    )  # fmt: skip


def _open(wrongs: bool) -> Collection[str]:
    return (*misuse_way.OPEN, misuse_way.CARRIED) if wrongs else way.OPEN


async def _form(
    request: Web, typed: Written, *, wrong: Mapping[str, str] | None = None, number: str = ""
) -> Response[str]:  # fmt: skip
    return await page(
        request, "public/report.html", status=422 if wrong else 200, typed=typed, wrong=dict(wrong or {}),
        number=number, kinds=reports.KINDS, rights=kinds.KINDS, article_of=kinds.ARTICLE, most=tickets.LONGEST,
        about=misuse_way.ABOUT,
    )  # fmt: skip


CONTROLLERS = (ReportController, ReportFilesController)
