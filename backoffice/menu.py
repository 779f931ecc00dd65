"""What stands around a signed-in page: whose it is, and the entries that this person may open."""

from dataclasses import dataclass

from backoffice import asker, guards, waits
from backoffice.asker import Connection
from core.accounts import offers, sign_in
from core.accounts.acts_in import Place
from core.accounts.roles import allowed
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
    home: str = "/me/"  # where the roof leads


@dataclass(frozen=True)
class Frame:
    """Everything around the page."""

    groups: tuple[Group, ...]
    account: Person | None
    place: str | None
    zone: str | None


OWN = ("/me", "/chat", "/help")
HELP, TRAINING = "/help", "/me/training"
OFFERS = "/account/offers"
NONE = Frame((), None, None, None)
# One line a page: resource and action of the matrix, the end of its address, icon, words, the key after `g`, and the
# group: what is done every day, or how the company is set up.
DAILY, SET_UP = "daily", "set_up"
OF_A_COMPANY = (
    ("today", "read", "today", "home", "board.title", "y", DAILY),
    ("people", "read", "people", "people", "staff.title", "p", DAILY),
    ("people", "write", "imports", "bring", "imports.title", "i", SET_UP),
    ("leave", "read", "leave", "leaf", "web.nav_leave", "r", DAILY),
    ("calendar", "read", "calendar", "calendar", "away.title", "n", DAILY),
    ("approvals", "decide", "approvals", "check", "web.nav_approvals", "a", DAILY),
    ("tickets", "work", "tickets", "talk", "desk.title", "q", DAILY),
    ("privacy", "read", "privacy", "lock", "privacydesk.title", "4", DAILY),
    ("people", "read", "careers", "chain", "careers.title", "f", DAILY),
    ("reports", "read", "reports", "bring", "reports.title", "e", DAILY),
    ("types", "read", "types", "list", "types.title", "t", SET_UP),
    ("collective", "post", "collective", "gift", "lists.nav_collective", "k", SET_UP),
    ("settings", "change", "settings", "tools", "settings.title", "s", SET_UP),
    ("replies", "write", "replies", "talk", "desk.replies", "7", SET_UP),
    ("delegation", "own", "delegation", "hand", "approvalpages.delegation", "d", DAILY),
    ("chains", "edit", "chains", "chain", "approvalpages.chains", "w", SET_UP),
    ("calendar", "change", "settings/calendar", "calendar", "calendar.title", "o", SET_UP),
    ("articles", "write", "articles", "help", "articles.title", "3", SET_UP),
    ("misses", "label", "misses", "talk", "misses.title", "1", SET_UP),
    ("ideas", "review", "ideas", "gift", "ideas.title", "9", SET_UP),
    ("simulator", "use", "simulator", "talk", "simulator.title", "x", SET_UP),
    ("simulator", "use", "rehearsals", "check", "rehearsals.title", "g", SET_UP),
    ("roles", "read", "roles", "people", "accounts.roles_title", "b", SET_UP),
    ("defects", "read", "defects", "tools", "defects.title", "2", DAILY),
    ("releases", "read", "releases", "gift", "releases.title", "8", DAILY),
    ("companies", "read", "companies", "people", "grants.companies", "6", DAILY),
    ("jobs", "read", "jobs", "clock", "jobs.title", "j", SET_UP),
    ("register", "read", "privacy/register", "lock", "register.title", "5", SET_UP),
    ("audit", "read", "audit", "trail", "web.nav_audit", "u", SET_UP),
)

