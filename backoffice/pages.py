"""All pages as one: their routes, the gate before them, and the pages for what goes wrong."""

import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from litestar import Controller, Litestar, Response, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from litestar.types import ASGIApp, ControllerRouterHandler

from backoffice import asker, privacy_pages, ticket_pages
from backoffice.api import door, problems
from backoffice.api.routes import router
from backoffice.asker import Web
from backoffice.controllers import defects, desk, grants, passkeys, releases, roles, webhooks
from backoffice.controllers.approvals import ApprovalsController
from backoffice.controllers.articles import ArticlesController
from backoffice.controllers.attachments import AttachmentsController
from backoffice.controllers.audit import AuditController
from backoffice.controllers.balances import BalancesController
from backoffice.controllers.blackouts import BlackoutsController
from backoffice.controllers.bot_accounts import Bots, TelegramController, WhatsAppController
from backoffice.controllers.calendar import CalendarController
from backoffice.controllers.calendar_settings import CalendarSettingsController
from backoffice.controllers.calls import CallsController
from backoffice.controllers.careers import CareersController
from backoffice.controllers.chains import ChainsController
from backoffice.controllers.chat_frames import ChatFramesController
from backoffice.controllers.collective import CollectiveController
from backoffice.controllers.company import CompanyController
from backoffice.controllers.consents import ConsentsController
from backoffice.controllers.costs import CostsController
from backoffice.controllers.delegation import DelegationController
from backoffice.controllers.disclosures import DisclosuresController
from backoffice.controllers.drafts import DraftsController
from backoffice.controllers.go import GoController
from backoffice.controllers.holdings import HoldingsController
from backoffice.controllers.ideas import IdeasController
from backoffice.controllers.imports import ImportsController
from backoffice.controllers.invitations import InvitationsController
from backoffice.controllers.jobs import JobsController
from backoffice.controllers.leave import LeaveController
from backoffice.controllers.mailbox import MailboxController
from backoffice.controllers.misses import MissesController
from backoffice.controllers.named import NamedController
from backoffice.controllers.opening import OpeningController
from backoffice.controllers.people import PeopleController
from backoffice.controllers.person import PersonController
from backoffice.controllers.places import PlacesController
from backoffice.controllers.policies import PolicyController
from backoffice.controllers.privacy import PrivacyController
from backoffice.controllers.privacy_entered import PrivacyEnteredController
from backoffice.controllers.promise import PROMISE
from backoffice.controllers.recording import RecordingController
from backoffice.controllers.recounts import RecountsController
from backoffice.controllers.register import RegisterController
from backoffice.controllers.rehearsals import RehearsalsController
from backoffice.controllers.reports import ReportsController
from backoffice.controllers.requests import RequestsController
from backoffice.controllers.reveal import IdentityController, PayController
from backoffice.controllers.session import SessionController
from backoffice.controllers.settings import SettingsController
from backoffice.controllers.simulator import SimulatorController
from backoffice.controllers.slack_app import SlackAppController
from backoffice.controllers.statistics import StatisticsController
from backoffice.controllers.today import TodayController
from backoffice.controllers.types import TypesController
from backoffice.controllers.undelivered import UndeliveredController
from backoffice.controllers.views import ViewsController
from backoffice.controllers.work import WorkController
from backoffice.controllers.worked import WorkedController
from backoffice.films import film_file
from backoffice.gate import Gate, head_as_get
from backoffice.guards import LacksFactor, LacksRole, LooksOnly, NotAtWork
from backoffice.live import LiveController
from backoffice.portal import packs, pins
from backoffice.portal.account import AccountController
from backoffice.portal.calendar import FeedController, MyCalendarController
from backoffice.portal.chat import ChatController
from backoffice.portal.consents import MyConsentsController
from backoffice.portal.data import DataController
from backoffice.portal.data_requests import MyDataRequestsController
from backoffice.portal.frame import CodeController, FrameController
from backoffice.portal.help import HelpController
from backoffice.portal.home import PortalController
from backoffice.portal.ideas import MyIdeasController
from backoffice.portal.leave import LeavePagesController
from backoffice.portal.looks import LooksController
from backoffice.portal.offers import OffersController
from backoffice.portal.tickets import MyTicketsController
from backoffice.portal.training import FilmController, TrainingController
from backoffice.public import report
from backoffice.public.front import FrontController
from backoffice.public.policies import PoliciesController
from backoffice.public.releases import ReleasesController
from backoffice.public.trial import Draw, Trial, TrialController
from backoffice.rendering import bare, refusal, says
from backoffice.static_files import static
from backoffice.talks import Read
from backoffice.too_many import TooManyTries
from backoffice.vitals import timed
from core import engines, log
from core.accounts.roles import EVERY
from core.errors import Refused
from core.leave.wished import ReadDays
from core.messaging.mailboxes import Reader
from core.messaging.rehearsed import Play
from core.messaging.workspaces import Connector

