"""The stage of a scene: PT Maju Bersama on a database of its own, its people in their chats, the clock stopped."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import httpx
from litestar import Litestar

from bot import conversation, delivery, door, pieces, slack_hooks, webhooks
from core import clock, database, demo, jobs, migrate, settings
from core.accounts import joining
from core.accounts.tables import Invitation
from core.approvals import decisions, nudges, publishing, routing, rules
from core.approvals.rules import Level, Rules, Who
from core.approvals.tables import Counter
from core.audit import Actor
from core.helpdesk import handing, moving, tickets
from core.jobs import Job
from core.leave import jobs as leave_jobs
from core.leave import lots, requests
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveType
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.messaging.outbox import Address
from core.messaging.tables import Inbound
from core.notices import feature_requests
from core.notices.feature_rules import Step
from core.people import directory, identities
from core.people.directory import Employee
from core.people.tables import ChannelIdentity, Person
from core.settings import Settings
from tests.outside.serving import Hook
from tests.outside.slack import TEAM, Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp, bsuid
from tests.transcripts import data_desk, news
from tests.transcripts.scene import STRANGER, Asked, Given, Helped, Invited, Opened, Scene, Wish
from tests.transcripts.screens import Screen, SlackScreen, TelegramScreen, WebScreen, WhatsAppScreen

WIB = ZoneInfo("Asia/Jakarta")
FOUNDED = datetime(2026, 1, 1, tzinfo=WIB)
ROUNDS = 50
IN_A_ROW = timedelta(seconds=5)  # what is said to one chat faster than it may be said waits as long
BEFORE = timedelta(minutes=10)  # how long ago the requests of the first line were sent
GROUP = "-1001700000123"
STRANGERS_NUMBER = 9001
HR = Actor("scene", "command")
ANSWERS = (
    conversation.answer,
    delivery.deliver,
    leave_jobs.nightly,
    nudges.remind,
    routing.every_hour,
)  # registered by being imported


def settings_for(file: Path, telegram: Telegram, slack: Slack, whatsapp: WhatsApp) -> Settings:
    """An installation on this database that talks to the stand-ins."""
    return Settings(
        database_url=f"sqlite:///{file}", master_key="m" * 40, secret_key="s" * 40, telegram_name="SerambiBot",
        files=str(file.with_suffix(".files")),
        **telegram.settings(), **slack.settings(), **whatsapp.settings(),
    )  # fmt: skip


@dataclass
class Wardrobe:
    """The company as it is on the morning of a day, made once for each day and then copied."""

    folder: Path
    telegram: Telegram
    slack: Slack
    whatsapp: WhatsApp

    async def copy(self, day: date, to: Path) -> None:
        """Put the company of this day into a file of its own."""
        shutil.copy(await self._of(day), to)

    async def _of(self, day: date) -> Path:
        file = self.folder / f"{day}.db"
        if not file.exists():
            half = self.folder / f"{day}.half"
            shutil.copy(await self._founded(), half)
            settings.use(settings_for(half, self.telegram, self.slack, self.whatsapp))
            clock.move(datetime(day.year, day.month, day.day, 0, 10, tzinfo=WIB))
            await database.open_database(settings.current())
            await leave_jobs.nightly()
            await jobs.drain()
            await database.close_database()
            half.rename(file)
        return file

    async def _founded(self) -> Path:
        file = self.folder / "founded.db"
        if not file.exists():
            half = self.folder / "founded.half"
            settings.use(settings_for(half, self.telegram, self.slack, self.whatsapp))
            clock.move(FOUNDED)
            await migrate.migrate()
            await database.open_database(settings.current())
            await migrate.furnish()
            await demo.lay()
            await database.close_database()
            half.rename(file)
        return file


@dataclass
class Stage:
    """The open company of one scene."""

    scene: Scene
    telegram: Telegram
    slack: Slack
    whatsapp: WhatsApp
    company: int = 0
    people: dict[str, Employee] = field(default_factory=dict)
    screens: dict[str, Screen] = field(default_factory=dict)
    _rooms: dict[tuple[str, str], Screen] = field(default_factory=dict)
    _client: httpx.AsyncClient | None = None

    async def set(self) -> None:
        """Lay what the first ! line says is so."""
        opening = self.scene.opening
        assert opening.at is not None
        clock.move(opening.at)
        routes = Litestar(route_handlers=[*webhooks.routes(), *slack_hooks.routes()])
        app = door.before(cast(Any, routes), [*webhooks.hooks(), *slack_hooks.hooks()])
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://testserver")
        async with database.installation():
            found = await joining.by_name(demo.SLUG)
        assert found is not None
        self.company = found.id
        await self.prepare()
        async with database.reading(self.company):
            self.people = {one.first_name: one for one in await directory.everyone()}
        for who in sorted({self.scene.person, "Sari", "Rina", *opening.people}):
            await self._seat(who, opening.people.get(who, Given()))
        for team, (minimum, people) in opening.staffing.items():
            await self._staff(team, minimum, people)
        for own in opening.own:
            await self._own(own)
        for who, given in opening.people.items():
            if given.leave is not None:
                await self._set_leave(who, given.leave)
            if given.kind is not None:
                await self._grant(who, *given.kind)
        if opening.policy:
            await self._publish(opening.policy)
        if opening.chain:
            await self._chain(opening.chain)
        for who, day in opening.away:
            await self._leave_out(who, day, opening.at)
        for asked in opening.requests:
            await self._ask_before(asked, opening.at)
        for ticket in opening.tickets:
            await self._open(ticket)
        for idea in opening.ideas:
            await self._wish(idea)
        async with database.transaction(self.company):
            for letter, number in opening.numbers.items():
                await Counter.delete().where(Counter.letter == letter)
                await Counter.insert(Counter(letter=letter, last=number - 1))
        for invited in opening.invited:
            await self._invite(invited)
        clock.move(opening.at)
        await self.settle()
        for screen in self.screens.values():
            await screen.news()

    async def prepare(self) -> None:
        """What a company has besides; nothing here."""

    async def strike(self) -> None:
        """Close what `set` opened."""
        if self._client is not None:
            await self._client.aclose()
        await delivery.close()

    async def settle(self) -> None:
        """Let everything happen that is due, and what waits for another bubble or for its place in the row."""
        await jobs.drain()
        for _ in range(ROUNDS):
            soon = ((Job.name == "answer") & (Job.run_at <= clock.now() + pieces.PATIENCE)) | (
                (Job.name == "deliver") & (Job.run_at <= clock.now() + IN_A_ROW)
            )
            async with database.installation(writes=False):
                waits = await Job.select(Job.run_at).where(soon & (Job.state == "queued")).order_by(Job.run_at).first()
            if not waits:
                return
            clock.move(waits["run_at"])
            await jobs.drain()

    async def submit(self, asked: Asked) -> None:
        """An employee asks for leave, in a talk that the scene does not show."""
        period = Period(asked.starts, asked.ends)
        channel = self.scene.channel_of(asked.of)
        actor = Actor(f"person:{self.people[asked.of].person}", channel)
        if channel == "whatsapp":
            await self._wrote_on_whatsapp(self.people[asked.of], clock.now())
        made = await requests.submit(self.people[asked.of], "annual", period, asked.reason, actor=actor)
        assert asked.to is None or made.approvers == tuple(asked.to.split(",")), (
            f"{made.number} is before {made.approvers}"
        )
        assert asked.number is None or made.number == asked.number

    async def help(self, done: Helped) -> None:
        """An agent works on a ticket, on a page that the scene does not show."""
        if done.act == "announce":
            await news.send(done.number)
            return
        if done.number.startswith(("D-", "B-", "Y-")):
            await data_desk.does(self.company, done, self.people)
            return
        by = Actor(f"person:{self.people[done.by].person}", "web")
        async with database.transaction(self.company):
            ticket = await tickets.of_number(done.number)
            assert ticket is not None, f"there is no {done.number}"
            if done.act == "take":
                await tickets.take(ticket, by=by)
            elif done.act == "note":
                await tickets.note(ticket, done.words, by=by)
            elif done.act == "resolve":
                await tickets.solve(ticket, by=by, read=ticket.last)
            elif done.act == "hand_back":
                await handing.hand_back(ticket, by=by)
            elif done.act == "move":
                await moving.ask(ticket, done.words, by=by)
            else:
                then = tickets.WAITING if done.act == "wait" else tickets.OPEN
                await tickets.answer(ticket, done.words, by=by, read=ticket.last, then=then)

    async def _wish(self, wish: Wish) -> None:
        """A wish that HR had opened, supported by as many others; the scene's person is none of them."""
        letter, _, number = wish.number.partition("-")
        others = [
            one["id"] for one in await _people(self.company) if one["id"] != self.people[self.scene.person].person
        ]
        async with database.transaction(self.company):
            await Counter.delete().where(Counter.letter == letter)
            await Counter.insert(Counter(letter=letter, last=int(number) - 1))
            row = await feature_requests.submit(others[0], wish.title, by=HR)
            await feature_requests.move(row, Step("reviewing", title=wish.title), by=HR)
            if wish.state == "planned":
                await feature_requests.move(row, Step("planned", law="diperiksa"), by=HR)
            row.state = wish.state
            for person in others[1 : wish.votes]:
                await feature_requests.support(row, person, by=HR)
        assert row.votes == wish.votes, f"{wish.number} has {row.votes} votes"

    async def _open(self, opened: Opened) -> None:
        """A ticket that was opened before the scene, taken by an agent, and perhaps solved."""
        letter, _, number = opened.number.partition("-")
        who, screen = self.people[opened.of], self.scene.channel_of(opened.of)
        address = await self._mailbox(who, screen)
        clock.move(opened.at)
        async with database.transaction(self.company):
            await Counter.delete().where(Counter.letter == letter)
            await Counter.insert(Counter(letter=letter, last=int(number) - 1))
            actor = Actor(f"person:{who.person}", screen)
            told = await tickets.submit(who, opened.about, address=address, by=actor)
            if opened.agent is not None:
                agent = Actor(f"person:{self.people[opened.agent].person}", "web")
                await tickets.take(told.ticket, by=agent)
        if opened.resolved is not None:
            clock.move(opened.resolved)
            await self.help(Helped("resolve", opened.number, opened.agent or "Nina"))
            await self.settle()

    async def _mailbox(self, who: Employee, channel: str) -> Address:
        async with database.reading(self.company):
            row = await ChannelIdentity.select().where(
                (ChannelIdentity.person == who.person) & (ChannelIdentity.channel == channel)
                & ChannelIdentity.ended_at.is_null()
            ).first()  # fmt: skip
        if row is None:
            return Address("web", "web", str(who.person), who.person)
        return Address(channel, row["account"], row["place"] or row["external_id"], who.person)

    def move(self, who: str, channel: str) -> None:
        """This person goes on talking on another channel."""
        employee = self.people.get(who)
        number = STRANGERS_NUMBER if employee is None else int(employee.number)
        language = self.screens[who].language
        if (who, channel) not in self._rooms:
            self._rooms[who, channel] = self._screen(channel, language, number, employee)
        self.screens[who] = self._rooms[who, channel]

    async def _seat(self, who: str, given: Given) -> None:
        channel = self.scene.channel_of(who)
        if who == STRANGER:
            language = given.language or self.scene.language
            self.screens[who] = self._rooms[who, channel] = self._screen(channel, language, STRANGERS_NUMBER, None)
            return
        language = given.language or "id"
        employee = self.people[who]
        if given.head is not None:
            async with database.reading(self.company):
                head = await directory.employee(employee.manager or 0)
            assert head.first_name == given.head, f"the head of {who} is {head.first_name}"
        async with database.transaction(self.company):
            await Person.update({Person.language: language}).where(Person.id == employee.person)
        self.people[who] = employee = replace(employee, language=language)
        self.screens[who] = self._rooms[who, channel] = self._screen(channel, language, int(employee.number), employee)
        if given.linked:
            for one in dict.fromkeys([channel, *given.also]):
                await self._link(employee, one)

    def _screen(self, channel: str, language: str, number: int, employee: Employee | None) -> Screen:
        if channel in ("telegram", "telegram-group"):
            place = GROUP if channel == "telegram-group" else None
            account = telegram_id(number)
            return TelegramScreen(language, telegram=self.telegram, account=account, knock=self.knock, group=place)
        if channel == "whatsapp":
            account = whatsapp_number(number)
            return WhatsAppScreen(language, whatsapp=self.whatsapp, account=account, knock=self.knock)
        if channel == "slack":
            return SlackScreen(language, slack=self.slack, account=slack_id(number), knock=self.knock)
        assert employee is not None, "a stranger has no chat page"
        return WebScreen(language, employee=employee)

    async def knock(self, hook: Hook) -> None:
        """A platform posts this to the installation."""
        assert self._client is not None
        answer = await self._client.post(hook.path, headers=hook.headers, content=hook.body)
        assert answer.status_code == 200, f"{hook.path}: {answer.status_code} {answer.text}"

    async def _link(self, employee: Employee, channel: str) -> None:
        channel = channel.removesuffix("-group")
        if channel not in ("telegram", "slack", "whatsapp"):
            return
        async with database.transaction(self.company):
            code, _ = await identities.invite(employee, actor=HR)
        async with database.installation(writes=False):
            offered = await identities.offered(code)
        assert offered is not None
        number = int(employee.number)
        account, chat, place = {
            "telegram": (self.telegram.token.partition(":")[0], telegram_id(number), telegram_id(number)),
            "slack": (TEAM, slack_id(number), slack_id(number)),
            "whatsapp": (self.whatsapp.phone, bsuid(whatsapp_number(number)), whatsapp_number(number)),
        }[channel]
        async with database.transaction(self.company):
            await identities.link(
                offered.invitation, channel=channel, account=account, external_id=chat, place=place, consent="scene"
            )
        if channel == "whatsapp":
            assert self.scene.opening.at is not None
            await self._wrote_on_whatsapp(employee, self.scene.opening.at - BEFORE)

    async def _wrote_on_whatsapp(self, employee: Employee, at: datetime) -> None:
        """They talked there, which the scene does not show: free words may be sent to them for a day."""
        sender = bsuid(whatsapp_number(int(employee.number)))
        said = Incoming("whatsapp", self.whatsapp.phone, sender, f"wa:{database.new_public()}", words="halo", at=at)
        async with database.transaction(self.company):
            await Inbound.insert(
                Inbound(
                    channel=said.channel, account=said.account, sender=sender, external_id=said.external_id,
                    body=inbox.seal(said, company=self.company, person=employee.person), state="done",
                    received_at=at, answered_at=at, company=self.company, person=employee.person,
                )
            )  # fmt: skip

    async def _staff(self, team: str, minimum: int, people: int) -> None:
        named = next(one for one in self.people.values() if team.lower() in (one.department_name or "").lower())
        assert named.department is not None
        async with database.transaction(self.company):
            await directory.minimum_of(named.department, minimum)
            there = len(await directory.of_department(named.department))
        assert there == people, f"{there} people work in {named.department_name}"

    async def _set_leave(self, who: str, leave: Decimal) -> None:
        """Days are available once the requests of the first line are counted."""
        employee, wanted = self.people[who], int(leave * DAY)
        async with database.transaction(self.company):
            for asked in self.scene.opening.requests:
                if asked.of == who:
                    seen = await requests.preview(employee, "annual", Period(asked.starts, asked.ends))
                    wanted += seen.cost
            today = clock.today(employee.zone)
            missing = wanted - await lots.balance(employee.id)
            if missing:
                await lots.adjust(employee.id, missing, year=today.year, today=today)

    async def _grant(self, who: str, code: str, days: Decimal) -> None:
        """Days of a kind that the company gives by hand."""
        today = clock.today(self.people[who].zone)
        async with database.transaction(self.company):
            await lots.adjust(self.people[who].id, int(days * DAY), year=today.year, today=today, leave_type=code)

    async def _ask_before(self, asked: Asked, at: datetime) -> None:
        letter, _, number = (asked.number or "").partition("-")
        async with database.transaction(self.company):
            await Counter.delete().where(Counter.letter == letter)
            await Counter.insert(Counter(letter=letter, last=int(number) - 1))
        clock.move(at - BEFORE)
        await self.submit(asked)
        await self.settle()

        if asked.state == "applied":
            await self._approve(str(asked.number), self.people[asked.to or ""])
            await self.settle()

    async def _approve(self, number: str, by: Employee) -> None:
        async with database.reading(self.company):
            request = await decisions.by_number(number)
        assert request is not None
        await decisions.decide(
            request, "approve", reason=None, person=by.person, version=request.version, channel="web"
        )  # fmt: skip

    async def _leave_out(self, who: str, day: date, at: datetime) -> None:
        """This colleague has leave on that day, approved before the scene begins."""
        clock.move(at - 2 * BEFORE)
        employee = self.people[who]
        async with database.transaction(self.company):
            if await lots.balance(employee.id) < DAY:
                await lots.adjust(employee.id, DAY, year=day.year, today=clock.today(employee.zone))
        made = await requests.submit(employee, "annual", Period(day, day), None, actor=HR)
        async with database.reading(self.company):
            head = await directory.employee(employee.manager or 0)
        await self._approve(made.number, head)
        await self.settle()

    async def _publish(self, terms: dict[str, str]) -> None:
        """The company has its own rule for annual leave."""
        known = {"carry_days": int(Decimal(terms.get("carry_days", "0")) * DAY)}
        known |= {"carry_months": int(terms["carry_months"])} if "carry_months" in terms else {}
        async with database.transaction(self.company):
            await LeaveType.insert(
                LeaveType(
                    public=database.new_public(), code="annual", from_=FOUNDED.date(), terms=json.dumps(known),
                    examples="[]", published_at=FOUNDED, published_by="scene",
                )
            )  # fmt: skip

    async def _own(self, own: dict[str, str]) -> None:
        """The company has a kind of leave of its own, whose days it gives by hand."""
        terms = {"name_id": own["id"], "name_en": own["en"], "source": "-"}
        async with database.transaction(self.company):
            await LeaveType.insert(
                LeaveType(
                    public=database.new_public(), code=own["code"], from_=FOUNDED.date(), terms=json.dumps(terms),
                    examples="[]", published_at=FOUNDED, published_by="scene",
                )
            )  # fmt: skip

    async def _chain(self, levels: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        """Leave is decided in these steps, each by the first of its people who answers, by all or by so many of them."""

        def who(one: str) -> Who:
            return Who(rules.PERSON, person=self.people[one].person) if one in self.people else Who(one)

        made = Rules(
            tuple(
                Level(tuple(who(one) for one in asked), mode=mode.rstrip("123456789"), quorum=int(mode[6:] or 1))
                for mode, asked in levels
            )
        )
        await publishing.publish(
            requests.KIND, made, from_=clock.today("Asia/Jakarta"), company=self.company, actor=HR
        )  # fmt: skip

    async def _invite(self, invited: Invited) -> None:
        """The code of the scene, handed out as long before its end as every code is."""
        clock.move(invited.until - identities.CODE_LIFE)
        async with database.transaction(self.company):
            made, _ = await identities.invite(self.people[invited.who], actor=HR)
            await Invitation.update({Invitation.code_hash: identities.hash_of(invited.code)}).where(
                Invitation.code_hash == identities.hash_of(made)
            )


def telegram_id(number: int) -> str:
    """The Telegram account of the employee with this number."""
    return str(555_000_000 + number)


def whatsapp_number(number: int) -> str:
    """The WhatsApp number of the employee with this number."""
    return f"62811{number:07}"


def slack_id(number: int) -> str:
    """The Slack account of the employee with this number."""
    return f"U{number:06}"


async def _people(company: int) -> Sequence[Mapping[str, Any]]:
    async with database.reading(company):
        found: Sequence[Mapping[str, Any]] = await Person.select(Person.id).order_by(Person.id)
    return found