# Pages that stand behind a button of another: found by their words, not listed. Resource, action, address, icon, words.
BEHIND_BUTTONS = (
    ("approvals", "decide", "approvals/history", "check", "approvalpages.history_all"),
    ("tickets", "work", "tickets/team", "talk", "queue.team"),
    ("leave", "read", "leave/closed", "leaf", "leavedesk.closed"),
    ("leave", "record", "leave/record", "leaf", "leavedesk.record"),
    ("leave", "correct", "leave/worked", "gift", "collective.worked"),
    ("leave", "correct", "leave/opening", "bring", "leavedesk.opening"),
    ("reports", "read", "reports/departments", "bring", "reports.departments_all"),
    ("desk", "report", "reports/desk", "bring", "deskreport.title"),
    ("types", "change", "types/new", "list", "types.new_all"),
    ("people", "write", "people/new", "people", "staff.add"),
    ("people", "write", "people/places", "tools", "places.title"),
    ("people", "write", "invitations", "talk", "invitations.title"),
    ("calendar", "change", "settings/calendar/leave", "calendar", "calendar.recount_page"),
    ("calendar", "change", "settings/calendar/tickets", "calendar", "promise.recount_title"),
    ("roles", "read", "blocked", "lock", "accounts.blocked_all"),
    ("mail", "read", "mail", "talk", "accounts.mail_title"),
    ("costs", "read", "costs", "bring", "costs.title"),
    ("undelivered", "settle", "undelivered", "talk", "delivery.title"),
    ("grants", "read", "operator", "lock", "grants.title"),
    ("settings", "change", "settings/slack", "talk", "slackapp.title"),
    ("settings", "change", "settings/telegram", "talk", "botaccounts.telegram_title"),
    ("settings", "change", "settings/whatsapp", "talk", "botaccounts.whatsapp_title"),
    ("tickets", "work", "tickets/call", "talk", "calls.title"),
    ("privacy", "receive", "privacy/new", "lock", "privacydesk.enter"),
    ("settings", "change", "settings/mail", "talk", "mailboxes.title"),
    ("settings", "change", "settings/chat", "talk", "frames.title"),
    ("programs", "manage", "settings/api", "chain", "programs.find"),
    ("programs", "manage", "settings/webhooks", "chain", "webhooks.find"),
    ("desk", "terms", "settings/desk", "talk", "promise.title"),
    ("desk", "terms", "settings/desk/fields", "list", "deskfields.title"),
    ("misses", "label", "misses/taught", "talk", "misses.taught"),
    ("articles", "write", "articles/new", "help", "articles.write"),
    ("terms", "accept", "settings/terms", "check", "policies.title"),
    ("holdings", "decide", "privacy/holdings", "lock", "holdings.title"),
    ("misuse", "handle", "privacy/misuse", "lock", "misuse.desk_title"),
    ("breaches", "handle", "privacy/breaches", "lock", "breach.title"),
    ("desk", "report", "reports/desk/what-if", "bring", "whatif.title"),
    ("register", "read", "privacy/disclosures", "trail", "register.disclosures"),
    ("register", "read", "privacy/consents", "check", "consents.register"),
    ("register", "read", "privacy/statistics", "bring", "figures.title"),
)
# Whose entry is lit on pages that stand behind a button of it under an address of their own.
LIT_BY = {"undelivered": "today", "costs": "settings", "invitations": "people", "blocked": "roles", "mail": "roles",
    "operator": "settings",
}  # fmt: skip
OWN_BEHIND_BUTTONS = (
    ("leave", "own", "/me/leave/new", "leaf", "mine.new_title"),
    ("leave", "own", "/me/calendar", "calendar", "feed.title"),
    ("tickets", "own", "/me/tickets/claim", "talk", "claims.title"),
    ("data", "own", "/me/data/pack", "lock", "holdings.my_pack"),
    ("data", "own", "/me/data/requests", "lock", "mydata.requests"),
    ("data", "own", "/me/data/consents", "check", "consents.title"),
    ("data", "own", "/me/pin", "lock", "pins.title"),
    ("data", "own", "/me/misuse", "lock", "misuse.title"),
    ("chat", "own", "/chat/code", "talk", "frames.code_title"),
    ("account", "own", "/account", "lock", "accounts.nav_account"),
    ("account", "own", "/account/block", "lock", "accounts.block_all"),
    ("account", "own", "/account/codes", "lock", "accounts.codes_new"),
    ("account", "own", "/account/second-factor", "lock", "accounts.factor_title"),
    ("account", "own", "/account/passkeys/new", "lock", "passkeys.new_title"),
    ("account", "own", "/account/offers", "people", "offers.title"),
)


async def behind_buttons(connection: Connection) -> list[tuple[Entry, str]]:
    """The pages that this person may open and that no menu lists, each with whose it is."""
    who = asker.of(connection)
    if who.signed is None:
        return []
    found: dict[str, tuple[Entry, str]] = {}
    for one in await guards.standings(connection, who.signed.account):
        for resource, action, last, icon, label in BEHIND_BUTTONS:
            if allowed(one.place.roles, resource, action):
                href = f"/{one.place.slug}/{last}"
                found[href] = Entry(href, icon, label, "", False), one.place.name
        for resource, action, href, icon, label in OWN_BEHIND_BUTTONS:
            if allowed(one.place.roles, resource, action):
                found.setdefault(href, (Entry(href, icon, label, "", False), phrase("web.nav_me", who.language)))
    return list(found.values())


