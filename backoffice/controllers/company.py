"""The address of a company itself: on to the first of its pages that this person may open."""

from litestar import Controller, get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from backoffice.asker import Web
from backoffice.controllers.session import COMPANY_PAGES
from backoffice.guards import requires, standing
from core.accounts.roles import allowed


class CompanyController(Controller):
    """`/{company}`."""

    path = "/{company:str}"
    guards = (requires("account", "own"),)

    @get()
    async def landing(self, request: Web) -> Redirect:
        """The board first, then what waits for people."""
        place = standing(request).place
        for resource, action in COMPANY_PAGES:
            if allowed(place.roles, resource, action):
                return Redirect(f"/{place.slug}/{resource}", status_code=303)
        if place.person is not None:
            return Redirect("/me/", status_code=303)
        raise NotFoundException
