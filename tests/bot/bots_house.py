"""Two companies with bots and numbers of their own beside the installation's, and the platforms that post to them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import pytest
from litestar import Litestar

from bot import conversation, delivery, door, templates_told, webhooks
from bot.channels import telegram_setup, whatsapp_setup
from core import clock, database, jobs, settings
from core.accounts.roles import SUPER
from core.audit import Actor
from core.messaging import bot_accounts, farewells, outbox
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, Account
from core.messaging.messages import Message
from core.messaging.tables import Inbound, Outbound
from core.people import identities
from core.people.tables import ChannelIdentity
from tests.core.cast import Cast, lay
from tests.outside.serving import Hook
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp, bsuid

HERE = "https://hr.example.id"
BY = Actor(SUPER, "web")
TOKENS = {"maju": "700001:own-bot-of-maju-standing-in", "sinar": "700002:own-bot-of-sinar-standing-in"}
META = {"maju": ("EAAownnumberofmajustanding", "a" * 32), "sinar": ("EAAownnumberofsinarstanding", "b" * 32)}
PHONES = {"maju": "200000000000001", "sinar": "200000000000002"}
BUSINESSES = {"maju": "300000000000001", "sinar": "300000000000002"}
SETUPS: dict[str, bot_accounts.Connector] = {TELEGRAM: telegram_setup.SETUP, WHATSAPP: whatsapp_setup.SETUP}
SINAR = """\
employee_number,name,email,manager,department,location,timezone,join_date,role
0001,Lina Gunawan,lina@{at},,Direksi,Jakarta,Asia/Jakarta,2016-03-01,super_administrator
0002,Bambang Irawan,bambang@{at},0001,Gudang,Jakarta,Asia/Jakarta,2019-02-04,
"""
REGISTERED = (templates_told.look, farewells.say)  # by being imported


@dataclass
class House:
    """Both companies, both platforms, and the way in."""

    maju: Cast
    sinar: Cast
    telegram: Telegram
    meta: WhatsApp
    http: httpx.AsyncClient

    def cast(self, whose: str) -> Cast:
        return self.maju if whose == "maju" else self.sinar

    async def connect_telegram(self, whose: str = "maju", *, mode: str = "webhook") -> Account:
        """A company brings its own bot."""
        self.telegram.others.get(TOKENS[whose]) or self.telegram.another(TOKENS[whose], f"{whose}_hr_bot")
        return await self._connect(TELEGRAM, whose, {"token": TOKENS[whose], "mode": mode})

    async def connect_whatsapp(self, whose: str = "maju", *, approved: bool = True) -> Account:
        """A company brings its own number; Meta approves its templates at once, or not yet."""
        token, secret = META[whose]
        if token not in self.meta.others:
            self.meta.another(token, secret, phone=PHONES[whose], business=BUSINESSES[whose])
        given = {"phone": PHONES[whose], "business": BUSINESSES[whose], "token": token, "secret": secret}
        account = await self._connect(WHATSAPP, whose, given)
        if approved:
            self.number(whose).approve_all()
            await self.asked_about_templates(account)
        return account

    async def _connect(self, channel: str, whose: str, given: dict[str, str]) -> Account:
        company = self.cast(whose).company
        async with database.reading(company):
            known = await bot_accounts.of_company(channel)
        full = bot_accounts.checked(channel, given, known)
        named = await SETUPS[channel].named(full)
        assert await bot_accounts.free(channel, named.account, company)
        async with database.transaction(company):
            account = await bot_accounts.save(channel, full, named, by=BY)
        await SETUPS[channel].connect(account)
        return account

    async def asked_about_templates(self, account: Account) -> None:
        """Meta is asked how it sees the templates of a number."""
        await templates_told.look(None, account.account)

    async def end(self, channel: str, whose: str = "maju") -> None:
        """A company lets its account go."""
        async with database.transaction(self.cast(whose).company):
            ended = await bot_accounts.end(channel, by=BY)
        assert ended is not None
        await SETUPS[channel].disconnect(ended)

    def bot(self, whose: str = "maju") -> Telegram:
        return self.telegram.others[TOKENS[whose]]

    def number(self, whose: str = "maju") -> WhatsApp:
        return self.meta.others[META[whose][0]]

    async def link(self, name: str, chat: str, *, channel: str, account: str, whose: str = "maju") -> None:
        """Let this chat speak for that employee."""
        sender = bsuid(chat) if channel == WHATSAPP else chat
        cast_ = self.cast(whose)
        async with database.transaction(cast_.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=cast_.people[name].person, channel=channel, account=account, external_id=sender, place=chat,
                    verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip

    async def code(self, name: str, whose: str = "maju") -> str:
        """HR invites somebody; returns the code."""
        code, _ = await identities.invite(self.cast(whose).people[name], actor=BY)
        return code

    async def knocks_as_telegram(self, hook: Hook, whose: str = "maju", **headers: str) -> int:
        """Telegram delivers where this bot's webhook leads, with the secret it was given for it."""
        told = self.bot(whose).webhook
        proof = {**hook.headers, "x-telegram-bot-api-secret-token": told["secret_token"], **headers}
        answer = await self.http.post(urlsplit(told["url"]).path, headers=proof, content=hook.body)
        return answer.status_code

    async def knocks(self, hook: Hook, account: Account) -> int:
        """Meta, or somebody else, posts this to the address of that account."""
        return (await self.http.post(account.path, headers=hook.headers, content=hook.body)).status_code

    async def settle(self, times: int = 3) -> None:
        """Let everything happen that is due, and what waits a moment."""
        for _ in range(times):
            await jobs.drain()
            clock.move(clock.now() + timedelta(seconds=3))

    async def heard(self) -> int:
        """How many messages were stored."""
        async with database.installation(writes=False):
            return int(await Inbound.count())

    async def rows(self, name: str, whose: str = "maju") -> list[dict[str, Any]]:
        """What was said to somebody, oldest first."""
        cast_ = self.cast(whose)
        async with database.reading(cast_.company):
            mine = Outbound.person == cast_.people[name].person
            return await Outbound.select().where(mine).order_by(Outbound.id)

    async def says(self, name: str, words: str, *, key: str = "leave.said", whose: str = "maju") -> dict[str, Any]:
        """Something is said to somebody that answers nothing; returns what became of it."""
        cast_ = self.cast(whose)
        async with database.transaction(cast_.company):
            there = await outbox.address_of(cast_.people[name].person)
            number = await outbox.post(there, Message(key, words), dedupe=f"said:{words}")
        await self.settle()
        async with database.reading(cast_.company):
            return cast(dict[str, Any], await Outbound.select().where(Outbound.id == number).first())


@asynccontextmanager
async def opened(maju: Cast) -> AsyncIterator[House]:
    """The house; the installation's own bot and number are there as well."""
    with Telegram() as telegram, WhatsApp() as meta, pytest.MonkeyPatch.context() as patched:
        patched.setitem(jobs.HANDLERS, "answer", conversation.answer)
        patched.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
        patched.setattr(
            settings, "_current",
            replace(settings.current(), base_url=HERE, **telegram.settings(), **meta.settings()),
        )  # fmt: skip
        sinar = await lay("PT Sinar Laut", at="sinar.example", people=SINAR)
        served = door.before(cast(Any, Litestar(route_handlers=webhooks.routes())), webhooks.hooks())
        transport = httpx.ASGITransport(cast(Any, served))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
            yield House(maju, sinar, telegram, meta, http)
        refusals = [*telegram.refusals, *meta.refusals]
        for other in (*telegram.others.values(), *meta.others.values()):
            refusals += other.refusals
        assert refusals == []
        await delivery.close()


def tampered(hook: Hook, account: str) -> Hook:
    """The same notification about another number, its signature as it was."""
    told = json.loads(hook.body)
    told["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = account
    return Hook(hook.path, hook.headers, json.dumps(told).encode())