async def frame(connection: Connection) -> Frame:
    """The frame for whoever asks."""
    who = asker.of(connection)
    if who.signed is None:
        return NONE
    standings = await guards.standings(connection, who.signed.account)
    places, groups, name = [one.place for one in standings], [], None
    mine = [one.employee for one in standings if one.employee is not None]
    for one in standings:
        place = one.place
        entries = await _of_company(connection, place, who.path, one.decides)
        titles = {DAILY: place.name, SET_UP: phrase("lists.nav_set_up", who.language)}
        groups += [Group(titles[group], found) for group, found in entries.items() if found]
    own = _of_me(who.path) if mine else []
    if standings:
        own.insert(4 if mine else 0, Entry(HELP, "help", "knowledge.title", "0", who.path.startswith(HELP)))
        own.insert(5 if mine else 1, Entry(TRAINING, "film", "training.title", "4", who.path.startswith(TRAINING)))
    offered = await offers.count(who.signed.account)
    if offered or who.path == OFFERS:
        own.append(Entry(OFFERS, "people", "offers.title", "", who.path == OFFERS, offered))
    if own:
        of_me = Group(phrase("web.nav_me", who.language), own)
        # On one's own pages one's own entries come first, at a desk of the company the company's.
        groups.insert(0 if who.path.startswith(OWN) else len(groups), of_me)
    if mine:
        name = mine[0].name
    here = next((place for place in places if who.path.startswith(f"/{place.slug}/")), places[0] if places else None)
    name = name or await sign_in.address_of(who.signed.account)
    home = "/me/" if mine or not groups else groups[0].entries[0].href
    person = Person(name, _initials(name), home)
    return Frame(tuple(groups), person, here.name if here else None, here.zone if here else None)


async def _keep(connection: Connection) -> None:
    connection.scope["frame"] = await frame(connection)  # type: ignore[typeddict-unknown-key]


guards.BEFORE_REFUSAL.append(_keep)


def kept(connection: Connection) -> Frame:
    """The frame that was made before a refusal; the empty one where nobody is refused."""
    found = connection.scope.get("frame")
    return found if isinstance(found, Frame) else NONE


def _of_me(path: str) -> list[Entry]:
    return [
        Entry("/me/", "home", "web.nav_home", "h", path in ("/me", "/me/")),
        Entry("/me/leave", "leaf", "web.nav_my_leave", "l", path.startswith("/me/leave")),
        Entry("/chat", "talk", "web.nav_chat", "c", path == "/chat"),  # among the four that a phone shows
        Entry("/me/tickets", "talk", "desk.mine", "2", path.startswith("/me/tickets")),
        Entry("/me/ideas", "gift", "ideas.mine", "8", path.startswith("/me/ideas")),
        Entry("/me/data", "people", "mydata.title", "m", path.startswith("/me/data")),
        Entry("/me/looks", "lock", "vault.looks_nav", "v", path == "/me/looks"),
        Entry("/account", "lock", "accounts.nav_account", "z", path.startswith("/account") and path != OFFERS),
    ]


async def _of_company(
    connection: Connection, place: Place, path: str, decides: int | None
) -> dict[str, list[Entry]]:  # fmt: skip
    entries: dict[str, list[Entry]] = {DAILY: [], SET_UP: []}
    for resource, action, last, icon, label, key, group in OF_A_COMPANY:
        if allowed(place.roles, resource, action):
            href, count = f"/{place.slug}/{last}", 0
            if resource == "approvals" and decides is not None and not place.closed:
                count = await waits.number(connection, place.company, decides)
            inner = any(
                other != last and other.startswith(f"{last}/") and path.startswith(f"/{place.slug}/{other}")
                for other in (line[2] for line in OF_A_COMPANY)
            )
            behind = any(f"{path}/".startswith(f"/{place.slug}/{other}/") for other, by in LIT_BY.items() if by == last)
            here = path.rstrip("/") == href or (path.startswith(f"{href}/") and not inner) or behind
            entries[group].append(Entry(href, icon, label, key, here, count))
    return entries


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalpha()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
