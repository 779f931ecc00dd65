"""What can be typed after `serambi`: each command as data, and the parser made of them."""

import argparse
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

Option = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """One command: `people import` is the `import` of the group `people`."""

    words: str
    told: str
    does: Callable[..., Awaitable[Any]]
    takes: Sequence[Option] = ()
    bare: bool = False  # needs neither the keys nor a database of the installation


# What a word with several commands under it is about.
GROUPS = {
    "keys": "the keys that seal personal data",
    "account": "accounts for pages",
    "audit": "who did what",
    "mail": "mail that waits",
    "report": "the public report form",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "company": "companies",
    "operator": "whoever runs this Serambi",
    "people": "people of a company",
    "leave": "leave of a company's people",
    "calendar": "what time counts",
    "privacy": "personal data that went, or should go",
    "kb": "what the articles know",
}


def option(*names: str, **more: Any) -> Option:
    """An argument of a command, as argparse takes it."""
    return names, more


def parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of these commands; each takes --json, and says in `does` who does it."""
    made = argparse.ArgumentParser(prog="serambi", description="Chat-first HR help desk and self-service.")
    words = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for one in commands:
        group, _, name = one.words.rpartition(" ")
        if group and group not in groups:
            groups[group] = words.add_parser(group, help=GROUPS[group]).add_subparsers(dest="sub", required=True)
        part: argparse.ArgumentParser = groups.get(group, words).add_parser(name, help=one.told)
        part.add_argument("--json", action="store_true", help="print JSON")
        for names, more in one.takes:
            part.add_argument(*names, **more)
        part.set_defaults(does=one.does, bare=one.bare)
    return made
