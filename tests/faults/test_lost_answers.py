"""A platform takes a message and its answer is lost: once more and marked, or not at all, as the kind of message says."""

from datetime import timedelta

from tests.faults import checker, story
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import Told
from tests.outside.serving import Shown

UNTIL_REMINDED = timedelta(hours=6, minutes=30).total_seconds()  # from the morning on, when leave begins tomorrow


async def _until_asked(installation: Installation, code: str) -> Told:
    """Start, and play until Budi is asked whether to send his request."""
    told = Told(code)
    await installation.start()
    for act in (story.types_code, story.agrees, story.asks):
        await _play(installation, told, act)
    return told


async def _play(installation: Installation, told: Told, act: story.Act) -> None:
    hook = await act(installation, told)
    told.hooks.append(hook)
    await installation.hand_over(hook)
    await installation.settle()


def _about(shown: list[Shown], words: str) -> list[str]:
    """What stands on the screens with these words in it, as it was first said."""
    return [(one.before or [one.words])[0] for one in shown if words in (one.before or [one.words])[0]]


async def test_a_message_whose_answer_was_lost_is_said_once_more_and_marked(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        told = await _until_asked(installation, on_file.founded.code)
        installation.telegram.accept_then_drop()
        installation.slack.accept_then_drop()
        await _play(installation, told, story.confirms)
        for screen, words in ((installation.telegram.sent, "Terkirim: C-1"), (installation.slack.sent, "Cuti tahunan")):
            first, again = _about(screen, words)
            assert checker.RESENT not in first
            assert again.count(checker.RESENT) == 1
        await _play(installation, told, story.approves)
        wrong = await checker.of_story(
            installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
        )
        tried("the answer to a message was lost", on_file.name, 2, lost=wrong)
        assert not wrong


async def test_a_message_is_repeated_once_only(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        told = await _until_asked(installation, on_file.founded.code)
        installation.telegram.accept_then_drop(5)
        await _play(installation, told, story.confirms)
        copies = _about(installation.telegram.sent, "Terkirim: C-1")
        tried("the answer to a message was lost again and again", on_file.name, lost=len(copies) != 2)
        assert [checker.RESENT in words for words in copies] == [False, True]
        row = await installation.books.one("select state, error from outbound where key = 'leave.submitted'")
        assert row == {"state": "dropped", "error": "nobody knows"}


async def test_a_changed_card_may_be_repeated_unseen(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        told = await _until_asked(installation, on_file.founded.code)
        await _play(installation, told, story.confirms)
        installation.slack.accept_then_drop(methods=["chat.update"])
        await _play(installation, told, story.approves)
        wrong = await checker.of_story(
            installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
        )
        tried("the answer to a changed card was lost", on_file.name, lost=wrong)
        assert not wrong
        assert len(installation.slack.calls_of("chat.update")) == 2
        assert not _about(installation.slack.sent, checker.RESENT)


async def test_a_reminder_whose_answer_was_lost_is_dropped_and_noted(on_file: Shape, tried: Tried) -> None:
    async with on_file.opened() as installation:
        told = await _until_asked(installation, on_file.founded.code)
        await _play(installation, told, story.confirms)
        assert await installation.stop() == {"run": 0}
        installation.ahead["run"] = UNTIL_REMINDED
        installation.slack.accept_then_drop()
        await installation.start()
        await installation.settle()
        reminders = _about(installation.slack.sent, "masih menunggu")
        row = await installation.books.one("select state, error from outbound where key = 'approvals.reminder'")
        tried("the answer to a reminder was lost", on_file.name, lost=len(reminders) != 1)
        assert len(reminders) == 1
        assert checker.RESENT not in reminders[0]
        assert row == {"state": "dropped", "error": "nobody knows"}