# One a line, in the order of the map; the address of a company itself comes last.
CONTROLLERS: tuple[type[Controller], ...] = (
    FrontController,
    SessionController,
    PortalController,
    LeavePagesController,
    DataController,
    MyDataRequestsController,
    MyConsentsController,
    *pins.CONTROLLERS,
    *packs.CONTROLLERS,
    HoldingsController,
    ConsentsController,
    StatisticsController,
    MyCalendarController,
    FeedController,
    *passkeys.CONTROLLERS,
    AccountController,
    OffersController,
    MyTicketsController,
    MyIdeasController,
    HelpController,
    TrainingController,
    FilmController,
    ChatController,
    CodeController,
    FrameController,
    *report.CONTROLLERS,
    LiveController,
    LooksController,
    GoController,
    *desk.CONTROLLERS,
    CallsController,
    *ticket_pages.CONTROLLERS,
    *PROMISE,
    TodayController,
    PeopleController,
    PlacesController,
    CareersController,
    PersonController,
    ImportsController,
    InvitationsController,
    LeaveController,
    OpeningController,
    BlackoutsController,
    BalancesController,
    RecordingController,
    CalendarController,
    CalendarSettingsController,
    ApprovalsController,
    RequestsController,
    ChainsController,
    NamedController,
    DelegationController,
    AttachmentsController,
    IdentityController,
    PayController,
    ReportsController,
    TypesController,
    CollectiveController,
    RecountsController,
    WorkController,
    WorkedController,
    ViewsController,
    DraftsController,
    SlackAppController,
    TelegramController,
    WhatsAppController,
    MailboxController,
    ChatFramesController,
    *webhooks.CONTROLLERS,
    SettingsController,
    *grants.CONTROLLERS,
    *defects.CONTROLLERS,
    *roles.CONTROLLERS,
    *releases.CONTROLLERS,
    JobsController,
    UndeliveredController,
    CostsController,
    MissesController,
    IdeasController,
    PrivacyController,
    PrivacyEnteredController,
    ArticlesController,
    RegisterController,
    DisclosuresController,
    *privacy_pages.CONTROLLERS,
    PolicyController,
    PoliciesController,
    ReleasesController,
    SimulatorController,
    RehearsalsController,
    AuditController,
    CompanyController,
)
COMES_BACK = "5"  # seconds after which to ask again when the database does not answer
BARE = {"x-content-type-options": "nosniff"}  # what a program is told is no page
FAULTS = (400, 403, 404, 405, 413, 429)


def application(
    others: Sequence[HTTPRouteHandler | Router] = (),
    *,
    read_talk: Read,
    play_talk: Play,
    read_days: ReadDays,
    slack: Connector,
    bots: Bots,
    mail: Reader,
    draw_card: Draw | None = None,
    trial: int | None = None,
    before: Callable[[ASGIApp], ASGIApp] = lambda app: app,
    **more: Any,
) -> Litestar:
    """The web application: our pages, and the routes of others beside them, behind the same gate; `before` may stand
    in front of all routes."""
    made = Litestar(
        routes(
            others, read_talk=read_talk, play_talk=play_talk, read_days=read_days, slack=slack, bots=bots,
            mail=mail, draw_card=draw_card, trial=trial,
        ),
        middleware=[Gate],
        # Our own log says what happened; the framework's would keep a thread to say it in words of its own.
        exception_handlers=exception_handlers(), openapi_config=None, logging_config=None, **more,
    )  # fmt: skip
    made.asgi_handler = timed(before(head_as_get(made.asgi_handler)))
    return made


def routes(
    others: Sequence[HTTPRouteHandler | Router] = (),
    *,
    read_talk: Read,
    play_talk: Play,
    read_days: ReadDays,
    slack: Connector,
    bots: Bots,
    mail: Reader,
    draw_card: Draw | None = None,
    trial: int | None = None,
) -> list[Router]:
    """Every page, in one router with the others, since both know `/chat`; `trial` is the trial page's company."""
    handed = {
        "read_talk": Provide(lambda: read_talk, sync_to_thread=False),
        "play_talk": Provide(lambda: play_talk, sync_to_thread=False),
        "read_days": Provide(lambda: read_days, sync_to_thread=False),
        "connector": Provide(lambda: slack, sync_to_thread=False),
        "bots": Provide(lambda: bots, sync_to_thread=False),
        "mail": Provide(lambda: mail, sync_to_thread=False),
    }
    shown: list[ControllerRouterHandler] = [*CONTROLLERS, static, film_file, router(), *others]
    if trial is not None and draw_card is not None:
        stage = Trial(trial, draw_card)
        handed["trial"] = Provide(lambda: stage, sync_to_thread=False)
        shown.append(TrialController)
    return [Router("/", route_handlers=shown, dependencies=handed, opt={"demo": trial is not None})]


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def exception_handlers() -> dict[int | type[Exception], Callable[[Web, Any], Response[Any]]]:
    """A page for each way in which a request can fail."""
    return {Refused: refused, HTTPException: failed, 500: broken, Exception: broken}


