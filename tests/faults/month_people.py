"""What thirty people of one company do in a month, drawn from a seed: they write, press, change their minds and are late.

Nobody here knows what the product will answer: each looks at what stands on their screen, and mostly does what it offers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from core import clock, database
from core.accounts import joining, offers
from core.accounts.tables import MembershipOffer
from core.approvals import delegations, routing
from core.approvals.tables import Request, StepApprover
from core.audit import Actor
from core.calendar import versions
from core.calendar.tables import CompanyDay
from core.leave import collective, lots, nights, types
from core.leave.plans import Spell
from core.leave.policy import DAY, HALF
from core.people import directory, identities, imports
from core.people.directory import Employee
from core.phrases import phrase
from tests.faults.month import Month
from tests.outside import slack, telegram
from tests.outside.serving import Hook, Shown

HR = Actor("hr", "web")
HEAD = "employee_number,name,email,manager,department,location,timezone,join_date,resign_date,role\n"
FIRST = (
    "Hendra Ratna Sari Wayan Budi Tono Dewi Ika Maya Vina Agus Putri Yosef Lina Bayu Teguh Nur Rizky Fitri Joko Siti "
    "Made Ketut Asep Lilis Darto Rina Rudi Sinta Andi Eko Galih Hana Indra Kartika Laras Mira Nanda Oki Prita"
).split()
LAST = "Santoso Wulandari Sudarma Hartono Salim Susilo Permata Kusuma Hidayat Lestari".split()
PLACES = (("Jakarta", "Asia/Jakarta"), ("Jayapura", "Asia/Jayapura"))
HEADS = ("0001", "0002", "0003", "0004", "0005", "0006")
CHANNELS = ("telegram", "telegram", "telegram", "whatsapp", "slack")
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
ASKS = {
    "id": (
        "cuti {a} sampai {b}", "cuti {a}", "mau cuti", "cuti setengah hari {a}", "izin sakit hari ini", "sakit besok",
        "cuti {a}, urusan keluarga", "cuti tanpa gaji {a}", "cuti menikah {a} sampai {b}", "besok saya cuti ya",
    ),
    "en": (
        "leave {a} to {b}", "leave on {a}", "i want to take leave", "half a day off on {a}", "i'm sick today",
        "leave {a}, family matter", "unpaid leave {a}", "take tomorrow off",
    ),
}  # fmt: skip
OTHERWISE = {
    "id": ("sisa cuti", "status cuti", "batalkan cuti saya", "ganti tanggal cuti jadi {a}", "tarik cuti {a}", "menu",
           "kenapa sisa cuti segitu", "siapa yang cuti minggu ini", "halo", "rekap cuti", "apa yang menunggu saya"),
    "en": ("leave balance", "leave status", "cancel my leave", "change my leave to {a}", "withdraw my request", "menu",
           "why is my balance like that", "who is away this week", "hello", "what waits for me"),
}  # fmt: skip
ANSWERS = {
    "id": (
        "ya",
        "tidak",
        "batal",
        "kembali",
        "{a}",
        "{a} sampai {b}",
        "urusan keluarga",
        "lanjut",
        "sedang tutup buku",
        "1",
    ),
    "en": ("yes", "no", "cancel", "back", "{a}", "{a} to {b}", "family matter", "continue", "we close the books", "1"),
}
UNLINK = {"id": "putuskan chat ini", "en": "unlink this chat"}


@dataclass
class Somebody:
    """One employee, as seen from their chat."""

    number: str
    name: str
    head: str
    language: str
    channel: str
    zone: str
    place: str
    person: int = 0
    linked: bool = False
    gone: bool = False
    code: str = ""  # that HR handed them last
    token: str = ""  # of the button pressed last

    @property
    def account(self) -> str:
        """As their platform knows them."""
        digits = int(self.number)
        if self.channel == "telegram":
            return str(555_000_000 + digits)
        return f"62811{digits:07}" if self.channel == "whatsapp" else f"U{digits:06}"


@dataclass
class Company:
    """The people, and who of them does what next."""

    month: Month
    many: int
    busy: float = 1.0  # how often a day somebody wants something

    def __post_init__(self) -> None:
        self.chance = Random(f"{self.month.seed}:people")
        self.people: dict[str, Somebody] = {}
        self.id = 0

    # -- how it begins

    async def found(self) -> None:
        """Register the company and its people, with the leave that they are due."""
        chance = self.chance
        heads = {"0001": "", "0002": "0001", "0003": "0001", "0004": "0001", "0005": "0003", "0006": "0004"}
        for number in range(1, self.many + 1):
            place, zone = PLACES[number % 2]
            under = heads.get(f"{number:04}", chance.choice(("0003", "0004", "0005", "0006")))
            self._somebody(f"{number:04}", under, place, zone)
        rows = [self._row(one) for one in self.people.values()]
        company, _ = await joining.add_company("PT Sebulan", "owner@sebulan.example")
        self.id = company.id
        taken = await imports.take(self.id, (HEAD + "\n".join(rows)).encode(), actor=HR)
        assert not taken.bad, taken.bad
        async with database.transaction(self.id):
            for row in await MembershipOffer.select(MembershipOffer.account):
                await offers.take(row["account"])
            everyone = await directory.everyone()
            for one in everyone:
                self.people[one.number].person = one.person
            await nights.bring([Spell(one.id, one.joins, one.leaves) for one in everyone], clock.today("Asia/Jakarta"))
        for who in list(self.people.values()):
            self.month.at(self.month.now + timedelta(hours=chance.uniform(0, 30)), self._wrapped(self.invited, who))
            if who.number in HEADS:
                self._heads(who)

    def begin_days(self, days: int) -> None:
        """HR does something several times a day, and heads look at what waits for them."""
        for day in range(days):
            for _ in range(self.chance.choice((0, 1, 1, 2))):
                at = self.month.begins + timedelta(days=day, hours=self.chance.uniform(0, 10))
                self.month.at(at, self.hr)

    def _somebody(self, number: str, head: str, place: str, zone: str) -> Somebody:
        chance = self.chance
        name = f"{FIRST[(int(number) - 1) % len(FIRST)]} {chance.choice(LAST)}"
        language = "en" if chance.random() < 0.25 else "id"
        one = Somebody(number, name, head, language, chance.choice(CHANNELS), zone, place)
        self.people[number] = one
        return one

    def _row(self, one: Somebody, *, leaves: str = "", joins: str | None = None) -> str:
        role = {"0001": "super_administrator", "0002": "administrator"}.get(one.number, "")
        joined = joins or f"{2012 + int(one.number) % 12}-0{1 + int(one.number) % 9}-04"
        department = "Direksi" if one.head in ("", "0001") else f"Bagian {one.head}"
        mail = f"o{one.number}@sebulan.example"
        return f"{one.number},{one.name},{mail},{one.head},{department},{one.place},{one.zone},{joined},{leaves},{role}"

    def _wrapped(self, act: Callable[[Somebody], Any], one: Somebody) -> Callable[[], Any]:
        return lambda: act(one)

    def _wants(self, one: Somebody) -> None:
        """They will want something again, mostly in the hours of their work."""
        at = self.month.now + timedelta(hours=self.chance.expovariate(self.busy / 24))
        local = at.astimezone(ZoneInfo(one.zone))
        if not 7 <= local.hour < 20 and self.chance.random() < 0.9:
            at = datetime.combine(local.date() + timedelta(days=local.hour >= 20), time(7, 30), ZoneInfo(one.zone))
            at += timedelta(minutes=self.chance.uniform(0, 240))
        self.month.at(at, self._wrapped(self.begins, one))

    # -- what one of them does

    async def invited(self, one: Somebody) -> None:
        """HR hands them a code, and they type it, sooner or later."""
        if one.gone:
            return
        if (me := await self._employee(one)) is None:
            return
        async with database.transaction(self.id):
            made = await self.month.tries(f"{one.number} is invited", identities.invite(me, actor=HR))
        if made is not None:
            if not one.code:
                self._wants(one)
            one.code = made[0]
            after = timedelta(minutes=self.chance.choice((1, 5, 60, 1_500)))
            self.month.at(self.month.now + after, lambda: self.says(one, made[0], 3))

    async def begins(self, one: Somebody) -> None:
        """Something new comes to their mind: to ask, to answer what is open, or to look what waits."""
        self._wants(one)
        if one.gone:
            return
        drawn = self.chance.random()
        if drawn < 0.7:
            await self.says(one, self.chance.choice(ASKS[one.language]), 5)
        elif drawn < 0.72:
            await self.says(one, UNLINK[one.language], 2)
            self.month.at(
                self.month.now + timedelta(hours=self.chance.uniform(3, 40)), self._wrapped(self.invited, one)
            )
        else:
            await self.says(one, self.chance.choice(OTHERWISE[one.language]), 3)

    async def says(self, one: Somebody, words: str, more: int) -> None:
        """They write this, and look later what came of it."""
        said = self._dated(one, words)
        self.month.note(f"{one.number} writes {said}")
        self.month.met["messages"] += 1
        await self.month.knock(self._writes(one, said))
        self._soon(one, more)

    def _soon(self, one: Somebody, more: int) -> None:
        if more > 0 and self.chance.random() < 0.92:
            wait = self.chance.choice((3, 8, 20, 60, 60, 600, 9_000)) * self.chance.uniform(0.5, 1.5)
            self.month.at(self.month.now + timedelta(seconds=wait), lambda: self.answers(one, more - 1))

    async def answers(self, one: Somebody, more: int) -> None:
        """Press one of the choices that stand there, mostly of the newest message, or write something instead."""
        if one.gone:
            return
        shown = list(self._shown(one))
        newest = shown[-1] if shown else None
        if (view := self._window(one)) is not None:
            self.month.note(f"{one.number} sends a window")
            await self.month.knock(slack.submission("sedang tutup buku", one.account, view=view))
        elif newest is None or not newest.buttons or self.chance.random() < 0.12:
            await self.says(one, self._reply(one, newest.words if newest else ""), more)
        else:
            offering = [message for message in shown if message.buttons]
            message = newest if self.chance.random() < 0.9 else self.chance.choice(offering[-12:])
            titles = list(message.buttons)
            title = titles[0] if self.chance.random() < 0.7 else self.chance.choice(titles)
            await self._press(one, message, title, more)

    def _reply(self, one: Somebody, asked: str) -> str:
        """Mostly what was asked for, as far as somebody sees it at a glance."""
        if self.chance.random() < 0.75:
            if any(word in asked for word in ("kode", "code")):
                return one.code or one.number
            if any(word in asked.lower() for word in ("tanggal", "kapan", "when", "which day", "date")):
                return self.chance.choice(ANSWERS[one.language][4:6])
        return self.chance.choice(ANSWERS[one.language])

    def _heads(self, one: Somebody) -> None:
        """A head looks again what waits, some hours later."""
        self.month.at(
            self.month.now + timedelta(hours=self.chance.expovariate(1 / 5)), self._wrapped(self.decides, one)
        )

    async def decides(self, one: Somebody) -> None:
        """Press on a card that stands open, mostly to say yes; or let it stand."""
        self._heads(one)
        cards = [message for message in self._shown(one) if self._opens(message)]
        if cards and not one.gone:
            message = self.chance.choice(cards)
            titles = list(message.buttons)
            await self._press(one, message, titles[0] if self.chance.random() < 0.65 else self.chance.choice(titles), 2)

    async def _press(self, one: Somebody, message: Shown, title: str, more: int) -> None:
        self.month.note(f"{one.number} presses {title}")
        self.month.met["presses"] += 1
        one.token = message.buttons[title]
        hook = self._presses(one, message, title)
        await self.month.knock(hook)
        if self.chance.random() < 0.06:
            await self.month.knock(self._presses(one, message, title))  # and once more, as impatient people do
        self._soon(one, more)

    # -- their chats

    def _shown(self, one: Somebody) -> Sequence[Shown]:
        platform = {"telegram": self.month.telegram, "slack": self.month.slack, "whatsapp": self.month.whatsapp}
        return platform[one.channel].in_place(one.account)

    def _opens(self, message: Shown) -> bool:
        return any(phrase("approvals.approve", language) in message.buttons for language in ("id", "en"))

    def _window(self, one: Somebody) -> dict[str, Any] | None:
        if one.channel != "slack" or not one.token:
            return None
        mine = [view for view in self.month.slack.views if view["private_metadata"] == one.token]
        one.token = ""
        return mine[-1] if mine else None

    def _writes(self, one: Somebody, words: str) -> Hook:
        if one.channel == "telegram":
            return self.month.telegram.update(words, one.account, language=one.language)
        if one.channel == "whatsapp":
            return self.month.whatsapp.message(words, one.account)
        return self.month.slack.event(words, one.account)

    def _presses(self, one: Somebody, message: Shown, title: str) -> Hook:
        if one.channel == "telegram":
            return telegram.press(message.buttons[title], one.account, int(message.ref), language=one.language)
        if one.channel == "whatsapp":
            return self.month.whatsapp.pressed(message.buttons[title], one.account, message.ref)
        channel, _, stamp = message.ref.partition(":")
        return slack.press(message.buttons[title], one.account, channel=channel, ts=stamp)

    def _dated(self, one: Somebody, words: str) -> str:
        first = self.month.now.date() + timedelta(days=self.chance.choice((1, 2, 3, 5, 8, 13, 21)))
        last = first + timedelta(days=self.chance.choice((0, 1, 1, 2, 4)))
        a, b = (f"{day.day} {MONTHS[one.language][day.month - 1]}" for day in (first, last))
        return words.format(a=a, b=b)

    # -- what HR does

    async def _employee(self, one: Somebody) -> Employee | None:
        async with database.reading(self.id):
            return await directory.of_person(one.person)

    async def hr(self) -> None:
        """HR, or an organisation that changes, does one thing."""
        acts = (
            self._corrects, self._corrects, self._turns_collective, self._changes_calendar, self._changes_calendar,
            self._hires, self._lets_go, self._moves, self._lends, self._lends, self._lends, self._reassigns,
        )  # fmt: skip
        await self.chance.choice(acts)()

    def _any(self) -> Somebody:
        return self.chance.choice([one for one in self.people.values() if not one.gone])

    async def _corrects(self) -> None:
        one, quantity = self._any(), self.chance.choice((HALF, DAY, 3 * DAY, -HALF, -DAY))
        me, today = await self._employee(one), clock.today(one.zone)
        if me is None:
            return

        async def adjust() -> None:
            async with database.transaction(self.id):
                await lots.adjust(me.id, quantity, year=today.year, today=today)

        await self.month.tries(f"{one.number} is corrected by {quantity}", adjust())

    async def _turns_collective(self) -> None:
        year, short = clock.today("Asia/Jakarta").year, self.chance.choice(types.SHORT)

        async def turn() -> None:
            async with database.transaction(self.id):
                batch = await collective.batch_of(year)
                if batch is not None and batch.undone_at is None:
                    await collective.undo(batch, actor=HR)
                else:
                    await collective.post(year, short, actor=HR)

        await self.month.tries(f"collective leave of {year} turns", turn())

    async def _changes_calendar(self) -> None:
        day = clock.today("Asia/Jakarta") + timedelta(days=self.chance.randint(2, 25))
        kind = self.chance.choice(("national", "company", "working"))

        async def change() -> None:
            async with database.transaction(self.id):
                mine = await CompanyDay.select(CompanyDay.id).where(CompanyDay.until.is_null()).first()
                if mine is not None and self.chance.random() < 0.4:
                    await versions.take_back(mine["id"], "uji", actor=HR)
                else:
                    said = versions.Said(day, kind, "Hari uji", "Test day")
                    await versions.say([said], "uji", actor=HR)

        await self.month.tries(f"{day} is {kind}", change())

    async def _take(self, row: str, what: str) -> bool:
        taken = await self.month.tries(what, imports.take(self.id, (HEAD + row).encode(), actor=HR))
        return taken is not None and not taken.bad

    async def _hires(self) -> None:
        place, zone = self.chance.choice(PLACES)
        one = self._somebody(f"{len(self.people) + 1:04}", self.chance.choice(("0003", "0005")), place, zone)
        today = clock.today(zone)
        if not await self._take(self._row(one, joins=today.isoformat()), f"{one.number} joins"):
            self.people.pop(one.number)
            return
        async with database.reading(self.id):
            found = [each for each in await directory.everyone() if each.number == one.number]
        if found:
            one.person = found[0].person
            self.month.at(self.month.now + timedelta(hours=2), self._wrapped(self.invited, one))
            self._wants(one)
        else:
            self.people.pop(one.number)

    async def _lets_go(self) -> None:
        one = self._any()
        if one.number in ("0001", "0002") or self.chance.random() < 0.5:
            return
        last = clock.today(one.zone) + timedelta(days=self.chance.choice((0, 0, 1, 9)))
        one.gone = await self._take(self._row(one, leaves=last.isoformat()), f"{one.number} leaves on {last}")

    async def _moves(self) -> None:
        one = self._any()
        head = self.chance.choice([h for h in ("0003", "0004", "0005") if h != one.number])
        if one.number in ("0001", "0002", "0003", "0004", "0005", "0006"):
            return
        one.head = head
        await self._take(self._row(one), f"{one.number} moves under {head}")

    async def _lends(self) -> None:
        heads = [self.people[number] for number in ("0003", "0004", "0005", "0006") if not self.people[number].gone]
        if len(heads) < 2:
            return
        giver, taker = self.chance.sample(heads, 2)
        one, other = await self._employee(giver), await self._employee(taker)
        if one is None or other is None:
            return
        starts = clock.now() + timedelta(hours=self.chance.choice((0, 0, 5, 30)))
        offered = await self.month.tries(
            f"{giver.number} lends to {taker.number}",
            delegations.offer(
                one, other.person, starts=starts, ends=starts + timedelta(days=self.chance.choice((1, 3, 9))),
                most=self.chance.choice((None, DAY)), actor=Actor(f"person:{one.person}", "web"),
            ),
        )  # fmt: skip
        if offered is not None and self.chance.random() < 0.7:
            by = Actor(f"person:{other.person}", "web")
            await self.month.tries("it is accepted", delegations.accept(offered, by=other, actor=by))

    async def _reassigns(self) -> None:
        async with database.reading(self.id):
            seats = await StepApprover.select(StepApprover.person, StepApprover.step.request).where(
                (StepApprover.step.state == "open") & StepApprover.ended_at.is_null()
            ).order_by(StepApprover.id)  # fmt: skip
            if not seats:
                return
            seat = self.chance.choice(seats)
            request = await Request.objects().get(Request.id == seat["step.request"])
        assert request is not None
        by = self.people["0002"].person
        await self.month.tries(
            f"a seat of {request.number} moves",
            routing.reassign(
                request, from_=seat["person"], to=self._any().person, reason="sakit", by=by, channel="web"
            ),
        )
