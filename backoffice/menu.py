"""What stands around a signed-in page: whose it is, and the entries that this person may open."""

from dataclasses import dataclass

from backoffice import asker, guards
from backoffice.asker import Connection
from core import database
from core.accounts import sign_in
from core.accounts.roles import allowed
from core.accounts.sign_in import Place
from core.approvals import decisions
from core.phrases import phrase


@dataclass(frozen=True)
class Entry:
    """A line of the menu; `count` only for what this person must act on."""

    href: str
    icon: str
    label: str
    key: str
    here: bool
    count: int = 0


@dataclass(frozen=True)
class Group:
    """Entries that belong together."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Person:
    """Whose pages these are."""

    name: str
    initials: str


@dataclass(frozen=True)
class Frame:
    """Everything around the page."""

    groups: tuple[Group, ...]
    account: Person | None
    place: str | None
    zone: str | None


NONE = Frame((), None, None, None)
OF_A_COMPANY = (
    ("approvals", "decide", "approvals", "check", "web.nav_approvals", "a"),
    ("leave", "read", "leave", "calendar", "web.nav_leave", "r"),
    ("audit", "read", "audit", "trail", "web.nav_audit", "u"),
)


async def frame(connection: Connection) -> Frame:
    """The frame for whoever asks."""
    who = asker.of(connection)
    if who.signed is None:
        return NONE
    standings = [await guards.as_of_today(place) for place in await sign_in.places(who.signed.account)]
    places, groups, name = [one.place for one in standings], [], None
    mine = [one.employee for one in standings if one.employee is not None]
    if mine:
        groups.append(Group(phrase("web.nav_me", who.language), _of_me(who.path)))
        name = mine[0].name
    for place in places:
        entries = await _of_company(place, who.path)
        if entries:
            groups.append(Group(place.name, entries))
    here = next((place for place in places if who.path.startswith(f"/{place.slug}/")), places[0] if places else None)
    name = name or await sign_in.address_of(who.signed.account)
    return Frame(tuple(groups), Person(name, _initials(name)), here.name if here else None, here.zone if here else None)


def _of_me(path: str) -> list[Entry]:
    return [
        Entry("/me/", "home", "web.nav_home", "h", path in ("/me", "/me/")),
        Entry("/me/leave", "leaf", "web.nav_my_leave", "l", path == "/me/leave"),
        Entry("/chat", "talk", "web.nav_chat", "c", path == "/chat"),
    ]


async def _of_company(place: Place, path: str) -> list[Entry]:
    entries = []
    for resource, action, last, icon, label, key in OF_A_COMPANY:
        if allowed(place.roles, resource, action):
            href, count = f"/{place.slug}/{last}", 0
            if resource == "approvals" and place.person is not None:
                async with database.reading(place.company):
                    count = len(await decisions.waiting_for(place.person))
            entries.append(Entry(href, icon, label, key, path.rstrip("/") == href, count))
    return entries


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalpha()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
