"""Which balance a question is about: of the kind that is named, by the company's own name too; else annual leave."""

from bot.dialog import kinds
from bot.dialog.between import said
from bot.dialog.engine import Chat
from core.leave import types
from core.leave.types import ANNUAL, Kind
from core.phrases import LANGUAGES


async def named(chat: Chat) -> Kind | None:
    """The kind of leave that the opening sentence names; None where it names none, or annual leave."""
    line = f" {said(chat.opening or '')} "
    offered = await types.all()
    names = {f" {said(one.name(language))} ": one for one in offered for language in LANGUAGES}
    heard = max((name for name in names if name in line), key=len, default=None)
    kind = names[heard] if heard is not None else None
    if kind is None:
        code = kinds.kind(chat.opening or "")
        kind = next((one for one in offered if one.code == code), None)
    return None if kind is None or kind.code == ANNUAL else kind


async def with_a_balance(chat: Chat) -> Kind:
    """The kind whose balance is meant: annual leave where what is named has none."""
    kind = await chat.look("balance_kind", _code_of, chat)
    return await types.of(kind)


async def _code_of(chat: Chat) -> str:
    kind = await named(chat)
    return kind.code if kind is not None and kind.in_lots else ANNUAL


def spoken(kind: Kind, language: str) -> str:
    """What it is called inside a sentence: the first letter small, the company's own abbreviations as they are."""
    name = kind.name(language)
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
