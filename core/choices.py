"""What a company may choose, what holds when it chose nothing, and since when its choice stands.

Only what really acts is here: each choice is read by the code that goes by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from piccolo.columns import Serial, Timestamptz, Varchar

from core import audit, clock, database, vault
from core.audit import Actor
from core.database import CompanyTable
from core.errors import Refused
from core.phrases import one_line
from core.vault import Sealed


class Choice(CompanyTable):
    """One choice of a company; without a row its default holds."""

    id: Serial
    name = Varchar(length=40)
    value = Varchar(length=40)
    set_at = Timestamptz(default=None)
    set_by = Varchar(length=64)
    why = Sealed(of=None, null=True)  # of a choice that needs a reason


LONGEST_LIST = 40


@dataclass(frozen=True)
class Offered:
    """Something to choose: a number within bounds."""

    name: str
    default: int
    least: int
    most: int
    reasoned: bool = False  # whether it is only switched on with a reason

    @property
    def long(self) -> bool:
        """Whether there are too many numbers to choose from a list."""
        return self.most - self.least > LONGEST_LIST

    @property
    def yes_no(self) -> bool:
        """Whether it is only on or off."""
        return (self.least, self.most) == (0, 1)


@dataclass(frozen=True)
class Chosen:
    """What holds, and since when somebody wanted it so; None: it is the default."""

    value: int
    since: datetime | None


TEAM_SEEN = Offered("team_seen", 1, 0, 1)  # /me shows who of one's department is away today
MESSAGES_KEPT = Offered("messages_kept", 12, 3, 12)  # months, for messages and talks
SINGLE_HANDED = Offered("single_handed", 0, 0, 1, reasoned=True)  # the same person confirms again: approvals.four_eyes
# Hours of an approver's working days, for chains that say none of their own: approvals.hours.
APPROVAL_REMINDER = Offered("approval_reminder", 24, 1, 720)
APPROVAL_ESCALATION = Offered("approval_escalation", 48, 2, 720)
# Hours of the day at the place of work between which what can wait does: messaging.quiet. Equal: there is no night.
QUIET_FROM = Offered("quiet_from", 21, 0, 23)
QUIET_UNTIL = Offered("quiet_until", 6, 0, 23)
# Whole rupiah for a thousand messages of WhatsApp, by its categories: messaging.costs. 0: not known.
PRICE_SERVICE = Offered("price_service", 0, 0, 9_999_999)
PRICE_UTILITY = Offered("price_utility", 0, 0, 9_999_999)
PRICE_AUTHENTICATION = Offered("price_authentication", 0, 0, 9_999_999)
PRICE_MARKETING = Offered("price_marketing", 0, 0, 9_999_999)
# The desk deals tickets out by itself, by load instead of in turns, up to so many open ones each: helpdesk.dealing.
DESK_DEALS = Offered("desk_deals", 0, 0, 1)
DESK_BY_LOAD = Offered("desk_by_load", 0, 0, 1)
DESK_ROOM = Offered("desk_room", 8, 1, 100)
# Clocks of a question run by the time of the place where whoever asks works: calendar.promises.
DESK_PLACE_TIME = Offered("desk_place_time", 0, 0, 1)
_EVERY = (
    TEAM_SEEN, APPROVAL_REMINDER, APPROVAL_ESCALATION, QUIET_FROM, QUIET_UNTIL, MESSAGES_KEPT, SINGLE_HANDED,
    PRICE_SERVICE, PRICE_UTILITY, PRICE_AUTHENTICATION, PRICE_MARKETING,
    DESK_DEALS, DESK_BY_LOAD, DESK_ROOM, DESK_PLACE_TIME,
)  # fmt: skip
OFFERED: Mapping[str, Offered] = {one.name: one for one in _EVERY}
WHY, LONGEST_WHY = "choice.why", 200


async def of(offered: Offered) -> int:
    """What holds in the open company."""
    row = await Choice.select(Choice.value).where(Choice.name == offered.name).first()
    return int(row["value"]) if row else offered.default


async def every() -> dict[str, Chosen]:
    """All choices of the open company."""
    rows = {row["name"]: row for row in await Choice.select()}
    return {
        name: Chosen(int(rows[name]["value"]), rows[name]["set_at"]) if name in rows else Chosen(one.default, None)
        for name, one in OFFERED.items()
    }


async def choose(name: str, value: int, *, by: Actor, why: str = "") -> bool:
    """Have this hold from now on; False when it holds already. Refused: out of bounds, a reminder that is not before
    the escalation, or no reason given."""
    offered = OFFERED[name]
    if not offered.least <= value <= offered.most:
        raise Refused("settings.out_of_bounds", least=str(offered.least), most=str(offered.most))
    await database.lock_name(f"choice:{database.company()}:{name}")
    if await of(offered) == value:
        return False
    await _check_order(offered, value)
    reason = one_line(why)
    if offered.reasoned and value != offered.default and not 0 < len(reason) <= LONGEST_WHY:
        raise Refused("settings.why_missing", most=str(LONGEST_WHY))
    await Choice.delete().where(Choice.name == name)
    if value != offered.default:
        sealed = vault.seal(reason, company=database.company(), column=WHY) if offered.reasoned else None
        await Choice.insert(Choice(name=name, value=str(value), set_at=clock.now(), set_by=by.name, why=sealed))
    audit.record("setting.changed", f"setting:{name}", by=by, value=value)
    return True


async def _check_order(offered: Offered, value: int) -> None:
    if offered == APPROVAL_REMINDER and value >= (later := await of(APPROVAL_ESCALATION)):
        raise Refused("settings.reminder_first", hours=str(later))
    if offered == APPROVAL_ESCALATION and value <= (sooner := await of(APPROVAL_REMINDER)):
        raise Refused("settings.escalation_later", hours=str(sooner))
