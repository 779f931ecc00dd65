"""The named views of a list, as they stand above it: which lists have them, and what somebody may do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backoffice.asker import Web
from backoffice.guards import acting, standing
from backoffice.listing import Listing
from core import views
from core.accounts.roles import allowed
from core.views import LONGEST_NAME, MOST, View

# The lists that are kept under names: where they are, and who reads them.
LISTS: Mapping[str, tuple[str, str, str]] = {
    "people": ("people", "people", "read"),
    "leave": ("leave", "leave", "read"),
    "approvals": ("approvals/history", "approvals", "decide"),
    "careers": ("careers", "people", "read"),
    "audit": ("audit", "audit", "read"),
    "tickets": ("tickets", "tickets", "work"),
}
SAID = ("saved", "changed", "dropped", "restored", "gone")
WRONG = ("view_no_name", "view_long_name", "view_taken", "view_too_many", "view_too_much")


@dataclass(frozen=True)
class Shelf:
    """The views beside a list: `said` is what just happened to one, `wrong` why the form was refused."""

    action: str
    href: str
    state: str
    views: list[View]
    may_share: bool
    may_drop: bool
    said: str
    wrong: str
    of: str  # the view that something happened to
    longest: int = LONGEST_NAME
    most: int = MOST

    @property
    def here(self) -> str:
        """Which view this list is now."""
        return next((one.public for one in self.views if one.state == self.state), "")

    @property
    def mine(self) -> list[View]:
        """Those that the reader may change or put away."""
        return [one for one in self.views if one.own or (self.may_drop and one.shared)]


async def shelf(request: Web, name: str, listed: Listing, known: Sequence[views.View] | None = None) -> Shelf:
    """What stands above this list; the company must be open. `known`: its views, where they were read already."""
    where, asked = standing(request), request.query_params
    said, wrong = asked.get("view", ""), asked.get("view_wrong", "")
    path = LISTS[name][0]
    return Shelf(
        f"/{where.place.slug}/views/{name}", f"/{where.place.slug}/{path}", listed.state,
        await views.of_list(name, by=acting(request)) if known is None else list(known),
        allowed(where.place.roles, "views", "share"), may_drop(request),
        said if said in SAID else "", wrong if wrong in WRONG else "", asked.get("view_of", "")[:22],
    )  # fmt: skip


def may_drop(request: Web) -> bool:
    """Whether somebody may also put away what others share."""
    return allowed(standing(request).place.roles, "settings", "change")
