"""What was begun and put aside: three tasks at most, each with its answers, the newest on top.

A task is put aside when another one is begun in the middle of it, when somebody goes to the menu, or when nobody has
answered its question for a day. Nothing of it has been written; its answers are kept for a week.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.dialog.engine import FLOWS, Kept, Option, Question
from bot.turn import OPEN_MENU, State, Turn
from core import clock

MOST = 3
REST_AFTER, KEPT = timedelta(hours=24), timedelta(days=7)
RESTED = "rested"  # stands in place of a flow's name while we ask whether to go on


def is_task(state: State) -> bool:
    """Whether a question of a flow is open."""
    return state.asked is not None and state.flow in FLOWS


def let_rest(state: State) -> None:
    """Put aside an open question that nobody has answered for a day; forget what was put aside a week ago."""
    now = clock.now()
    state.stack = [one for one in state.stack if one["flow"] in FLOWS and now - _at(one) <= KEPT]
    if state.flow is not None and state.flow not in (*FLOWS, RESTED, OPEN_MENU):
        state.rest()  # a flow of an earlier version, which is no more
    if state.asked_at is None or now - datetime.fromisoformat(state.asked_at) <= REST_AFTER:
        return
    if now - datetime.fromisoformat(state.asked_at) <= KEPT:
        park(state)
    state.rest()


def park(state: State) -> str | None:
    """Put the open task aside; returns the oldest one where there was no room for it any more."""
    if is_task(state):
        entry = {
            "flow": state.flow, "answers": state.answers, "asked": state.asked, "at": state.asked_at,
            "began": state.began,
        }  # fmt: skip
        kept = [*[one for one in state.stack if one["flow"] != state.flow], entry]
        state.stack = kept[-MOST:]
        return str(kept[0]["flow"]) if len(kept) > MOST else None
    return None


def forget(state: State, flow: str) -> None:
    """The same task once more is begun anew."""
    state.stack = [one for one in state.stack if one["flow"] != flow]


def is_fresh(entry: dict[str, Any]) -> bool:
    """Whether it was put aside within the day, so that nobody has to be told again what it was."""
    return clock.now() - _at(entry) <= REST_AFTER


async def offer_after(turn: Turn) -> Question | None:
    """The question whether to go on with what was put aside for the task that is over now; asked once of each."""
    state = turn.state
    if not state.stack or state.stack[-1].get("offered") or not is_fresh(state.stack[-1]):
        return None
    state.stack[-1]["offered"] = True
    told = await _told(turn, state.stack[-1])
    return Question("dialog.go_on_with", told.short or told.text, _options(turn, ""))


async def question(turn: Turn, entry: dict[str, Any]) -> Question:
    """The question whether to go on with this, for somebody who comes back to it."""
    told = await _told(turn, entry)
    return Question("dialog.go_on_with", told.text, _options(turn, told.change if FLOWS[entry["flow"]].changed else ""))


def _options(turn: Turn, change: str) -> tuple[Option, ...]:
    options = [Option("go_on", turn.phrase("dialog.go_on")), Option("drop", turn.phrase("dialog.discard"))]
    if change:
        options.insert(1, Option("change", change))
    return tuple(options)


async def _told(turn: Turn, entry: dict[str, Any]) -> Kept:
    kept = FLOWS[entry["flow"]].kept
    if kept is None:
        return Kept(turn.phrase("dialog.go_on_task", task=entry["flow"]))
    chat = turn.chat()
    chat.answers, chat.asked = dict(entry["answers"]), None
    try:
        return await kept(chat)
    except (AttributeError, KeyError, TypeError, ValueError):  # answers of an earlier version: asked again later
        return Kept(turn.phrase("dialog.go_on_task", task=entry["flow"]))


def _at(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
