"""What was given to somebody outside: to whom, which kinds of data, of whom, on what ground. It is only added to."""

from collections.abc import Sequence
from datetime import datetime

from core import audit, clock, database
from core.approvals import decisions
from core.audit import Actor
from core.errors import Refused
from core.phrases import one_line
from core.privacy.registry_tables import Disclosure

LETTER = "G"
LAW, CONTRACT, CONSENT, ORDER = "law", "contract", "consent", "order"
BASES = (LAW, CONTRACT, CONSENT, ORDER)
LONGEST_RECEIVER, LONGEST_GROUP, LONGEST_DATA, LONGEST_WHY = 120, 120, 300, 500
MOST_PEOPLE = 1_000_000
SHORTEST_WHY = 10


async def record(
    *, person: int | None, group: str, people: int, receiver: str, data: str, basis: str, why: str,
    given_at: datetime, by: Actor,
) -> Disclosure:  # fmt: skip
    """Write down, in the open transaction, that data of `person`, or of `people` in a group, were given to `receiver`.

    Refused: nobody named, no receiver, no kinds of data, no ground there is, too short a reason, a time to come.
    """
    to, kinds, words, whose = one_line(receiver), one_line(data), one_line(why), one_line(group)
    if person is None and not (whose and len(whose) <= LONGEST_GROUP and 0 < people <= MOST_PEOPLE):
        raise Refused("register.whose_needed")
    if not to or len(to) > LONGEST_RECEIVER:
        raise Refused("register.receiver_needed", most=LONGEST_RECEIVER)
    if not kinds or len(kinds) > LONGEST_DATA:
        raise Refused("register.data_needed", most=LONGEST_DATA)
    if basis not in BASES:
        raise Refused("register.basis_needed")
    if not SHORTEST_WHY <= len(words) <= LONGEST_WHY:
        raise Refused("register.why_needed", least=SHORTEST_WHY, most=LONGEST_WHY)
    if given_at > clock.now():
        raise Refused("register.later_than_now")
    row = Disclosure(
        public=database.new_public(), number=await decisions.next_number(LETTER), person=person,
        crowd=None if person is not None else whose, people=1 if person is not None else people, receiver=to,
        data=kinds, basis=basis, why=words, by=by.name, given_at=given_at, at=clock.now(),
    )  # fmt: skip
    await Disclosure.insert(row)
    audit.record("disclosure.recorded", f"disclosure:{row.id}", by=by, number=row.number, basis=basis)
    return row


async def of(person: int) -> Sequence[Disclosure]:
    """What was given away about this person alone, the newest first; groups name nobody."""
    return list(
        await Disclosure.objects().where(Disclosure.person == person).order_by(Disclosure.given_at, ascending=False)
    )
