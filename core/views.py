"""Lists as somebody keeps them: a name for the filters and the order of a list, for oneself or for the whole company.

A view keeps the address of the list, never its rows; who opens it sees what the list shows them. What is put away can
be brought back for a month.
"""

from dataclasses import dataclass

from piccolo.columns import Boolean, Serial, Timestamptz, Varchar

from core import audit, clock, database, look_alikes, vault
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.phrases import one_line
from core.vault import Sealed

LONGEST_NAME, LONGEST_STATE, MOST = 40, 600, 30
NAME, STATE = "saved_view.name", "saved_view.state"


class SavedView(CompanyTable):
    """One named view of one list; its name and filters are sealed, since people are looked for by name."""

    id: Serial
    public = Varchar(length=22, unique=True)
    list = Varchar(length=24)
    by = Varchar(length=64)
    name = Sealed(of=None)
    state = Sealed(of=None)
    shared = Boolean(default=False)
    changed_at = Timestamptz(default=None)
    dropped_at = Timestamptz(null=True, default=None)


@dataclass(frozen=True)
class View:
    """A view as it is shown: `state` is the query of its address, `own` says whether the reader made it."""

    public: str
    name: str
    state: str
    shared: bool
    own: bool


async def of_list(list_: str, *, by: Actor) -> list[View]:
    """The views of one list that this actor sees: their own and the shared ones, in the order of their names."""
    seen = (SavedView.by == by.name) | (SavedView.shared == True)  # noqa: E712
    rows = await SavedView.objects().where((SavedView.list == list_) & SavedView.dropped_at.is_null() & seen)
    return sorted((_told(row, by) for row in rows), key=lambda one: one.name.casefold())


async def save(list_: str, name: str, state: str, *, shared: bool, by: Actor) -> str:
    """Keep this list under a name; returns its address. Refused: no name, a name taken, a name or filters too long,
    too many already."""
    name = await _named(list_, name, by)
    if len(state) > LONGEST_STATE:
        raise Refused("lists.view_too_much")
    own = (SavedView.list == list_) & (SavedView.by == by.name) & SavedView.dropped_at.is_null()
    if await SavedView.count().where(own) >= MOST:
        raise Refused("lists.view_too_many", most=str(MOST))
    company = database.company()
    made = SavedView(
        public=database.new_public(), list=list_, by=by.name, name=vault.seal(name, company=company, column=NAME),
        state=vault.seal(state, company=company, column=STATE), shared=shared, changed_at=clock.now(),
    )  # fmt: skip
    await SavedView.insert(made)
    audit.record("view.saved", f"view:{made.public}", by=by, list=list_, shared=shared)
    return str(made.public)


async def change(public: str, name: str, *, shared: bool, by: Actor) -> bool:
    """Call one's own view something else, share it or keep it for oneself again; False when it is not theirs."""
    found = await _own(public, by)
    if found is None or found.dropped_at is not None:
        return False
    name = await _named(found.list, name, by, but=public)
    sealed = vault.seal(name, company=found.company, column=NAME)
    await SavedView.update(
        {SavedView.name: sealed, SavedView.shared: shared, SavedView.changed_at: clock.now()}
    ).where(SavedView.id == found.id)  # fmt: skip
    audit.record("view.changed", f"view:{public}", by=by, list=found.list, shared=shared)
    return True


async def drop(public: str, *, by: Actor, anyones: bool = False) -> bool:
    """Put a view away, one's own or, with `anyones`, a shared one of somebody else; False when there is none."""
    found = await _own(public, by, anyones=anyones)
    if found is None or found.dropped_at is not None:
        return False
    await SavedView.update({SavedView.dropped_at: clock.now()}).where(SavedView.id == found.id)
    audit.record("view.dropped", f"view:{public}", by=by, list=found.list)
    return True


async def restore(public: str, *, by: Actor, anyones: bool = False) -> bool:
    """Bring back what was put away; False when it is gone, never was theirs, or its name was given again."""
    found = await _own(public, by, anyones=anyones)
    if found is None or found.dropped_at is None:
        return False
    name = vault.unseal(found.name, company=found.company, column=NAME)
    taken = {one.name.casefold() for one in await of_list(found.list, by=Actor(found.by, by.channel))}
    if name.casefold() in taken:
        return False
    await SavedView.update({SavedView.dropped_at: None}).where(SavedView.id == found.id)
    audit.record("view.saved", f"view:{public}", by=by, list=found.list, shared=found.shared)
    return True


async def _own(public: str, by: Actor, *, anyones: bool = False) -> SavedView | None:
    found = await SavedView.objects().where(SavedView.public == public).first()
    if found is None or not (found.by == by.name or (anyones and found.shared)):
        return None
    return found


async def _named(list_: str, name: str, by: Actor, but: str = "") -> str:
    """The name as it is kept; two that one reader sees are never called the same."""
    name = one_line(name)
    if not name:
        raise Refused("lists.view_no_name")
    if len(name) > LONGEST_NAME:
        raise Refused("lists.view_long_name", most=str(LONGEST_NAME))
    look_alikes.refuse(name)
    await database.lock_name(f"view:{database.company()}:{list_}")
    if any(one.name.casefold() == name.casefold() and one.public != but for one in await of_list(list_, by=by)):
        raise Refused("lists.view_taken")
    return name


def _told(row: SavedView, by: Actor) -> View:
    return opened(row.public, row.name, row.state, shared=row.shared, own=row.by == by.name)


def opened(public: str, name: str, state: str, *, shared: bool, own: bool) -> View:
    """A view whose name and filters lie sealed as its row of the company in scope has them."""
    company = database.company()
    shown = vault.unseal(name, company=company, column=NAME), vault.unseal(state, company=company, column=STATE)
    return View(public, *shown, shared, own)
