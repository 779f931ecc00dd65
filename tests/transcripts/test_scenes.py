"""Each scene of this folder, played through the real inbox and the channels' real renderers, word for word."""

from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import clock, database, settings
from core.phrases import phrase
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp
from tests.transcripts import fitting, rows, scene
from tests.transcripts.ending import UNNAMED, UNSAID
from tests.transcripts.own_bots import SCENES as OWN_SCENES
from tests.transcripts.own_bots import OwnStage
from tests.transcripts.scene import Decided, Hears, Helped, Prepared, Says, Scene
from tests.transcripts.screens import Bubble
from tests.transcripts.stage import Stage, Wardrobe, settings_for

SCENES = scene.scenes()


@pytest.fixture(scope="session")
def wardrobe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wardrobe]:
    with Telegram() as telegram, Slack() as slack, WhatsApp() as whatsapp:
        yield Wardrobe(tmp_path_factory.mktemp("companies"), telegram, slack, whatsapp)


@pytest.fixture
async def stage(
    request: pytest.FixtureRequest, wardrobe: Wardrobe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    played, kind = request.param if isinstance(request.param, tuple) else (request.param, Stage)
    monkeypatch.setattr(settings, "_current", None)
    at = played.opening.at
    assert at is not None
    file = tmp_path / "scene.db"
    try:
        await wardrobe.copy(at.date(), file)
        settings.use(settings_for(file, wardrobe.telegram, wardrobe.slack, wardrobe.whatsapp))
        for stand_in in (wardrobe.telegram, wardrobe.slack, wardrobe.whatsapp):
            stand_in.sent.clear()
            stand_in.calls.clear()
            stand_in.refusals.clear()
        wardrobe.slack.views.clear()
        await database.open_database(settings.current())
        made = kind(played, wardrobe.telegram, wardrobe.slack, wardrobe.whatsapp)
        await made.set()
        yield made
        await made.strike()
    finally:
        clock.move(None)
        await database.close_database()


@pytest.mark.parametrize("stage", SCENES, ids=[f"{one.language}/{one.name}" for one in SCENES], indirect=True)
async def test_scene(stage: Stage) -> None:
    await perform(stage)


OWN = [(one, OwnStage) for one in SCENES if one.name in OWN_SCENES]


@pytest.mark.parametrize("stage", OWN, ids=[f"{one.language}/{one.name}" for one, _ in OWN], indirect=True)
async def test_a_scene_over_the_companys_own_bot_and_number(stage: OwnStage) -> None:
    shared = [len(one.sent) for one in stage.shared]
    await perform(stage)
    assert [len(one.sent) for one in stage.shared] == shared == [0, 0], "the installation's own say nothing"


def _told(name: str) -> Scene:
    return next(one for one in SCENES if (one.language, one.name) == ("id", name))


def _wrong() -> dict[str, Scene]:
    """Scenes that say what does not happen."""
    talk, asked = _told("dialog.cancel_back"), _told("leave.half_day")
    assert talk.ending is not None and asked.ending is not None
    at = next(at for at, (_, line) in enumerate(talk.lines) if isinstance(line, Hears) and len(line.choices) > 1)
    number, heard = talk.lines[at]
    assert isinstance(heard, Hears)

    def instead(*lines: tuple[int, Says | Hears | Prepared]) -> Scene:
        return replace(talk, lines=[*talk.lines[:at], *lines, *talk.lines[at + 1 :]])

    return {
        "another word": instead((number, replace(heard, words=heard.words.replace("Selasa", "Rabu")))),
        "another word beside an ellipsis": instead((number, replace(heard, words="… Rabu …"))),
        "an ellipsis too few": instead((number, replace(heard, words="… Rabu"))),
        "another order": instead((number, replace(heard, choices=heard.choices[::-1]))),
        "a message left out": instead(),
        "the end left out": replace(talk, lines=talk.lines[:-1]),
        "a message too many": replace(talk, lines=[*talk.lines, talk.lines[-1]]),
        "another last message": replace(talk, ending=replace(talk.ending, key="dialog.cancelled")),
        "a row too many": replace(talk, ending=replace(talk.ending, written=asked.ending.written)),
        "a row too few": replace(asked, ending=replace(asked.ending, written=talk.ending.written)),
    }


@pytest.mark.parametrize("stage", _wrong().values(), ids=_wrong(), indirect=True)
async def test_a_scene_that_is_not_so_fails(stage: Stage) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        await perform(stage)


def _open() -> Scene:
    """A scene as a company hands it on: what changes is an ellipsis, and the end is not said."""
    talk = _told("dialog.cancel_back")
    lines = [
        (number, replace(line, words=f"… {line.words.split()[1]} …", choices=()) if isinstance(line, Hears) else line)
        for number, line in talk.lines
    ]
    return replace(talk, lines=lines, ending=UNSAID)


@pytest.mark.parametrize("stage", [_open()], ids=["open"], indirect=True)
async def test_an_ellipsis_stands_for_anything(stage: Stage) -> None:
    await perform(stage)


async def perform(stage: Stage) -> None:
    """Play the scene of this stage from its first line to its last, and compare."""
    played = stage.scene
    before, newest = await rows.now(stage.company), await rows.newest_message(stage)
    play = Play(stage)
    await play.act(played.opening)
    for number, line in played.lines:
        where = f"{played.language}/{played.name}.chat:{number}"
        if isinstance(line, Hears):
            await play.hear(line, where)
        elif isinstance(line, Says):
            await play.say(line)
        else:
            await play.act(line)
    await play.catch_up()
    left = [str(bubble) for bubble in play.unread[played.person]]
    assert left == [], "the scene does not show this"
    assert (stage.telegram.refusals, stage.slack.refusals, stage.whatsapp.refusals) == ([], [], [])
    await fitting.check(stage.company)
    ending = played.ending
    assert ending is not None
    if ending == UNSAID:
        return
    assert await rows.last_message(stage) == (ending.kind, ending.key)
    if ending.written != UNNAMED:
        assert await rows.written(stage, before) == ending.written
    for count, who in ending.messages:
        assert await rows.messages_to(stage, who, newest) == count


class Play:
    """A scene as it goes on: what people did, and what they have not been shown yet."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.unread: dict[str, deque[Bubble]] = {who: deque() for who in stage.screens}
        self.speaker = stage.scene.person

    async def act(self, prepared: Prepared) -> None:
        """The clock moves, and what people do in other talks happens."""
        await self.catch_up()
        clock.move(prepared.at)
        await self.catch_up()
        if prepared is not self.stage.scene.opening:
            for who, given in prepared.people.items():
                self.stage.move(who, given.channel or self.stage.scene.channel_of(who))
        for act in prepared.acts:
            if isinstance(act, Decided):
                await self._decide(act)
            elif isinstance(act, Helped):
                await self.stage.help(act)
            else:
                await self.stage.submit(act)
        await self.catch_up()

    async def say(self, line: Says) -> None:
        """A person writes or presses; several in a row arrive before the first is answered."""
        self.speaker = line.who
        screen = self.stage.screens[line.who]
        if line.file is not None:
            await screen.send(line.file, line.words or None)
        else:
            await (screen.press(line.words) if line.pressed else screen.write(line.words))

    async def hear(self, line: Hears, where: str) -> None:
        """The next thing a person is shown reads so; what others are told and the scene leaves out is passed over."""
        await self.catch_up()
        who = line.who or self.speaker
        wanted = Bubble(line.words, line.choices, line.edited)
        unread = self.unread[who]
        shown = [str(bubble) for bubble in unread]
        while unread:
            bubble = unread.popleft()
            if wanted.fits(bubble):
                return
            if who == self.stage.scene.person:
                break
        pytest.fail(f"{where}\n  expected  {who} {wanted}\n  shown     " + "\n            ".join(shown or ["nothing"]))

    async def catch_up(self) -> None:
        """Let the product answer, and look at every screen."""
        await self.stage.settle()
        for who, screen in self.stage.screens.items():
            self.unread[who].extend(await screen.news())

    async def _decide(self, act: Decided) -> None:
        screen = self.stage.screens[act.by]
        await screen.press(phrase(f"approvals.{act.verdict}", screen.language))
        await self.catch_up()
