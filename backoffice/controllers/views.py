"""Keeping a list under a name, calling it something else, putting it away and bringing it back."""

from urllib.parse import parse_qsl, urlencode

from litestar import Controller, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import views as shelves
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.listing import AFTER
from core import database, views
from core.accounts.roles import allowed
from core.errors import Refused

OUR_OWN = ("view", "view_of", "view_wrong", AFTER)


class Named(Struct):
    """The form of a view: its name, whether others see it, and the list as it stands."""

    name: str = ""
    shared: str = ""
    state: str = ""


class ViewsController(Controller):
    """`/{company}/views/{list}`."""

    path = "/{company:str}/views/{name:str}"
    guards = (requires("views", "own"),)

    @post()
    async def save(self, request: Web, name: FromPath[str], data: URLEncodedBody[Named]) -> Redirect:
        """Keep this list under a name."""
        where, state = _where(request, name), _plain(data.state)
        shared = bool(data.shared) and allowed(where.place.roles, "views", "share")
        try:
            async with database.transaction(where.company):
                public = await views.save(name, data.name, state, shared=shared, by=acting(request))
        except Refused as no:
            return _back(where, name, state, view_wrong=no.key.partition(".")[2])
        return _back(where, name, state, view="saved", view_of=public)

    @post("/{public:str}/{verb:str}")
    async def change(
        self, request: Web, name: FromPath[str], public: FromPath[str], verb: FromPath[str],
        data: URLEncodedBody[Named],
    ) -> Redirect:  # fmt: skip
        """Rename or share a view, put it away, bring it back; the list stays as it stands."""
        where, state, by = _where(request, name), _plain(data.state), acting(request)
        anyones = shelves.may_drop(request)
        try:
            async with database.transaction(where.company):
                if verb == "change":
                    shared = bool(data.shared) and allowed(where.place.roles, "views", "share")
                    done, said = await views.change(public, data.name, shared=shared, by=by), "changed"
                elif verb == "drop":
                    done, said = await views.drop(public, by=by, anyones=anyones), "dropped"
                elif verb == "restore":
                    done, said = await views.restore(public, by=by, anyones=anyones), "restored"
                else:
                    raise NotFoundException
        except Refused as no:
            return _back(where, name, state, view_wrong=no.key.partition(".")[2], view_of=public)
        if not done and verb == "change":
            raise NotFoundException
        return _back(where, name, state, view=said if done else "gone", view_of=public)


def _where(request: Web, name: str) -> Standing:
    """Where this request acts, for whoever reads the list; to others there is none."""
    where = standing(request)
    if name not in shelves.LISTS or not allowed(where.place.roles, *shelves.LISTS[name][1:]):
        raise NotFoundException
    return where


def _plain(state: str) -> str:
    """The filters and the order alone."""
    return urlencode([(key, value) for key, value in parse_qsl(state) if key not in OUR_OWN])


def _back(where: Standing, name: str, state: str, **more: str) -> Redirect:
    query = "&".join(part for part in (state, urlencode(more)) if part)
    return Redirect(f"/{where.place.slug}/{shelves.LISTS[name][0]}?{query}", status_code=303)
