"""Slack's home of the app: what waits for whoever opens it, each with its buttons. It is never the only copy.

It is drawn from how things stand, so a home that is drawn twice, late or by two workers ends up right.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.channels import Later, Never, slack
from bot.channels.slack_reading import HOME, NAME
from core import clock, database, jobs, log, settings
from core.accounts.tables import Company
from core.approvals import cards, steps, waiting
from core.messaging import homes, silence
from core.messaging.messages import Message
from core.people import directory, identities
from core.people.identities import Known
from core.people.tables import ChannelIdentity
from core.phrases import phrase

MOST = 10  # cards; the rest stands on the page
TIMES = 3  # how often a home is drawn anew because something changed meanwhile


class NotShown(Exception):
    """Slack did not take the home now; it is tried again."""


@jobs.job(f"slack.{HOME}")
async def opened(_: int | None, team: str, user: str, _at: float) -> None:
    """Somebody opened the app: show them what waits for them."""
    async with database.installation(writes=False):
        known = await identities.whose(NAME, team, user)
    await _show(team, user, known)


@jobs.job(homes.REFRESH)
async def refresh(company: int, person: int) -> None:
    """Something waits for this person, or no longer does: draw their homes anew."""
    async with database.reading(company):
        links = await ChannelIdentity.select().where(
            (ChannelIdentity.person == person) & (ChannelIdentity.channel == NAME)
            & ChannelIdentity.ended_at.is_null() & ChannelIdentity.unreachable_at.is_null()
        )  # fmt: skip
    for row in links:
        known = Known(row["id"], company, person, verified_at=row["verified_at"])
        await _show(row["account"], row["external_id"], known)


async def _show(team: str, user: str, known: Known | None) -> None:
    for _ in range(TIMES):
        head, drawn, mark = await _draw(team, user, known)
        try:
            await slack.CHANNEL.publish(team, user, head, drawn)
        except Later as later:
            if later.seconds is not None:
                raise jobs.Later(clock.now() + timedelta(seconds=later.seconds)) from later
            raise NotShown from later
        except Never as never:
            log.warning("slack.home_refused", channel=NAME, reason=never.reason)
            return
        if known is None or mark == await _mark(known):
            return


async def _draw(team: str, user: str, known: Known | None) -> tuple[str, Sequence[Message], object]:
    """The words above, the cards, and what they were drawn from."""
    if known is None:
        return phrase("channels.home_unlinked", "id"), (), None
    async with database.transaction(known.company):
        employee = await directory.of_person(known.person)
        silent = known.verified_at is not None and await silence.is_silent(
            NAME, team, user, person=known.person, verified_at=known.verified_at
        )
        if employee is None or silent:
            return phrase("channels.home_unlinked", employee.language if employee else "id"), (), await _seen(known)
        requests, number = await waiting.waiting_and_number(known.person, limit=MOST)
        drawn = []
        for request in requests:
            step = await steps.current(request)
            seat = await steps.seat_of(known.person, request, step) if step is not None else None
            if step is not None and seat is not None:
                made = await cards.message_for(known.person, request, step, for_whom=seat.for_whom)
                drawn.append(made)
        company = await Company.select(Company.slug).where(Company.id == known.company).first()
        link = f"{settings.current().public_url}/{company['slug'] if company else ''}/approvals"
        key = "home_nothing" if not drawn else "home_waits" if number <= MOST else "home_more"
        head = phrase(
            f"channels.{key}", employee.language, name=employee.first_name, number=str(number), most=str(MOST),
            link=link,
        )  # fmt: skip
        return head, drawn, await _seen(known)


async def _mark(known: Known) -> object:
    async with database.reading(known.company):
        return await _seen(known)


async def _seen(known: Known) -> object:
    """What a home depends on: which requests wait, in which version."""
    found = await waiting.waiting_for(known.person, limit=MOST)
    return [(one.id, one.version) for one in found]
