"""`/account`: where somebody is signed in, which chats speak for them, password and second factor, and a block."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.session import signed_out, site
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.accounts import acts_in, blocks, new_passwords, passkeys, passwords, second_factor, sessions, sign_in
from core.errors import Refused
from core.messaging import block_notices, quiet, silence
from core.messaging.messages import CHANNEL_NAMES
from core.people import answering, identities
from core.phrases import jam_bulat

NAMES = {**CHANNEL_NAMES, "web": "Web"}


DONE = (
    "session", "sessions", "chat", "confirmed", "digits", "buttons", "password", "nights",
    "passkey", "passkey_named", "passkey_removed",
)  # fmt: skip
AGAIN = "/sign-in?again=1&next=/account/codes"


class Passwords(Struct):
    """The present password, and the one that takes its place."""

    current: str = ""
    password: str = ""


class Nights(Struct):
    """When what can wait does, as hours or empty, and whether news about wishes is wanted."""

    starts: str = ""
    ends: str = ""
    news: bool = False


class AccountController(Controller):
    """One's own account."""

    path = "/account"
    guards = (requires("account", "own"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Sessions first, then chats, then the password and the second factor."""
        return await self._shown(request, done)

    async def _shown(self, request: Web, done: str = "", wrong: dict[str, str] | None = None) -> Response[str]:
        who, where = asker.of(request).signed, standing(request)
        assert who is not None
        chats: list[Any] = []
        digits: bool | None = None
        night: quiet.Night | None = None
        if where.person is not None:
            async with database.reading(where.company):
                digits = await answering.by_digits(where.person)
                night = await quiet.of(where.person)
                for one in await identities.of_person(where.person):
                    silent = await silence.is_silent(
                        one.channel, one.account, one.external_id, person=where.person, verified_at=one.verified_at
                    )
                    name = NAMES.get(one.channel, one.channel)
                    chats.append({"channel": one.channel, "name": name, "since": one.verified_at, "silent": silent})
        return await page(
            request, "account/index.html", status=422 if wrong else 200, wrong=wrong or {},
            email=await sign_in.address_of(who.account),
            least=new_passwords.least(await acts_in.places(who.account, shut=())),
            sessions=await sessions.of_account(who.account, who.session),
            chats=chats, has_factor=await second_factor.is_on(who.account),
            codes_left=await second_factor.codes_left(who.account), digits=digits, night=night, hours=_hours(request),
            done=done if done in DONE else "", keys=await passkeys.of_account(who.account), site=site(request),
            by_name=passkeys.by_name(), by_codes=await second_factor.by_codes(who.account),
        )  # fmt: skip

    @post("/password")
    async def password(self, request: Web, data: URLEncodedBody[Passwords]) -> Response[str]:
        """Sign in with another password from now on; it takes the present one."""
        who, where = asker.of(request).signed, standing(request)
        assert who is not None
        try:
            await passwords.change(who.account, data.current[:1000], data.password, session=who.session)
        except Refused as no:
            name = "current" if no.key.startswith("accounts.current_") else "password"
            return await self._shown(request, wrong={name: refusal(request, no, where.place.zone)})
        return Redirect("/account?done=password", status_code=303)

    @get("/codes")
    async def ask_for_codes(self, request: Web) -> Response[str]:
        """What new recovery codes do to the old ones, for who has just signed in."""
        who = asker.of(request).signed
        assert who is not None
        if not await second_factor.is_on(who.account):
            return Redirect("/account", status_code=303)
        if not await sessions.is_recent(who.session):
            return Redirect(AGAIN, status_code=303)
        return await page(request, "account/codes.html", left=await second_factor.codes_left(who.account))

    @post("/codes")
    async def renew_codes(self, request: Web) -> Response[str]:
        """Ten new recovery codes, shown this once."""
        who = asker.of(request).signed
        assert who is not None
        if not await second_factor.is_on(who.account):
            return Redirect("/account", status_code=303)
        if not await sessions.is_recent(who.session):
            return Redirect(AGAIN, status_code=303)
        codes = await second_factor.renew_codes(who.account)
        return await page(request, "recovery_codes.html", framed=False, codes=codes, next="/account", once=True)

    @get("/awake", status_code=204)
    async def awake(self) -> None:
        """Somebody is still there: asking has kept the session alive."""

    @post("/sessions/{public:str}/end")
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """End one session; one's own too, which signs out here."""
        who = asker.of(request).signed
        assert who is not None
        await sessions.end(who.account, public)
        return Redirect("/account?done=session", status_code=303)

    @post("/sessions/end")
    async def end_others(self, request: Web) -> Response[str]:
        """End every session but this one."""
        who = asker.of(request).signed
        assert who is not None
        async with database.installation():
            await sessions.end_all(who.account, but=who.session)
        return Redirect("/account?done=sessions", status_code=303)

    @post("/chats/{channel:str}/end")
    async def unlink(self, request: Web, channel: FromPath[str]) -> Response[str]:
        """End the link of a chat."""
        where = standing(request)
        if where.person is not None:
            async with database.transaction(where.company):
                await identities.unlink(where.person, channel[:16], actor=acting(request))
        return Redirect("/account?done=chat", status_code=303)

    @post("/chats/{channel:str}/confirm")
    async def confirm(self, request: Web, channel: FromPath[str]) -> Response[str]:
        """Say that a chat in which nobody wrote for long is still one's own."""
        where = standing(request)
        if where.person is not None:
            async with database.transaction(where.company):
                await identities.confirm(where.person, channel[:16], actor=acting(request))
        return Redirect("/account?done=confirmed", status_code=303)

    @post("/answers")
    async def answers(self, request: Web) -> Response[str]:
        """Answer the chat's questions with digits, or with buttons again."""
        where, form = standing(request), await request.form()
        digits = form.get("by") == "digits"
        if where.person is not None:
            async with database.transaction(where.company):
                await answering.choose(where.person, digits=digits)
        return Redirect(f"/account?done={'digits' if digits else 'buttons'}", status_code=303)

    @post("/nights")
    async def nights(self, request: Web, data: URLEncodedBody[Nights]) -> Response[str]:
        """From when until when what can wait does, and whether news about wishes is sent."""
        where = standing(request)
        if where.person is not None:
            try:
                async with database.transaction(where.company):
                    await quiet.choose(where.person, _hour(data.starts), _hour(data.ends))
                    await quiet.choose_news(where.person, wanted=data.news, by=acting(request))
            except Refused as no:
                return await self._shown(request, wrong={"starts": refusal(request, no, where.place.zone)})
        return Redirect("/account?done=nights", status_code=303)

    @get("/block")
    async def ask_to_block(self, request: Web) -> Response[str]:
        """What a block ends, and how it is lifted."""
        return await page(request, "account/block.html")

    @post("/block")
    async def block(self, request: Web) -> Response[str]:
        """Block first, ask later: everything that speaks for this person ends now."""
        who, where = asker.of(request).signed, standing(request)
        assert who is not None
        async with database.transaction(where.company):
            ended = await blocks.block(where.person, channel="web", by=acting(request), account=who.account)
            await block_notices.tell(ended, where.employee, language=asker.of(request).language)
        answer = await page(
            request, "account/blocked.html", framed=False, place=where.place.name, zone=where.place.zone,
            company=where.place.name, number=f"B-{ended.block}", at=ended.at, sessions_ended=ended.sessions,
            chats=[NAMES.get(one, one) for one in dict.fromkeys(chat[0] for chat in ended.chats)],
        )  # fmt: skip
        return signed_out(answer)


def _hour(said: str) -> int | None:
    """An hour as a form sends it; -1, which no day has, for what is none."""
    words = said.strip()
    return None if not words else int(words) if words.isascii() and words.isdigit() and len(words) < 3 else -1


def _hours(request: Web) -> dict[str, str]:
    return {str(hour): jam_bulat(hour, asker.of(request).language) for hour in range(24)}
