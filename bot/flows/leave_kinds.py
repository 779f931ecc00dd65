"""Which kind of leave a sentence names, by the company's own name for it too: whose balance is asked for, and what is
asked for. Nothing named means annual leave."""

from collections.abc import Iterator, Sequence

from bot.dialog import kinds
from bot.dialog.between import said
from bot.dialog.engine import Chat, Input
from bot.dialog.normal import Word, words
from core.leave import types
from core.leave.types import ANNUAL, Kind
from core.phrases import LANGUAGES

# "Izin umroh" and "umroh leave" ask for "Cuti umroh".
_LEAVE = ("cuti", "izin", "leave")
_MAX = 600
Span = tuple[int, int]


async def named(chat: Chat) -> Kind | None:
    """The kind of leave that the opening sentence names; None where it names none, or annual leave."""
    line = f" {said(chat.opening or '')} "
    offered = await types.all()
    own = _own(chat.opening or "", offered)
    names = {f" {said(one.name(language))} ": one for one in offered for language in LANGUAGES}
    heard = max((name for name in names if name in line), key=len, default=None)
    kind = names[heard] if heard is not None else own[0] if own is not None else None
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


async def asked_by_name(chat: Chat) -> None:
    """Take the company's own kind that is asked for, at once or with the days; its name is then no reason, no days."""
    words_of_it = chat.opening
    if words_of_it is None and chat.asked == "leave.when" and chat.input is not None:
        words_of_it = chat.input.words
    elif chat.answers.get("leave_type") is not None:
        return
    found = await chat.look(f"own_kind:{words_of_it}", _asked, words_of_it) if words_of_it else None
    if words_of_it is None or found is None:
        return
    code, (start, end) = found
    chat.answers["leave_type"] = code
    rest = f"{words_of_it[:start]}{'cuti' if chat.language == 'id' else 'leave'}{words_of_it[end:]}"
    if chat.opening is not None:
        chat.opening = rest
    else:
        chat.input = Input(words=rest)


async def speaks_of_own(sentence: str) -> bool:
    """Whether a sentence names a kind of leave by the company's own name, whatever else its words may mean."""
    return await _asked(sentence) is not None


async def _asked(sentence: str) -> tuple[str, Span] | None:
    own = _own(sentence, await types.all())
    return None if own is None else (own[0].code, own[1])


def _own(sentence: str, offered: Sequence[Kind]) -> tuple[Kind, Span] | None:
    """The company's own kind with the longest name in these words, and where that stands."""
    spoken = [word for word in words(sentence[:_MAX]) if word.kind != "mark"]
    shipped = {(one.code, one.name(language)) for one in types.shipped() for language in LANGUAGES}
    like_one_of_ours = kinds.kind(sentence) is not None
    best: tuple[int, Kind, Span] | None = None
    for kind in offered:
        for name in {kind.name(language) for language in LANGUAGES}:
            if (kind.code, name) in shipped:
                continue
            for form in _forms(name, bare=like_one_of_ours):
                at = _at(spoken, form)
                if at is not None and (best is None or len(form) > best[0]):
                    best = (len(form), kind, at)
    return None if best is None else (best[1], best[2])


def _forms(name: str, *, bare: bool) -> Iterator[list[str]]:
    """The ways in which a kind is called; `bare` also by one word alone that tells it from annual leave."""
    full = [word.text for word in words(name) if word.kind != "mark"]
    core = [word for word in full if word not in _LEAVE]
    if full:
        yield full
    if not core:
        return
    yield ["cuti", *core]
    yield ["izin", *core]
    yield [*core, "leave"]
    if len(core) > 1 or bare:
        yield core


def _at(spoken: Sequence[Word], form: Sequence[str]) -> Span | None:
    """Where these words stand in a row."""
    for first in range(len(spoken) - len(form) + 1):
        here = spoken[first : first + len(form)]
        if [word.text for word in here] == list(form):
            return here[0].start, here[-1].end
    return None
