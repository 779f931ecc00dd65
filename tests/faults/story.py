"""The whole story: Budi links his Telegram, asks for two days off, Sari approves on Slack, Budi is told."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from types import MappingProxyType

from PIL import Image

from tests.faults.installation import Installation
from tests.outside.serving import Hook

COMPANY = "PT Uji Coba"
SARI, BUDI = "U0SARI", 8101
# For the races: ten administrators, and employees without a head, whose requests all ten may decide.
ADMINISTRATORS = [f"A{n:02}" for n in range(10)]
PAPER = BytesIO()
Image.new("RGB", (40, 30), "white").save(PAPER, "JPEG")
HEADLESS = [f"L{n:02}" for n in range(25)]
SENTENCE = "cuti besok sampai jumat, antar ibu kontrol"
PEOPLE = "employee_number,name,department,manager,join_date,email,role\n" + "\n".join(
    [
        "HEAD,Sari Wulandari,Keuangan,,2019-02-01,,",
        "BUDI,Budi Santoso,Keuangan,HEAD,2020-03-02,,",
        *(f"{who},Pengurus {who},HR,,2018-01-02,{who}@uji.example,administrator" for who in ADMINISTRATORS),
        *(f"{who},Karyawan {who},Gudang,,2021-01-04,," for who in HEADLESS),
    ]
)

Act = Callable[[Installation, "Told"], Awaitable[Hook]]


@dataclass
class Told:
    """What was brought to the product in a story: each request of a platform once, in order."""

    code: str
    hooks: list[Hook] = field(default_factory=list)


async def found(installation: Installation) -> str:
    """Set an installation up by the real commands, link Sari's Slack by the real webhooks; returns Budi's code."""
    await installation.command("migrate")
    await installation.command("company", "add", COMPANY, "--admin", "hr@uji.example")
    people = installation.folder / "people.csv"
    people.write_text(PEOPLE)
    taken = await installation.command("people", "import", str(people), "--company", COMPANY)
    assert taken["new"] == len(ADMINISTRATORS) + len(HEADLESS) + 2
    # The administrators of the file have accepted their roles, as they do by the link to the portal.
    await installation.books.write(
        "insert into membership (company, account, role, person) select company, account, role, person from membership_offer"
        " where role = 'administrator'"
    )
    await installation.books.write("delete from membership_offer where role = 'administrator'")
    code = await invitation(installation, "HEAD")
    await installation.start()
    for words in (code, "ya"):
        await installation.hand_over(installation.slack.event(words, SARI, at=installation.at))
        await installation.settle()
    assert "Tersambung" in installation.slack.last(SARI).words
    ended = await installation.stop()
    assert set(ended.values()) == {0}, ended
    return await invitation(installation, "BUDI")


async def invitation(installation: Installation, number: str) -> str:
    """The code by which this employee links a chat."""
    told = await installation.command("people", "invite", number, "--company", COMPANY)
    return str(told["code"])


def telegram_of(number: str) -> int:
    """The Telegram account of an employee of the crowd."""
    return 9_000_000 + int(number[1:])


def slack_of(number: str) -> str:
    """The Slack account of an administrator of the crowd."""
    return f"U0{number}"


async def link(installation: Installation, numbers: Sequence[str]) -> None:
    """Let these employees link their chats all at once: administrators Slack, others Telegram.

    Their codes are written into the table, which is what `serambi people invite` does one by one.
    """
    for number in numbers:
        expires = installation.now() + timedelta(hours=72)
        await installation.books.write(
            "insert into invitation (company, employment, code_hash, expires_at, replaced)"
            f" select company, id, '{hashlib.sha256(code_of(number).encode()).hexdigest()}', '{expires.isoformat(' ')}',"
            f" false from employment where number = '{number}'"
        )
    for words in ("code", "ya"):
        hooks = [_linking(installation, number, code_of(number) if words == "code" else words) for number in numbers]
        await asyncio.gather(*(installation.hand_over(hook) for hook in hooks))
        await installation.settle()
    linked = await installation.books.one("select count(*) as n from channel_identity where ended_at is null")
    assert linked["n"] == len(numbers) + 1, linked


async def all_ask(installation: Installation, numbers: Sequence[str]) -> None:
    """Let these employees ask at once how much leave they have left, until all of them are answered."""
    hooks = [installation.telegram.update("sisa cuti", telegram_of(number)) for number in numbers]
    await asyncio.gather(*(installation.hand_over(hook) for hook in hooks))
    await installation.settle()


def code_of(number: str) -> str:
    """The code that an employee of the crowd was given."""
    return "AAAAA" + number.translate(str.maketrans("01L", "XYZ"))


def _linking(installation: Installation, number: str, words: str) -> Hook:
    if number in ADMINISTRATORS:
        return installation.slack.event(words, slack_of(number), at=installation.at)
    return installation.telegram.update(words, telegram_of(number))


async def types_code(installation: Installation, told: Told) -> Hook:
    return installation.telegram.update(told.code, BUDI)


async def agrees(installation: Installation, told: Told) -> Hook:
    return installation.telegram.press("Ya, sambungkan", BUDI)


async def asks(installation: Installation, told: Told) -> Hook:
    return installation.telegram.update(SENTENCE, BUDI)


async def confirms(installation: Installation, told: Told) -> Hook:
    return installation.telegram.press("Ya, ajukan", BUDI)


async def approves(installation: Installation, told: Told) -> Hook:
    return installation.slack.press("Setujui", SARI, at=installation.at)


async def sends_a_paper(installation: Installation, told: Told) -> Hook:
    return installation.telegram.upload(PAPER.getvalue(), BUDI)


ACTS: dict[str, Act] = {
    "types_code": types_code,
    "agrees": agrees,
    "asks": asks,
    "confirms": confirms,
    "approves": approves,
    "sends_a_paper": sends_a_paper,
}


# act -> the parts that die in it, each at a crash point; named three times, it is the third time it passes there
Deaths = Mapping[str, Sequence[tuple[str, str]]]
NONE: Deaths = MappingProxyType({})


async def tell(installation: Installation, told: Told, deaths: Deaths = NONE, acts: Mapping[str, Act] = ACTS) -> None:
    """Play every act to its end; whatever dies on the way is started again, whatever was not answered is sent again."""
    for name, act in acts.items():
        hook = await _acted(installation, told, act)
        for (part, point), nth in Counter(deaths.get(name, ())).items():
            installation.is_to_die(part, [point], nth)
        told.hooks.append(hook)
        await installation.hand_over(hook)
        await installation.settle()


async def _acted(installation: Installation, told: Told, act: Act) -> Hook:
    try:
        return await act(installation, told)
    except AssertionError as missing:
        raise AssertionError(f"{missing}\n{await installation.state()}") from None


@dataclass(frozen=True)
class Passage:
    """That a part passed a crash point during an act, for the so-manieth time in it."""

    part: str
    act: str
    point: str
    nth: int

    @property
    def deaths(self) -> "Deaths":
        """To die there. How often a point is passed before an act is another number in each run."""
        return {self.act: [(self.part, self.point)] * self.nth}


async def passages(installation: Installation, code: str) -> list[Passage]:
    """Every crash point passed while the story is told, in order."""
    await installation.start(notes=True)
    told, found, read = Told(code), [], dict.fromkeys(installation.parts, 0)
    for name, act in ACTS.items():
        times: Counter[tuple[str, str]] = Counter()
        await installation.hand_over(await act(installation, told))
        await installation.settle()
        for part in installation.parts:
            noted = installation.notes(part)
            passed = noted.read_text().splitlines() if noted.exists() else []
            for point in passed[read[part] :]:
                times[part, point] += 1
                found.append(Passage(part, name, point, times[part, point]))
            read[part] = len(passed)
    return found
