"""The breach desk: declare, see who is concerned and what they will read, send, tell the authority, close."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.dates import instant_of
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import audit, clock, database, plain_pdf
from core.accounts import taking
from core.errors import Refused
from core.people.places import in_order
from core.people.tables import Department, Employment, Location, Person
from core.phrases import LANGUAGES, angka, one_line, phrase, saat
from core.privacy import breach_rules, breaches, deadlines
from core.privacy.breach_rules import Facts
from core.privacy.breach_tables import Breach, BreachLetter

FIELD_OF = {
    "breach.kinds_needed": "kinds", "breach.how_needed": "how", "breach.handling_needed": "handling",
    "breach.advice_needed": "advice", "breach.english_too_long": "how_en", "breach.authority_needed": "authority",
    "breach.found_later": "found_at", "calendar.date_unclear": "found_at", "breach.whose_needed": "whose",
    "breach.too_many_numbers": "numbers", "breach.numbers_unknown": "numbers", "breach.learnt_needed": "learnt",
}  # fmt: skip
DONE = ("declared", "sending", "authority", "closed")
LETTER_HEADS = ("register.number", "web.who", "breach.way", "breach.sent_at")


class Told(Struct):
    """The form of a breach."""

    whose: str = "everybody"
    department: str = ""
    location: str = ""
    numbers: str = ""
    kinds: str | list[str] = ""
    how: str = ""
    handling: str = ""
    advice: str = ""
    how_en: str = ""
    handling_en: str = ""
    advice_en: str = ""
    authority: str = ""
    found_at: str = ""
    drill: str = ""

    def chosen(self) -> list[str]:
        """The kinds of data that were ticked."""
        return [one for one in ([self.kinds] if isinstance(self.kinds, str) else self.kinds) if one]


class Ended(Struct):
    """What was learnt."""

    learnt: str = ""


class BreachesController(Controller):
    """`/{company}/privacy/breaches`."""

    path = "/{company:str}/privacy/breaches"
    guards = (requires("breaches", "handle"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """What was declared, the newest first, and the form."""
        return await _show(request)

    @post()
    async def declare(self, request: Web, data: URLEncodedBody[Told]) -> Response[str]:
        """Write one down: from here the list and the letters make themselves."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                of = data.department if data.whose == breach_rules.DEPARTMENT else data.location
                row = await breaches.declare(
                    whose=data.whose, of=int(of) if of.isascii() and of.isdigit() and len(of) < 10 else None,
                    numbers=data.numbers, kinds=data.chosen(), facts=_facts(data), authority=data.authority,
                    found_at=instant_of(data.found_at, where.place.zone), by=acting(request), drill=data.drill == "1",
                )  # fmt: skip
        except Refused as no:
            wrong = {FIELD_OF.get(no.key, "whose"): refusal(request, no, where.place.zone)}
            return await _show(request, wrong=wrong, typed=data, status=422)
        return Redirect(f"/{where.place.slug}/privacy/breaches/{row.public}?done=declared", status_code=303)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One breach: its clock, whom it concerns, the letters word by word."""
        return await _one(request, public, done=done if done in DONE else "")

    @post("/{public:str}/send")
    async def send(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Have every letter go."""
        return await _done(request, public, "sending", lambda row: breaches.send(row, by=acting(request)))

    @post("/{public:str}/authority")
    async def authority(self, request: Web, public: FromPath[str]) -> Response[str]:
        """The notice was handed to the authority."""
        return await _done(request, public, "authority", lambda row: breaches.told_authority(row, by=acting(request)))

    @post("/{public:str}/close")
    async def close(self, request: Web, public: FromPath[str], data: URLEncodedBody[Ended]) -> Response[str]:
        """It is over."""
        return await _done(
            request,
            public,
            "closed",
            lambda row: breaches.close(row, data.learnt, by=acting(request)),
            typed=data.learnt,
        )

    @post("/{public:str}/notice")
    async def notice(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The notice to the authority, ready to sign."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            await _found(public)
        await taking.claim(taking.FILES, where.company, acting(request).name)
        async with database.transaction(where.company):
            row = await _found(public)
            blocks = await _notice(row, where.place.name, where.place.zone, language)
            audit.record("breach.notice", f"breach:{row.id}", by=acting(request), number=row.number)
        name = f"serambi-{row.number.lower()}-notice.pdf"
        return Response(
            plain_pdf.sheet(blocks), status_code=200, media_type="application/pdf",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip

    @post("/{public:str}/export")
    async def export(self, request: Web, public: FromPath[str], data: URLEncodedBody[Wanted]) -> Response[Any]:
        """Whom it concerns and how they are told, as a file: who has neither chat nor mail is written to by hand."""
        async with database.reading(standing(request).company):
            await _found(public)
        return await exports.answer(request, EXPORT, kind=data.format, state=f"breach={public}")


async def _done(
    request: Web, public: str, what: str, act: Callable[[Breach], Awaitable[None]], *, typed: str = ""
) -> Response[str]:
    where = standing(request)
    try:
        async with database.transaction(where.company):
            await act(await _found(public))
    except Refused as no:
        wrong = {FIELD_OF.get(no.key, ""): refusal(request, no, where.place.zone)}
        return await _one(request, public, wrong=wrong, learnt=typed, status=422)
    return Redirect(f"/{where.place.slug}/privacy/breaches/{public}?done={what}", status_code=303)


async def _found(public: str) -> Breach:
    row = await breaches.of_public(public)
    if row is None:
        raise NotFoundException
    return row


def _facts(data: Told) -> Facts:
    names = ("how", "handling", "advice", "how_en", "handling_en", "advice_en")
    return Facts(**{name: one_line(getattr(data, name)) for name in names})


async def _show(
    request: Web, *, wrong: Mapping[str, str] | None = None, typed: Told | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        rows = await Breach.objects().order_by(Breach.id, ascending=False).limit(100)
        departments = {str(row["id"]): row["name"] for row in await in_order(Department)}
        places = {str(row["id"]): row["name"] for row in await in_order(Location)}
    now = clock.now()
    return await page(
        request, "privacy/breaches.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, rows=rows, wrong=wrong or {}, due=deadlines.due, now=now,
        typed=typed or Told(
            found_at=f"{now.astimezone(ZoneInfo(where.place.zone)):%Y-%m-%dT%H:%M}",
            authority=phrase("breach.authority_usual", language),
        ),
        kinds={one: phrase(f"breach.kind_{one}", language) for one in breach_rules.KINDS},
        whose={one: phrase(f"breach.whose_{one}", language) for one in breach_rules.WHOSE},
        departments={"": "-"} | departments, places={"": "-"} | places,
        open=sum(1 for one in rows if one.state != breach_rules.CLOSED and not one.drill),
    )  # fmt: skip


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, learnt: str = "",
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await _found(public)
        ways = await breaches.ways_of(row)
        by = await actors.names({row.declared_by})
        facts = breaches.facts_of(row)
        closing = breaches.closing_of(row)
    kinds, now = row.kinds.split(","), clock.now()
    letters = {
        one: phrase("breach.letter", one, **breach_rules.letter(facts, kinds, one, number=row.number))
        for one in LANGUAGES
    }
    due = deadlines.due(row.found_at)
    hours = max(0, int((due - now).total_seconds() // 3600))
    return await page(
        request, "privacy/breach.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, row=row, ways=ways, by=by.get(row.declared_by, ""), letters=letters, closing=closing,
        due=due, late=now > due, hours=hours, share=min(1000, int(1000 * (now - row.found_at) / deadlines.LIMIT)),
        kinds=breach_rules.kinds_in_words(kinds, language), facts=facts, done=done, wrong=wrong or {}, learnt=learnt,
        told=row.sent_at is not None and row.authority_told_at is not None,
    )  # fmt: skip


async def _notice(row: Breach, company: str, zone: str, language: str) -> list[tuple[plain_pdf.Style, str]]:
    facts, kinds = breaches.facts_of(row), breach_rules.kinds_in_words(row.kinds.split(","), language)

    def line(key: str, **more: str) -> tuple[plain_pdf.Style, str]:
        return plain_pdf.LINE, phrase(f"breach.{key}", language, **more)

    blocks = [(plain_pdf.TITLE, phrase("breach.notice_title", language, number=row.number))]
    if row.drill:
        blocks.append((plain_pdf.HEAD, phrase("breach.drill_sheet", language)))
    blocks += [
        line("notice_to", who=row.authority), line("notice_from", company=company),
        line("notice_found", at=saat(row.found_at, zone, language)),
        line("notice_people", number=angka(row.people, language), kinds=kinds),
    ]  # fmt: skip
    for name in ("how", "handling", "advice"):
        blocks += [(plain_pdf.HEAD, phrase(f"breach.{name}", language)), (plain_pdf.LINE, facts.words(name, language))]
    if row.sent_at is not None:
        blocks.append(line("notice_sent", at=saat(row.sent_at, zone, language)))
    blocks += [(plain_pdf.LINE, ""), line("notice_signed")]
    return blocks


# -- the list of letters ----------------------------------------------------------------------------------------------

HEADS = (Head("person", "web.who", by=BreachLetter.id),)


async def _listed(asked: Mapping[str, str], _: Reader) -> Listing:
    return listing.read(asked, HEADS, (Filter("breach", "breach.title"),), key=BreachLetter.id, default="person")


async def _wanted(listed: Listing) -> Any:
    row = await breaches.of_public(listed["breach"])
    return BreachLetter.breach == (row.id if row is not None else 0)


async def _lines(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    people = [row["person"] for row in found] or [0]
    names = {
        row["id"]: row["name"] for row in await Person.select(Person.id, Person.name).where(Person.id.is_in(people))
    }
    numbers = {
        row["person"]: row["number"]
        for row in await Employment.select(Employment.person, Employment.number).where(
            Employment.person.is_in(people)
        ).order_by(Employment.id)
    }  # fmt: skip
    return [
        (
            numbers.get(row["person"], ""), names[row["person"]], phrase(f"breach.way_{row['way']}", reader.language),
            exports.moment(row["sent_at"], reader.zone) if row["sent_at"] else "",
        )
        for row in found
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "breach_letters", "breaches", "handle", LETTER_HEADS, BreachLetter, BreachLetter.all_columns(), _listed,
        _wanted, _lines,
    )
)  # fmt: skip
