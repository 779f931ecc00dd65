"""Taking back one's word in the talk: which one, what stops, and that it has stopped. Nobody has to decide on it."""

import re
from typing import Any

from bot.dialog.engine import Cancelled, Chat, Misunderstood, Option
from bot.flows.privacy_words import ENOUGH, kind_of
from bot.flows.readers import CONFIRM, OptionReader
from core import settings
from core.people.consents import LEARNING, NEWS, TELEGRAM, TRAINING, WHATSAPP, YEARLY, Said
from core.privacy import consents, kinds

OTHER = "other"
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (purpose, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for purpose, words in (
        (TELEGRAM, r"telegram|tele|tg"),
        (WHATSAPP, r"whatsapp|whats app|wa"),
        (TRAINING, r"video\w*|film\w*|catatan video|progres\w*"),
        (NEWS, r"kabar\b.{0,12}usulan|usulan|news|wishes"),
        (YEARLY, r"tahunan|setahun sekali|yearly|once a year"),
        (LEARNING, r"kalimat\w*|belajar\w*|pelajari|dilatih|melatih|learn\w*|sentences?|teach\w*"),
    )
)
Which = tuple[str, str]  # the purpose, and where it is another one what was said


class PurposeReader(OptionReader):
    """What somebody takes their word back for; in words of their own it is one of the officer's."""

    def read(self, words: str, chat: Chat) -> Any:
        if not words.strip():
            raise Misunderstood
        return _which(words) or (OTHER, words.strip())

    def spot(self, sentence: str, chat: Chat) -> Any:
        if kind_of(sentence) != kinds.WITHDRAW:
            return None
        found = _which(sentence)
        return found or ((OTHER, sentence.strip()) if len(sentence.split()) > ENOUGH else None)

    def dump(self, value: Any) -> Any:
        return list(value)

    def load(self, stored: Any) -> Any:
        purpose, said = stored
        return str(purpose), str(said)


PURPOSE = PurposeReader()


async def withdraw(chat: Chat) -> str | None:
    """Take back what is one of the purposes here, and say so; the words where it is something else."""
    person = chat.employee.person
    standing = await chat.look("standing", consents.standing, person)
    options = [Option((one, ""), chat.phrase(f"consents.short_{one}")) for one in standing]
    purpose, said = await chat.ask(  # words of their own, for the officer
        "consents.which", PURPOSE, hangs_on=["privacy.which"],
        options=[*options, Option((OTHER, ""), chat.phrase("consents.short_other"))],
    )  # fmt: skip
    if purpose == OTHER:
        return str(said)
    if purpose not in standing:
        chat.say("consents.not_given")
        return None
    what = chat.phrase(f"consents.withdraw_{purpose}")
    answer = await chat.ask(
        "consents.confirm", CONFIRM, what=what, hangs_on=["consents.which"],
        options=[Option("yes", chat.phrase("consents.yes_withdraw")), Option("no", chat.phrase("consents.keep_it"))],
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    await consents.withdraw(person, purpose, Said(what, chat.language), by=chat.actor)
    chat.say(f"consents.withdrawn_{purpose}", link=f"{settings.current().public_url}/me/data/consents")
    return None


def _which(words: str) -> Which | None:
    return next(((purpose, "") for purpose, shape in SHAPES if shape.search(words)), None)
