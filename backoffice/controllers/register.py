"""The register of processing, and who works with the data in the company's name: generated, and signed."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Head, Listing
from backoffice.rendering import page, refusal
from core import audit, clock, database, plain_pdf
from core.accounts import taking
from core.accounts.roles import allowed
from core.errors import Refused
from core.phrases import phrase, tanggal
from core.privacy import registry
from core.privacy.registry import Activity, DataReceiver
from core.privacy.registry_tables import ProcessorApproval

HEADS = tuple(
    Head(one, f"register.{one}")
    for one in ("activity", "purpose", "basis", "about", "categories", "special", "kept", "receivers")
)
FIELD_OF = {
    "register.name_needed": "name", "register.country_needed": "country", "register.safeguard_needed": "safeguard",
    "register.document_needed": "document",
}  # fmt: skip


class Word(Struct):
    """The company's word on a processor, as it was typed."""

    verdict: str = ""
    name: str = ""
    country: str = ""
    safeguard: str = ""
    document: str = ""


class RegisterController(Controller):
    """`/{company}/privacy/register`."""

    path = "/{company:str}/privacy/register"

    @get(guards=[requires("register", "read")])
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Every activity, who receives data, and on which grounds an assessment is due."""
        return await _show(request, done=done if done in (registry.APPROVED, registry.REFUSED) else "")

    @post("/export", guards=[requires("register", "read")])
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The register as a file, as the authority may ask for it."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @post("/assessment", guards=[requires("register", "read")])
    async def assessment(self, request: Web) -> Response[bytes]:
        """The assessment of the impact (art. 34) as a sheet: what follows from the register, with room for the words
        and the signature of the officer."""
        where, language = standing(request), asker.of(request).language
        await taking.claim(taking.FILES, where.company, acting(request).name)
        async with database.transaction(where.company):
            blocks = await _sheet(where.place.name, where.place.zone, language)
            audit.record("list.exported", "export:register", by=acting(request), rows=len(blocks), filters="")
        return Response(
            plain_pdf.sheet(blocks), status_code=200, media_type="application/pdf",
            headers={"content-disposition": f'attachment; filename="serambi-dpia-{clock.now():%Y-%m-%d}.pdf"'},
        )  # fmt: skip

    @post("/processors/{name:str}", guards=[requires("register", "change")])
    async def say(self, request: Web, name: FromPath[str], data: URLEncodedBody[Word]) -> Response[str]:
        """Agree to a processor in writing, or refuse them."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await registry.say(
                    name, data.verdict, name=data.name, country=data.country, safeguard=data.safeguard,
                    document=data.document, by=acting(request),
                )  # fmt: skip
        except LookupError:
            raise NotFoundException from None
        except Refused as no:
            wrong = {FIELD_OF.get(no.key, ""): refusal(request, no, where.place.zone)}
            return await _show(request, wrong=wrong, typed=data, about=name, status=422)
        return Redirect(f"/{where.place.slug}/privacy/register?done={data.verdict}#{name}", status_code=303)


async def _show(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Word | None = None,
    about: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = await registry.processors()
        risks = await registry.risks()
        listed = await _listed(listing.asked(request), Reader(language, where.place.zone))
        words = await ProcessorApproval.objects().order_by(ProcessorApproval.id, ascending=False).limit(50)
        by = await actors.names({one.by for one in words})
    return await page(
        request, "privacy/register.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, list=listed, rows=[told(one, found, language) for one in registry.activities()],
        processors=found, risks=risks, due=any(one.given for one in risks), words=words, by=by, done=done,
        open=sum(one.open for one in found), wrong=wrong or {}, typed=typed or Word(), about=about,
        may=allowed(where.place.roles, "register", "change"), seat_of=lambda one: seat(one, language),
        safeguards={one: phrase(f"register.safeguard_{one}", language) for one in registry.SAFEGUARDS},
    )  # fmt: skip


def told(one: Activity, processors: Sequence[DataReceiver], language: str) -> dict[str, str]:
    """An activity in words; of those outside, only who is used here."""

    def some(kind: str, names: Sequence[str]) -> str:
        return ", ".join(phrase(f"register.{kind}_{name}", language) for name in names)

    return {
        "activity": phrase(f"register.activity_{one.id}", language),
        "purpose": phrase(f"register.purpose_{one.id}", language),
        "basis": phrase(f"register.basis_{one.basis}", language, article=registry.BASES[one.basis]),
        "about": some("about", one.about), "categories": some("category", one.categories),
        "special": some("special", one.special) or "-", "kept": some("kept", one.kept),
        "receivers": ", ".join(called(each, language) for each in processors if each.used and each.id in one.to) or "-",
    }  # fmt: skip


def called(one: DataReceiver, language: str) -> str:
    """A processor's name; where nobody has said it yet, what they do."""
    return one.name or phrase(f"register.processor_{one.id}", language)


def seat(one: DataReceiver, language: str) -> str:
    """The country in words, as far as it is one of those that are known by name here."""
    if not one.country:
        return phrase("register.seat_unknown", language)
    known = ("ID", "US", "AE", "SG", "IE", "DE", "AU", "JP")
    return phrase(f"register.country_{one.country.lower()}", language) if one.country in known else one.country


async def _listed(asked: Mapping[str, str], _: Reader) -> Listing:
    return listing.read(asked, (), (), key=ProcessorApproval.id, default="")


async def _lines(_: Listing, reader: Reader) -> list[Sequence[object]]:
    found = await registry.processors()
    return [tuple(told(one, found, reader.language).values()) for one in registry.activities()]


async def _sheet(company: str, zone: str, language: str) -> list[tuple[plain_pdf.Style, str]]:
    found = await registry.processors()
    day = tanggal(clock.today(zone), language)
    blocks = [
        (plain_pdf.TITLE, phrase("register.sheet_title", language, company=company)),
        (plain_pdf.LINE, phrase("register.sheet_made", language, day=day)),
        (plain_pdf.HEAD, phrase("register.risks", language)),
    ]
    for risk in await registry.risks():
        said = phrase("register.given" if risk.given else "register.not_given", language)
        blocks.append((plain_pdf.LINE, f"{said}: {phrase(f'register.risk_{risk.id}', language)}"))
        blocks.append((plain_pdf.LINE, phrase(f"register.measure_{risk.id}", language)))
    for one in registry.activities():
        words = told(one, found, language)
        blocks.append((plain_pdf.HEAD, words["activity"]))
        blocks += [
            (plain_pdf.LINE, f"{phrase(head.label, language)}: {words[head.name]}") for head in HEADS[1:]
        ]  # fmt: skip
    blocks.append((plain_pdf.HEAD, phrase("register.processors", language)))
    for each in found:
        if each.used:
            state = "register.agreed" if not each.open else "register.not_agreed"
            blocks.append(
                (plain_pdf.LINE, f"{called(each, language)}, {seat(each, language)}: {phrase(state, language)}")
            )
    blocks += [(plain_pdf.HEAD, phrase("register.sheet_words", language))] + [(plain_pdf.LINE, "." * 90)] * 6
    blocks += [(plain_pdf.LINE, phrase("register.sheet_signed", language))]
    return blocks


EXPORT = exported(
    Export(
        "register", "register", "read", tuple(head.label for head in HEADS), ProcessorApproval, (), _listed,
        every=_lines, personal=False,
    )
)  # fmt: skip
