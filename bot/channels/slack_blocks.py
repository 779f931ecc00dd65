"""What we say, in Slack's blocks and within its limits; every word is escaped on its way out."""

import html
from collections.abc import Sequence

from bot.channels import fitting, literal
from core.messaging import numbered
from core.messaging.messages import Choice, Message
from core.phrases import phrase

LONGEST_SECTION = 3000
LONGEST_TITLE = 150
LONGEST_FALLBACK = 3000  # 4,000 are advised
LONGEST_BUTTON = 75
LONGEST_VALUE = 2000
LONGEST_LABEL = 2000
LONGEST_HEAD = 24  # of a window
LONGEST_ANSWER = 500  # what a reason may have; more would be refused after the window has closed
MOST_BUTTONS = 25  # in one block
MOST_OF_HOME = 100  # blocks
MOST_SECTIONS = 40  # of the 50 blocks a message may have


def message(said: Message) -> dict[str, object]:
    """Blocks, and beside them the text that notifications and screen readers use."""
    title, typed = literal.in_slack(said.title or ""), literal.in_slack(said.text)
    beside, text = fitting.beside_title(typed) if title else ("", typed)
    whole = "\n".join(part for part in (f"{title} {beside}".strip(), text) if part)
    blocks: list[dict[str, object]] = []
    if title:
        # A star inside would end the bold type.
        head = fitting.cut(title.replace("\n", " ").replace("*", ""), LONGEST_TITLE, _size)
        blocks.append(_section(f"*{_escaped(head)}* {_escaped(beside)}".strip()))
    blocks += [_section(_escaped(part)) for part in _sections(text)]
    pressed = numbered.buttons(said)
    for first in range(0, len(pressed), MOST_BUTTONS):
        some = pressed[first : first + MOST_BUTTONS]
        buttons = [_button(choice, first + nth) for nth, choice in enumerate(some)]
        blocks.append({"type": "actions", "block_id": f"choices-{first}", "elements": buttons})
    return {"text": _escaped(fitting.cut(whole, LONGEST_FALLBACK, _size)), "blocks": blocks}


def home(head: str, cards: Sequence[Message]) -> dict[str, object]:
    """What somebody sees when they open the app: a few words, then cards with their buttons."""
    blocks: list[dict[str, object]] = [_section(_escaped(part)) for part in _sections(literal.in_slack(head))]
    for nth, card in enumerate(cards):
        drawn = message(card)["blocks"]
        assert isinstance(drawn, list)
        if len(blocks) + len(drawn) + 1 > MOST_OF_HOME:
            break
        blocks.append({"type": "divider"})
        blocks += [{**one, "block_id": f"card-{nth}"} if "block_id" in one else one for one in drawn]
    return {"type": "home", "blocks": blocks}


def window(message: Message) -> dict[str, object]:
    """A modal with one question."""

    def plain(text: str, most: int) -> dict[str, object]:
        return {"type": "plain_text", "text": fitting.cut(literal.in_slack(text), most), "emoji": True}

    head = message.title or phrase("channels.dialog_title", message.language)
    field = {"type": "plain_text_input", "action_id": "words", "multiline": True, "max_length": LONGEST_ANSWER}
    return {
        "type": "modal",
        "callback_id": "dialog",
        "private_metadata": message.dialog or "",
        "title": plain(head, LONGEST_HEAD),
        "submit": plain(phrase("channels.dialog_send", message.language), LONGEST_HEAD),
        "close": plain(phrase("channels.dialog_close", message.language), LONGEST_HEAD),
        "blocks": [
            {"type": "input", "block_id": "answer", "label": plain(message.text, LONGEST_LABEL), "element": field}
        ],
    }


def _escaped(text: str) -> str:
    return html.escape(text.encode("utf-8", "replace").decode(), quote=False)


def _size(character: str) -> int:
    """Slack counts what we send, after escaping."""
    return {"&": 5, "<": 4, ">": 4}.get(character, 2 if ord(character) > 0xFFFF else 1)


def _sections(text: str) -> list[str]:
    parts = fitting.parts(text, LONGEST_SECTION, _size)
    if len(parts) > MOST_SECTIONS:
        parts = [*parts[: MOST_SECTIONS - 1], fitting.cut(parts[MOST_SECTIONS - 1], LONGEST_SECTION - 2, _size) + " …"]
    return [literal.unquoted(part) for part in parts if part]  # where a part begins, a line begins


def _section(marked: str) -> dict[str, object]:
    # Verbatim: Slack would make links of addresses and names that somebody typed.
    return {"type": "section", "text": {"type": "mrkdwn", "text": marked, "verbatim": True}}


def _button(choice: Choice, nth: int) -> dict[str, object]:
    if not 0 < len(choice.token) <= LONGEST_VALUE:
        raise ValueError(f"a button's token may have {LONGEST_VALUE} characters: {choice.title!r} has more")
    title = {"type": "plain_text", "text": fitting.cut(literal.in_slack(choice.title), LONGEST_BUTTON), "emoji": True}
    return {"type": "button", "action_id": f"choice-{nth}", "text": title, "value": choice.token}
