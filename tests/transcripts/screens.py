"""What people see in their chats, and what they do there: one screen for each person and channel."""

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels import web_chat
from core import database
from core.messaging import attachments, inbox
from core.messaging.messages import Enclosed
from core.people.directory import Employee
from tests.outside.serving import Hook, Shown
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp

# Two points of one colour: a picture that is really one.
PHOTO = (Path(__file__).parents[1] / "payloads" / "photo.jpg").read_bytes()
# As the Bot API sends them: what they hold is not read by anybody.
_FILE = {"file_id": "AwACAgUAAxkBAAI", "file_unique_id": "AgADbQ", "file_size": 4321}
UNREAD = {
    "voice": {**_FILE, "duration": 4, "mime_type": "audio/ogg"},
    "sticker": {**_FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
Knock = Callable[[Hook], Awaitable[None]]
# What Slack itself writes beside a message that it shows to one person.
ONLY_YOU = {"id": " (hanya terlihat olehmu)", "en": " (only visible to you)"}


@dataclass(frozen=True)
class Bubble:
    """A message as it has just appeared, or (`edited`) as it reads now."""

    words: str
    choices: tuple[str, ...]
    edited: bool = False

    def fits(self, shown: "Bubble") -> bool:
        """Whether this is what is shown; an ellipsis stands for anything, at the end for choices too."""
        if "…" not in str(self):
            return self == shown
        open_end = self.words.endswith("…") and not self.choices
        wanted = [self.words, *self.choices]
        there = [shown.words, *shown.choices][: len(wanted) if open_end else None]
        return (
            self.edited == shown.edited
            and len(wanted) == len(there)
            and all(re.fullmatch(_pattern(one), said, re.DOTALL) for one, said in zip(wanted, there, strict=True))
        )

    def __str__(self) -> str:
        told = " ".join([self.words.replace("\n", " | "), *(f"[{title}]" for title in self.choices)])
        return f"{'~' if self.edited else '<'} {told}"


def _pattern(wanted: str) -> str:
    return r"\s*.*?\s*".join(re.escape(piece.strip()) for piece in wanted.split("…"))


@dataclass
class Screen(ABC):
    """A person's chat with Serambi on one channel."""

    language: str
    _seen: dict[str, Bubble] = field(default_factory=dict)
    _buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # title -> (message, token) of the newest

    async def news(self) -> list[Bubble]:
        """What has changed since the last look: edits first, then what is new, oldest first."""
        edited, new = [], []
        for ref, bubble, tokens in await self._standing():
            if ref not in self._seen:
                new.append(bubble)
            elif self._seen[ref] != bubble:
                edited.append(Bubble(bubble.words, bubble.choices, edited=True))
            if self._seen.get(ref) != bubble:
                self._buttons |= {title: (ref, token) for title, token in tokens.items()}
            self._seen[ref] = bubble
        return edited + new

    async def press(self, title: str) -> None:
        """Press the newest choice of this title; one that has gone from the screen meanwhile may be pressed too."""
        assert title in self._buttons, f"nothing offers [{title}]; there are {sorted(self._buttons)}"
        ref, token = self._buttons[title]
        await self._press(ref, token)

    @abstractmethod
    async def write(self, words: str) -> None:
        """The person writes this."""

    async def send(self, name: str, words: str | None) -> None:
        """The person sends a photo, with these words beside it."""
        raise AssertionError(f"nobody sends {name} here yet")

    @abstractmethod
    async def _press(self, ref: str, token: str) -> None: ...

    @abstractmethod
    async def _standing(self) -> list[tuple[str, Bubble, dict[str, str]]]: ...


@dataclass
class TelegramScreen(Screen):
    """A chat with the bot, in private or in a group; every act of the person is an update posted to our webhook."""

    telegram: Telegram = field(kw_only=True)
    account: str = field(kw_only=True)
    knock: Knock = field(kw_only=True)
    group: str | None = field(default=None, kw_only=True)

    async def write(self, words: str) -> None:
        where = {} if self.group is None else {"chat_id": int(self.group), "chat_type": "supergroup"}
        await self.knock(self.telegram.update(words, self.account, language=self.language, **where))

    async def send(self, name: str, words: str | None) -> None:
        if name in UNREAD:
            await self.knock(self.telegram.update(None, self.account, language=self.language, **{name: UNREAD[name]}))
        else:
            await self.knock(self.telegram.upload(PHOTO, self.account, caption=words))

    async def _press(self, ref: str, token: str) -> None:
        from tests.outside import telegram

        await self.knock(telegram.press(token, self.account, int(ref), language=self.language))

    async def _standing(self) -> list[tuple[str, Bubble, dict[str, str]]]:
        return [
            (shown.ref, Bubble(shown.words, tuple(shown.buttons)), shown.buttons)
            for shown in self.telegram.in_place(self.group or self.account)
        ]


@dataclass
class WhatsAppScreen(Screen):
    """A chat with the business number; what stands there can't be changed any more."""

    whatsapp: WhatsApp = field(kw_only=True)
    account: str = field(kw_only=True)
    knock: Knock = field(kw_only=True)

    async def write(self, words: str) -> None:
        await self.knock(self.whatsapp.message(words, self.account))

    async def send(self, name: str, words: str | None) -> None:
        if name in UNREAD:
            kind, media = ("audio", "900") if name == "voice" else ("sticker", "901")
            await self.knock(self.whatsapp.message(None, self.account, type=kind, **{kind: {"id": media}}))
        else:
            await self.knock(self.whatsapp.upload(PHOTO, self.account, caption=words))

    async def _press(self, ref: str, token: str) -> None:
        await self.knock(self.whatsapp.pressed(token, self.account, ref))

    async def _standing(self) -> list[tuple[str, Bubble, dict[str, str]]]:
        return [
            (shown.ref, Bubble(shown.words, tuple(shown.buttons)), shown.buttons)
            for shown in self.whatsapp.in_place(self.account)
        ]


@dataclass
class SlackScreen(Screen):
    """The direct message with the app, and the window it may open."""

    slack: Slack = field(kw_only=True)
    account: str = field(kw_only=True)
    knock: Knock = field(kw_only=True)
    _sent_windows: int = 0

    async def send(self, name: str, words: str | None) -> None:
        await self.knock(self.slack.upload(PHOTO, self.account, name=name, words=words or ""))

    async def write(self, words: str) -> None:
        if len(self.slack.views) > self._sent_windows:
            self._sent_windows = len(self.slack.views)
            await self.knock(self.slack.submission(words, self.account))
        else:
            await self.knock(self.slack.event(words, self.account))

    async def _press(self, ref: str, token: str) -> None:
        from tests.outside import slack

        channel, _, stamp = ref.partition(":")
        await self.knock(slack.press(token, self.account, channel=channel, ts=stamp))

    async def _standing(self) -> list[tuple[str, Bubble, dict[str, str]]]:
        standing = [
            (shown.ref, Bubble(self._read(shown), tuple(shown.buttons)), shown.buttons)
            for shown in self.slack.in_place(self.account)
        ]
        for view in self.slack.views:
            asked = next(block for block in view["blocks"] if block["type"] == "input")
            standing.append((view["id"], Bubble(asked["label"]["text"], ()), {}))
        return standing

    def _read(self, shown: Shown) -> str:
        """The words, with the stars that make Slack show some of them bold."""
        bold = [str(block["text"]["text"]) for block in shown.body["blocks"] if "text" in block]
        words = shown.words
        if bold and (title := bold[0].partition("*")[2].partition("*")[0]):
            words = words.replace("*", "").replace(title, f"*{title}*", 1)
        return words + (ONLY_YOU[self.language] if shown.only_to == self.account else "")


@dataclass
class WebScreen(Screen):
    """The chat page."""

    employee: Employee = field(kw_only=True)

    async def send(self, name: str, words: str | None) -> None:
        company, person = self.employee.company, self.employee.person
        taken = await attachments.take(company, PHOTO, name)
        async with database.transaction(company):
            kept = await attachments.keep(person, taken, name)
        await inbox.write(company, person, words=words, file=Enclosed(str(kept.id), name, kept=True))

    async def write(self, words: str) -> None:
        await inbox.write(self.employee.company, self.employee.person, words=words)

    async def _press(self, ref: str, token: str) -> None:
        await inbox.write(self.employee.company, self.employee.person, token=token)

    async def _standing(self) -> list[tuple[str, Bubble, dict[str, str]]]:
        standing = []
        for line in await web_chat.read(self.employee.company, self.employee.person):
            if not line.mine:
                words = f"*{line.title}* {line.text}" if line.title else line.text
                titles = tuple(title for title, _ in line.choices)
                standing.append((str(line.number), Bubble(words, titles), dict(line.choices)))
        return standing
