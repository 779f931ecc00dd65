"""People with roles, what was blocked, and mail that waits: who may act for the company, and the way back for those
who can't sign in."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal, says
from core import audit, database, settings
from core.accounts import abroad, appointing, blocks, joining, offers, passkeys, reach, second_factor
from core.accounts.appointing import Holder
from core.accounts.roles import allowed
from core.errors import Refused
from core.messaging import account_mail, block_notices, mail
from core.people import directory, identities
from core.people.tables import Person
from core.phrases import saat

DONE = (
    "appointed", "offered", "offered_sent", "offered_back", "dismissed", "signed_out", "factor", "lifted",
    "lifted_waits", "passkey_removed",
)  # fmt: skip


class Given(Struct):
    """A role for an address; `sure` once it was read over."""

    email: str = ""
    role: str = ""
    sure: str = ""


class Taken(Struct):
    """What is done to somebody who has a role; `sure` once it was read over."""

    role: str = ""
    reason: str = ""
    sure: str = ""


class RolesController(Controller):
    """The people with roles of one company."""

    path = "/{company:str}/roles"

    @get(guards=[requires("roles", "read")])
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Everybody with a role, and the form that appoints."""
        return await _list(request, done=done)

    @post(guards=[requires("roles", "appoint")])
    async def appoint(self, request: Web, data: URLEncodedBody[Given]) -> Response[str]:
        """Offer a role, or give it to who acts here already, after it was read over; its owner is told of an offer."""
        where = standing(request)
        async with database.reading(where.company):
            may_be_given = await appointing.given_here()
        if data.sure != "1" and data.role in may_be_given and joining.EMAIL.fullmatch(data.email.strip()):
            says_role = says(request, f"web.role_{data.role}")
            what = says(request, "accounts.sure_appoint", email=data.email.strip()[:254], role=says_role)
            return await _sure(request, f"/{where.place.slug}/roles", what, email=data.email.strip(), role=data.role)
        elsewhere = await joining.is_elsewhere(joining.index_of(data.email[:320].strip().lower()), here=where.company)
        try:
            async with database.transaction(where.company):
                account, asked = await appointing.appoint(data.email[:320], data.role, by=acting(request))
                found = [one for one in await offers.standing() if one.account == account and one.role == data.role]
                if asked and not found[0].told:
                    await account_mail.offer(found[0], elsewhere=elsewhere, by=acting(request))
        except Refused as no:
            return await _list(request, wrong={"email": refusal(request, no, where.place.zone)}, typed=data)
        return Redirect(f"/{where.place.slug}/roles?done={'offered' if asked else 'appointed'}", status_code=303)

    @post("/offers/{public:str}/send", guards=[requires("roles", "appoint")])
    async def send(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Tell the owner of the account once more."""
        where, found = standing(request), await _offer(request, public)
        elsewhere = await joining.is_elsewhere(joining.index_of(found.email), here=where.company)
        try:
            async with database.transaction(where.company):
                if not await account_mail.offer(found, elsewhere=elsewhere, by=acting(request)):
                    raise Refused("offers.unsent")
        except Refused as no:
            return await _list(request, wrong={"offers": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/roles?done=offered_sent", status_code=303)

    @post("/offers/{public:str}/revoke", guards=[requires("roles", "appoint")])
    async def revoke(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Take an offer back."""
        where, found = standing(request), await _offer(request, public)
        try:
            async with database.transaction(where.company):
                await offers.revoke(found, by=acting(request))
        except Refused as no:
            return await _list(request, wrong={"offers": refusal(request, no, where.place.zone)})
        return Redirect(f"/{where.place.slug}/roles?done=offered_back", status_code=303)

    @get("/{public:str}", guards=[requires("roles", "read")])
    async def one(self, request: Web, public: FromPath[str]) -> Response[str]:
        """One of them, and what may be done."""
        return await _one(request, public)

    @post("/{public:str}/dismiss", guards=[requires("roles", "appoint")])
    async def dismiss(self, request: Web, public: FromPath[str], data: URLEncodedBody[Taken]) -> Response[str]:
        """Take a role away, after it was read over."""
        where, found = standing(request), await _holder(request, public)
        here = f"/{where.place.slug}/roles/{public}"
        if data.sure != "1" and data.role in found.roles:
            what = says(
                request, "accounts.sure_dismiss", who=found.name or found.email,
                role=says(request, f"web.role_{data.role}"),
            )  # fmt: skip
            return await _sure(request, f"{here}/dismiss", what, role=data.role)
        return await _done(
            request, public, "dismissed", lambda: appointing.dismiss(found, data.role, by=acting(request))
        )

    @post("/{public:str}/sign-out", guards=[requires("accounts", "secure")])
    async def end_sessions(self, request: Web, public: FromPath[str]) -> Response[str]:
        """End all their sessions."""
        found = await _holder(request, public)
        return await _done(
            request, public, "signed_out", lambda: appointing.sign_out_everywhere(found, by=acting(request))
        )

    @post("/{public:str}/second-factor", guards=[requires("accounts", "secure")])
    async def take_off(self, request: Web, public: FromPath[str], data: URLEncodedBody[Taken]) -> Response[str]:
        """Take a lost second factor off, with a reason: never one's own, and nobody's whose role stands above."""
        return await _weaken(
            request, public, "factor",
            lambda account: second_factor.take_off(account, by=acting(request), reason=data.reason),
        )  # fmt: skip

    @post("/{public:str}/passkeys/{passkey:str}/remove", guards=[requires("accounts", "secure")])
    async def take_passkey(
        self, request: Web, public: FromPath[str], passkey: FromPath[str], data: URLEncodedBody[Taken]
    ) -> Response[str]:
        """Take one lost passkey off, under the same rules."""
        return await _weaken(
            request, public, "passkey_removed",
            lambda account: passkeys.take_off(account, passkey, by=acting(request), reason=data.reason),
        )  # fmt: skip


class BlocksController(Controller):
    """Accounts that were blocked, and how they are opened again."""

    path = "/{company:str}/blocked"
    guards = (requires("accounts", "secure"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What stands blocked, the newest first."""
        return await _blocked(request, done=done)

    @post("/{public:str}")
    async def lift(self, request: Web, public: FromPath[str], data: URLEncodedBody[Taken]) -> Response[str]:
        """Open somebody's accounts again, and send the code for a new link."""
        where = standing(request)
        async with database.reading(where.company):
            person = await Person.select(Person.id).where(Person.public == public).first()
        if person is None:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await blocks.lift(person["id"], data.reason, by=acting(request), by_person=where.person)
                employee = await directory.of_person(person["id"])
                if employee is not None:
                    code, expires = await identities.invite(employee, actor=acting(request))
                    until = saat(expires, employee.zone, employee.language)
                    if not await block_notices.tell_lifted(employee, code, until):
                        return await _blocked(request, code=f"{code[:4]}-{code[4:]}", who=employee.name)
        except Refused as no:
            return await _blocked(request, wrong=refusal(request, no, where.place.zone))
        done = "lifted" if settings.current().smtp_url else "lifted_waits"
        return Redirect(f"/{where.place.slug}/blocked?done={done}", status_code=303)


class MailController(Controller):
    """Mail that no server takes out of the house."""

    path = "/{company:str}/mail"
    guards = (requires("mail", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The mail that waits, with its links; that somebody read it stands in the audit."""
        where = standing(request)
        found = await mail.waiting(where.company)
        if found:
            async with database.transaction(where.company):
                audit.record("mail.read", f"company:{where.company}", by=acting(request), count=len(found))
        return await page(
            request, "roles/mail.html", place=where.place.name, zone=where.place.zone, company=where.place, mails=found,
            served=bool(settings.current().smtp_url),
        )  # fmt: skip


async def _list(
    request: Web, *, done: str = "", wrong: dict[str, str] | None = None, typed: Given | None = None
) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        found, offered = await appointing.holders(), await offers.standing()
        standing_blocks = len(await blocks.open_ones(limit=100))
        may_be_given = await appointing.given_here()
    return await page(
        request, "roles/index.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, found=found, offered=offered, wrong=wrong or {}, typed=typed or Given(),
        done=done if done in DONE else "",
        may_appoint=allowed(where.place.roles, "roles", "appoint"),
        may_read_mail=allowed(where.place.roles, "mail", "read"),
        roles={role: says(request, f"web.role_{role}") for role in may_be_given}, blocked=standing_blocks,
    )  # fmt: skip


async def _one(request: Web, public: str, *, wrong: str = "", status: int = 200) -> Response[str]:
    where, found = standing(request), await _holder(request, public)
    above = await _above(request, found)
    may_take_off = found.second_factor and not above and not _is_self(request, found)
    return await page(
        request, "roles/one.html", status=status, place=where.place.name, zone=where.place.zone, company=where.place,
        one=found, wrong={"reason": wrong} if wrong else {}, may_appoint=allowed(where.place.roles, "roles", "appoint"),
        may_take_off=may_take_off, above=above, keys=await _passkeys(request, found) if may_take_off else (),
    )  # fmt: skip


async def _passkeys(request: Web, found: Holder) -> Sequence[passkeys.Kept]:
    """Their passkeys, where they may be taken off here; of who acts elsewhere, too, nothing is told."""
    try:
        await abroad.hold(found.account, here=standing(request).company)
    except Refused:
        return ()
    return await passkeys.of_account(found.account)


async def _holder(request: Web, public: str) -> Holder:
    try:
        async with database.reading(standing(request).company):
            return await appointing.holder(public)
    except LookupError:
        raise NotFoundException from None


async def _offer(request: Web, public: str) -> offers.Standing:
    try:
        async with database.reading(standing(request).company):
            return await offers.one(public)
    except LookupError:
        raise NotFoundException from None


def _is_self(request: Web, found: Holder) -> bool:
    who = asker.of(request).signed
    return who is None or who.account == found.account


async def _above(request: Web, found: Holder) -> str:
    """The role of theirs that stands above whoever asks, or nothing."""
    async with database.reading(standing(request).company):
        return (await reach.of(acting(request))).accounts.get(found.account, "")


async def _weaken(request: Web, public: str, done: str, verb: Callable[[int], Awaitable[None]]) -> Response[str]:
    """Take off what somebody has lost: never one's own, nobody's whose role stands above, none who acts elsewhere."""
    found = await _holder(request, public)
    if _is_self(request, found) or await _above(request, found):
        raise PermissionDeniedException("another administrator does this")
    try:
        await abroad.hold(found.account, here=standing(request).company)
    except Refused as no:
        return await _one(request, public, wrong=refusal(request, no, standing(request).place.zone), status=422)
    try:
        return await _done(request, public, done, lambda: verb(found.account))
    except LookupError:
        raise NotFoundException from None


async def _done(request: Web, public: str, done: str, verb: Any) -> Response[str]:
    where = standing(request)
    try:
        async with database.transaction(where.company):
            await verb()
    except Refused as no:
        return await _one(request, public, wrong=refusal(request, no, where.place.zone), status=422)
    return Redirect(f"/{where.place.slug}/roles?done={done}", status_code=303)


async def _sure(request: Web, action: str, what: str, **fields: str) -> Response[str]:
    where = standing(request)
    return await page(
        request, "roles/sure.html", place=where.place.name, zone=where.place.zone, company=where.place, action=action,
        what=what, fields={**fields, "sure": "1"},
    )  # fmt: skip


async def _blocked(request: Web, *, done: str = "", wrong: str = "", code: str = "", who: str = "") -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        rows = await blocks.open_ones()
        persons = [row.person for row in rows if row.person is not None]
        people = await Person.select(Person.id, Person.public, Person.name).where(Person.id.is_in(persons or [0]))
    named = {row["id"]: row for row in people}
    shown = [
        {"number": f"B-{row.id}", "name": named[row.person]["name"] if row.person in named else "",
         "public": named[row.person]["public"] if row.person in named else "", "at": row.blocked_at,
         "chats": row.chats, "sessions": row.sessions}
        for row in rows
    ]  # fmt: skip
    return await page(
        request, "roles/blocked.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, found=shown, wrong=wrong, code=code, who=who, done=done if done in DONE else "",
    )  # fmt: skip


CONTROLLERS = (RolesController, BlocksController, MailController)
