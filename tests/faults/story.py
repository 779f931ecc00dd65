"""The whole story: Budi links his Telegram, asks for two days off, Sari approves on Slack, Budi is told."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.faults.installation import Installation
from tests.outside.serving import Hook

COMPANY = "PT Uji Coba"
SARI, BUDI = "U0SARI", 8101
TEAM_OF_SARI = 40  # further employees, for the races
SENTENCE = "cuti besok sampai jumat, antar ibu kontrol"
PEOPLE = "employee_number,name,department,manager,join_date\n" + "\n".join(
    [
        "HEAD,Sari Wulandari,Keuangan,,2019-02-01",
        "BUDI,Budi Santoso,Keuangan,HEAD,2020-03-02",
        *(f"P{n:02},Karyawan {n:02},Gudang,HEAD,2021-01-04" for n in range(TEAM_OF_SARI)),
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
    assert taken["new"] == TEAM_OF_SARI + 2
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


ACTS: dict[str, Act] = {
    "types_code": types_code,
    "agrees": agrees,
    "asks": asks,
    "confirms": confirms,
    "approves": approves,
}


async def tell(installation: Installation, told: Told) -> None:
    """Play every act to its end; whatever dies on the way is started again, whatever was not answered is sent again."""
    for act in ACTS.values():
        hook = await act(installation, told)
        told.hooks.append(hook)
        await installation.hand_over(hook)
        await installation.settle()


@dataclass(frozen=True)
class Passage:
    """That a part passed a crash point during an act, for the so-manieth time since it was started."""

    part: str
    act: str
    point: str
    nth: int

    @property
    def crash(self) -> dict[str, str]:
        """To die there."""
        return {self.part: f"{self.point}#{self.nth}"}


async def passages(installation: Installation, code: str) -> list[Passage]:
    """Every crash point passed while the story is told, in order."""
    await installation.start(notes=True)
    told, found, read = Told(code), [], dict.fromkeys(installation.parts, 0)
    times: Counter[tuple[str, str]] = Counter()
    for name, act in ACTS.items():
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
