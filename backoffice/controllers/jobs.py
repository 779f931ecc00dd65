"""What Serambi does by itself: long work with its progress, jobs that were given up, messages that did not arrive."""

from collections.abc import Awaitable
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.work import shown
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, page, refusal
from core import database, jobs, moments, parked
from core.errors import Refused
from core.jobs import CronRun, Job
from core.messaging import circuits, undelivered
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity
from core.phrases import keys, phrase
from core.work import Work

MOST = 50


class Typed(Struct):
    """What must be typed before something is given up for good."""

    name: str = ""


class JobsController(Controller):
    """The jobs page of one company."""

    path = "/{company:str}/jobs"
    guards = (requires("jobs", "read"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Long work first, then what was given up, then the schedule."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            given_up = await parked.of_company(MOST)
            waiting = await Job.count().where((Job.company == where.company) & (Job.state.is_in(["queued", "running"])))
            works = await Work.objects().order_by(Work.id, ascending=False).limit(10)
            schedule = [await _cron(name, expression, language) for name, (expression, _) in jobs.CRONS.items()]
            messages = await undelivered.count()
            services = await _shut()
        return await page(
            request, "jobs/index.html", place=where.place.name, zone=where.place.zone, company=where.place,
            given_up=[{**row, "name": _name(row["name"], language)} for row in given_up], waiting=waiting,
            works=[shown(one, language) for one in works], schedule=schedule, messages=messages, services=services,
            done=done if done in ("tried", "dropped") else "",
        )  # fmt: skip

    @post("/{number:int}/again")
    async def again(self, request: Web, number: Number) -> Response[str]:
        """Try a given-up job once more."""
        return await changed(request, "jobs", parked.try_again(number, by=acting(request)), "tried")

    @get("/{number:int}/drop")
    async def ask_to_drop(self, request: Web, number: Number) -> Response[str]:
        """What will be gone, and the name that must be typed."""
        return await _confirm(request, number)

    @post("/{number:int}/drop")
    async def drop(self, request: Web, number: Number, data: URLEncodedBody[Typed]) -> Response[str]:
        """Give a job up for good, once its name was typed."""
        if data.name.strip() != str(number):
            return await _confirm(request, number, wrong=True)
        return await changed(request, "jobs", parked.drop(number, by=acting(request)), "dropped")


async def _confirm(request: Web, number: int, *, wrong: bool = False) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        found = next((row for row in await parked.of_company(1000) if row["id"] == number), None)
    if found is None:
        raise NotFoundException
    faults = {"name": phrase("jobs.drop_wrong", language, number=str(number))} if wrong else {}
    return await page(
        request, "jobs/drop.html", status=422 if wrong else 200, place=where.place.name, company=where.place,
        number=str(number), name=_name(found["name"], language), wrong=faults,
    )  # fmt: skip


async def changed(request: Web, list_: str, verb: Awaitable[object], done: str) -> Response[str]:
    """What became of one thing of a list, back on the list; or that it was not there any more."""
    where = standing(request)
    here = f"/{where.place.slug}/{list_}"
    try:
        async with database.transaction(where.company):
            await verb
    except Refused as no:
        said = refusal(request, no, where.place.zone)
        return await page(request, "errors/409.html", status=409, said=said, back=here)
    return Redirect(f"{here}?done={done}", status_code=303)


def _name(name: str, language: str) -> str:
    """What a job does, in words; a name without words stays as it is."""
    key = f"jobs.name_{name.replace('.', '_')}"
    return phrase(key, language) if key in _KEYS else name


_KEYS = frozenset(keys("id"))


async def _cron(name: str, expression: str, language: str) -> dict[str, Any]:
    last = await CronRun.select(CronRun.due).where(CronRun.name == name).order_by(CronRun.due, ascending=False).first()
    return {"name": _name(name, language), "last": last["due"] if last else None, "next": moments.next_due(expression)}


async def _shut() -> list[dict[str, Any]]:
    """The services this company's people are spoken to by that do not answer now."""
    found = []
    for one in await circuits.shut():
        channel, _, account = one.name.partition("|")
        mine = (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        if channel == "email" or await ChannelIdentity.exists().where(mine & ChannelIdentity.ended_at.is_null()):
            waiting = (Outbound.channel == channel) & (Outbound.account == account) & (Outbound.state == "queued")
            found.append(
                {"channel": channel, "since": one.opened_at, "again": one.shut_until, "reason": one.reason,
                 "waiting": await Outbound.count().where(waiting)}
            )  # fmt: skip
    return found