def failed(request: Web, fault: HTTPException) -> Response[Any]:
    """What the person did, or may not do: told in their language, never with our words."""
    status = fault.status_code
    if request.scope["path"].startswith(f"{door.AT}/"):
        return problems.failed(request, fault)
    if status == 401:
        return _to_sign_in(request)
    if status >= 500:
        return broken(request, fault)
    if status in (403, 429):
        # Who tries what they may not: the address of a route, never of a person or what was sent.
        log.warning(
            "request_refused", status=status, reason=type(fault).__name__, method=request.method,
            route=str(request.scope.get("path_template")),
        )  # fmt: skip
    if not _wants_page(request):
        return Response({"error": status}, status_code=status, headers=BARE)
    if isinstance(fault, LacksFactor):
        return Redirect(f"/account/second-factor?next={quote(_stood_on(request))}", status_code=303)
    if isinstance(fault, NotAtWork):
        return bare(request, "errors/away.html", status=403, spell=fault.spell)
    if isinstance(fault, LooksOnly):
        return bare(
            request, "errors/422.html", status=403, said=says(request, "grants.looks_only"), back=_above(request)
        )
    if isinstance(fault, LacksRole):
        return bare(request, "errors/403.html", status=403, roles=_named(request, fault.roles))
    if isinstance(fault, TooManyTries):
        return bare(request, "errors/429.html", status=429, minutes=fault.minutes)
    return bare(request, f"errors/{status if status in FAULTS else 400}.html", status=status, roles=None)


def refused(request: Web, no: Refused) -> Response[Any]:
    """A rule said no where no page took it up."""
    said = refusal(request, no, "Asia/Jakarta")
    return bare(request, "errors/422.html", status=422, said=said, back=_above(request))


def broken(request: Web, fault: Exception) -> Response[Any]:
    """Our fault: a number to quote, and the same number in the log."""
    if engines.is_away(fault):
        return _away(request, fault)
    quote = secrets.token_hex(4)
    log.error(
        "page_failed", fault=fault, reason=quote, method=request.method, route=str(request.scope.get("path_template"))
    )
    if not _wants_page(request):
        return Response({"error": 500, "quote": quote}, status_code=500, headers=BARE)
    return bare(request, "errors/500.html", status=500, quote=quote)


def _away(request: Web, fault: Exception) -> Response[Any]:
    """The database does not answer now. Nothing was kept; platforms and people come again."""
    full = engines.is_full(fault)
    name = "no_room" if full else "database_away"
    log.warning(name, reason=type(fault).__name__, route=str(request.scope.get("path_template")))
    answer: Response[Any] = Response({"error": 503}, status_code=503, headers=BARE)
    if _wants_page(request):
        answer = bare(request, "errors/503.html", status=503, full=full)
    answer.headers["retry-after"] = COMES_BACK
    return answer


def _to_sign_in(request: Web) -> Response[Any]:
    if request.headers.get("hx-request"):
        # The fragment's page is loaded anew, and that one leads to the sign-in form.
        return Response("", status_code=401, headers={"HX-Refresh": "true"})
    if request.headers.get("x-requested-with") == "fetch" or not _wants_page(request):
        return Response({"error": 401}, status_code=401)
    there, signed = _stood_on(request), asker.of(request).signed
    if (frame := asker.of(request).frame) is not None:
        return Redirect(f"{asker.FRAMES}{frame.public}", status_code=303)
    ended = signed is not None and bool(signed.shut)
    return Redirect(
        "/sign-in" if there in ("/me/", "/me") and not ended else f"/sign-in?next={quote(there)}", status_code=303
    )


def _stood_on(request: Web) -> str:
    """The page on which somebody was; of a form that is sent to an address of its own, the nearest page above it."""
    path, query = request.url.path, request.url.query
    if request.method in ("GET", "HEAD"):
        return f"{path}?{query}" if query else path
    template = str(request.scope.get("path_template") or path)
    while template not in _pages_of(request.app) and path.count("/") > 1:
        path, template = path.rpartition("/")[0], template.rpartition("/")[0]
    return path


def _above(request: Web) -> str | None:
    """The nearest page above this address, with what it was asked for: of a file, the list that it is made of."""
    path, template = request.url.path, str(request.scope.get("path_template") or request.url.path)
    while path.count("/") > 2:
        path, template = path.rpartition("/")[0], template.rpartition("/")[0]
        if template in _pages_of(request.app):
            return f"{path}?{request.url.query}" if request.url.query else path
    return None


@lru_cache(maxsize=4)
def _pages_of(app: Litestar) -> frozenset[str]:
    """The addresses that can be opened, as the routes spell them."""
    return frozenset(route.path_format for route in app.routes if "GET" in getattr(route, "methods", ()))


def _wants_page(request: Web) -> bool:
    wished = request.headers.get("accept", "")
    by_programs = request.scope["path"].startswith(("/hooks/", "/api/"))
    return not by_programs and "json" not in wished and "event-stream" not in wished


def _named(request: Web, roles: Sequence[str]) -> str:
    """`Administrator or Data Protection Officer`."""
    names = [says(request, f"web.role_{role}") for role in EVERY if role in roles]
    if len(names) == 1:
        return names[0]
    return says(request, "web.role_or", roles=", ".join(names[:-1]), last=names[-1])
