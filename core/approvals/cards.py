"""The card of a request: put before its approvers, and turned wherever it can be when something became of it."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core import clock, settings
from core.accounts.tables import Account, Company
from core.approvals import above, history, signers
from core.approvals.kinds import APPROVE, CANCELLED, CHANGE, REJECT, VERDICTS, Described, Verdict, described
from core.approvals.rules import ANY, needed
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.messaging import buttons, mail, outbox
from core.messaging.messages import Choice, Message
from core.messaging.outbox import Address
from core.people import directory
from core.people.names import told_apart
from core.people.tables import Person
from core.phrases import phrase, saat
from core.stated import stated

DECIDE = "decide"


class SeatSaid(NamedTuple):
    """A place at a step: whose it is, by their whole name, and what was said from it."""

    name: str
    verdict: str | None


FIRST, AGAIN, REMINDER = "first", "again", "reminder"
Lead = Callable[[str], str]  # what stands above a card, in a language
Words = Callable[[Described, str, str, str], str]  # described, language, zone, the channel of the copy


async def put_before(
    person: int, request: Request, step: Step, *, for_whom: int | None = None, how: str = FIRST, mark: str = "",
    lead: Lead | None = None,
) -> None:  # fmt: skip
    """Show the request to one approver, with what it would change and how to decide it."""
    if (account := await signers.account_of(person)) is not None:
        again = mark if how == FIRST else f":{how}{mark}"  # a mark too: they may be seated a second time
        await _mail(account, request, dedupe=f"card:{request.id}:{request.version}:{step.level}:{person}{again}")
        return
    message = await message_for(person, request, step, for_whom=for_whom, how=how, lead=lead)
    await outbox.post(
        await outbox.address_of(person), message, card_of=request.id, card_version=request.version,
        # Who had it in another's place may be asked in a seat of their own later.
        dedupe=f"card:{request.id}:{request.version}:{step.level}:{person}:{how}{mark}:{for_whom or ''}",
        after_unknown=outbox.DROP if how == REMINDER else outbox.RESEND,
    )  # fmt: skip


async def message_for(
    person: int, request: Request, step: Step, *, for_whom: int | None = None, how: str = FIRST,
    lead: Lead | None = None,
) -> Message:  # fmt: skip
    """The card as one approver reads it, with buttons of their own."""
    language, zone = await reader(person)
    told = (await described([request], language))[request.id]
    key = "approvals.reminder" if how == REMINDER else "approvals.card"
    what = told.what
    if (was := await _before(request, language)) is not None:
        what = phrase("approvals.was", language, what=what, was=was)
    if told.reason is not None:
        what = phrase("approvals.with_reason", language, what=what, reason=told.reason)
    above = lead(language) if lead is not None else ""
    if for_whom is not None:
        above = phrase("approvals.in_place_of", language, whom=await _first_name(for_whom))
    text = phrase(
        key, language, number=_number(request, language), what=what, effect=told.effect, level=str(step.level),
        levels=str(await _levels(request)), after=await _after(person, request, step, language, zone),
        seats=await _seats(step, language),
    ).strip()  # fmt: skip
    text = "\n".join(line.strip() for line in f"{text}\n{above}".splitlines() if line.strip())
    choices = await _choices(person, request, step, language)
    return Message(key, text, choices, title=told.title, language=language)


async def _mail(account: int, request: Request, *, dedupe: str) -> None:
    """Tell an administrator without a chat that something waits on the page; what it is stands there alone."""
    company = await Company.select(Company.slug).where(Company.id == request.company).first()
    row = await Account.select(Account.language).where(Account.id == account).first()
    assert company is not None and row is not None
    await mail.post(
        "approvals.mail_waits", to=f"account:{account}", language=row["language"], dedupe=dedupe,
        number=request.number, link=f"{settings.current().public_url}/{company['slug']}/approvals/{request.public}",
    )  # fmt: skip


async def _choices(person: int, request: Request, step: Step, language: str) -> tuple[Choice, ...]:
    return tuple(
        [
            await buttons.make(
                phrase(f"approvals.{verdict}", language), DECIDE, person=person, subject=request.id,
                version=request.version, verdict=verdict,
            )
            for verdict in VERDICTS
            if verdict != CHANGE or step.asks == "it"
        ]
    )  # fmt: skip


async def _before(request: Request, language: str) -> str | None:
    """What the version before asked for, in words, if it asked for something else."""
    former = await history.former_subject(request) if request.version > 1 else None
    if former is None:
        return None
    then = Request(
        kind=request.kind, subject=former, number=request.number, version=request.version - 1,
        employment=request.employment, state=request.state, public=request.public, submitted_at=request.submitted_at,
    )  # fmt: skip
    then.id = request.id
    told = (await described([then], language))[request.id]
    return told.when or told.what


async def _levels(request: Request) -> int:
    return int(await _count(request.id, request.version))


@stated
def _count(request: int, version: int) -> Any:
    return Step.count().where((Step.request == request) & (Step.version == version))


async def _seats(step: Step, language: str) -> str:
    if step.mode == ANY:
        return ""
    return seats_in_words(step.mode, step.needed, (await seats_of([step.id])).get(step.id, ()), language)


async def seats_of(steps: Sequence[int]) -> Mapping[int, Sequence[SeatSaid]]:
    """The seats of each of these steps in the order in which they were asked, with what was said from each."""
    rows = await StepApprover.select(
        StepApprover.step, StepApprover.person, StepApprover.beside, StepApprover.ended_at,
        StepApprover.person.name.as_alias("name"),
    ).where(StepApprover.step.is_in(list(steps) or [0])).order_by(StepApprover.id)  # fmt: skip
    given = await Decision.select(Decision.step, Decision.actor, Decision.for_whom, Decision.verdict).where(
        Decision.step.is_in(list(steps) or [0])
    )
    beside = {(row["step"], row["person"]): row["beside"] for row in rows}
    said = {}
    for one in given:
        whose = one["for_whom"] or one["actor"]
        said[one["step"], beside.get((one["step"], whose)) or whose] = one["verdict"]
    found: dict[int, list[SeatSaid]] = {}
    for row in rows:
        if row["beside"] is None and row["ended_at"] is None:
            found.setdefault(row["step"], []).append(SeatSaid(row["name"], said.get((row["step"], row["person"]))))
    return found


def seats_in_words(mode: str, quorum: int, seats: Sequence[SeatSaid], language: str) -> str:
    """Where one answer is not enough: who must agree, and who has said what so far."""
    if mode == ANY or len(seats) < 2:
        return ""
    names = told_apart([one.name for one in seats])
    enough = needed(mode, quorum, len(names))
    told = [(("all_of" if enough == len(names) else "so_many_of"), names)]
    for verdict, key in ((APPROVE, "agreed_so_far"), (REJECT, "refused_so_far")):
        told.append((key, [name for name, one in zip(names, seats, strict=True) if one.verdict == verdict]))
    return " ".join(
        phrase(f"approvals.{key}", language, enough=str(enough), names=", ".join(some)) for key, some in told if some
    )


async def _after(person: int, request: Request, step: Step, language: str, zone: str) -> str:
    """Who is asked too when this approver does not answer, and when."""
    row = (
        await StepApprover.objects()
        .where((StepApprover.step == step.id) & (StepApprover.person == person) & StepApprover.ended_at.is_null())
        .first()
    )
    if row is None or row.escalate_at is None or row.escalated_at is not None:
        return ""
    asker = await directory.employee(request.employment)
    heads = await above.of(person, request, step, asker.person)
    if not heads:
        return ""
    key = "approvals.then_head" if len(heads) == 1 else "approvals.then_administrators"
    return phrase(key, language, head=heads[0].first_name, at=saat(row.escalate_at, zone, language))


def _number(request: Request, language: str, version: int | None = None) -> str:
    of = version or request.version
    if of == 1:
        return request.number
    return phrase("approvals.number_version", language, number=request.number, version=str(of))


# -- what became of it -------------------------------------------------------------------------------------------------


async def decided(request: Request, given: Verdict) -> None:
    """Write the decision on every copy of the card."""

    def words(told: Described, language: str, zone: str, channel: str) -> str:
        key = {APPROVE: "turned_approved", REJECT: "turned_rejected", CHANGE: "turned_changed"}[given.verdict]
        if given.cancelled:
            key = {"turned_approved": "turned_cancelled", "turned_rejected": "turned_kept"}[key]
        return phrase(
            f"approvals.{key}", language, number=_number(request, language), what=told.what,
            who=_through(given, channel, language), at=saat(given.at, zone, language), reason=given.reason or "",
        )  # fmt: skip

    await turn(request, "approvals.decided", words, mark=request.state)


async def called_off(request: Request, given: Verdict) -> None:
    """Write on the card of what was agreed to that its asker has called it off, or a part of it."""
    key = "turned_called_off" if request.state == CANCELLED else "turned_called_off_part"

    def words(told: Described, language: str, zone: str, _: str) -> str:
        return phrase(
            f"approvals.{key}", language, number=_number(request, language), what=told.what, who=given.who,
            at=saat(given.at, zone, language),
        )  # fmt: skip

    await turn(request, "approvals.called_off", words, mark=f"{key}:{given.at.isoformat()}")


async def stands_again(request: Request, given: Verdict) -> None:
    """Write on the card of what was called off for something else that it is in effect again."""

    def words(told: Described, language: str, zone: str, _: str) -> str:
        return phrase(
            "approvals.turned_stands_again", language, number=_number(request, language), what=told.what,
            at=saat(given.at, zone, language),
        )  # fmt: skip

    await turn(request, "approvals.called_off", words, mark=f"stands_again:{given.at.isoformat()}")


def _through(given: Verdict, channel: str, language: str) -> str:
    """Who decided; on the copies of other channels also where."""
    named = given.named(language)
    if given.channel in (channel, "job"):
        return named
    return phrase("approvals.through", language, who=named, channel=given.channel)


async def passed(request: Request, step: Step, given: Verdict, names: str) -> None:
    """Write on the cards of a step that its answer is in, and who is asked now."""

    def words(told: Described, language: str, zone: str, _: str) -> str:
        return phrase(
            "approvals.turned_passed", language, number=_number(request, language), what=told.what,
            who=given.named(language), at=saat(given.at, zone, language), next=names,
        )  # fmt: skip

    await turn(request, "approvals.passed", words, mark=f"passed{step.level}:v{request.version}")


async def counted(request: Request, step: Step, given: Verdict, people: Collection[int], left: str) -> None:
    """Write on the cards of one of several approvers, and of who speaks from that seat, that its answer is in."""
    key = "turned_counted" if given.verdict == APPROVE else "turned_counted_no"

    def words(told: Described, language: str, zone: str, _: str) -> str:
        return phrase(
            f"approvals.{key}", language, number=_number(request, language), what=told.what,
            who=given.named(language), at=saat(given.at, zone, language), left=left, reason=given.reason or "",
        )  # fmt: skip

    mark = f"counted{step.level}:v{request.version}"
    await turn(request, "approvals.counted", words, mark=mark, only=people)


async def closed(request: Request, how: str, *, version: int | None = None, only: Collection[int] | None = None,
                 mark: str = "", **facts: str) -> None:  # fmt: skip
    """Write on the cards that they are over: withdrawn, superseded, expired, or moved to somebody else."""

    def words(told: Described, language: str, zone: str, _: str) -> str:
        return phrase(
            f"approvals.turned_{how}", language, number=_number(request, language, version), what=told.what,
            at=saat(clock.now(), zone, language), **facts,
        )  # fmt: skip

    await turn(request, f"approvals.{how}", words, mark=f"{how}{mark}", only=only, version=version)


async def went_up(request: Request, step: Step, person: int, names: str) -> None:
    """Write on the newest card of one who did not answer that others may decide too; its buttons stay."""

    def words(_: Described, language: str, zone: str, __: str) -> str:
        return phrase(
            "approvals.turned_went_up", language, number=_number(request, language), names=names,
            at=saat(clock.now(), zone, language),
        )  # fmt: skip

    mark = f"up{step.level}:v{request.version}:{clock.now().isoformat()}"  # who was seated anew may be silent anew
    await turn(request, "approvals.went_up", words, mark=mark, only=(person,), still=step)


async def turn(
    request: Request, key: str, words: Words, *, mark: str, only: Collection[int] | None = None,
    version: int | None = None, still: Step | None = None,
) -> None:  # fmt: skip
    """Write the same on every copy of the card of a version (else the present one), and take its buttons away.

    `only` names the people whose copies are meant; with a step that is `still` open, the last of each person's is
    meant and keeps its buttons.
    """
    of = request.version if version is None else version
    copies = [
        card for card in await outbox.cards(request.id)
        if card["card_version"] == of and (only is None or card["person"] in only)
    ]  # fmt: skip
    if still is not None:
        copies = list({card["person"]: card for card in copies}.values())
    read: dict[str, Described] = {}
    for card in copies:
        person = int(str(card["person"]))
        language, zone = await reader(person)
        if language not in read:
            read[language] = (await described([request], language))[request.id]
        told = read[language]
        choices = await _choices(person, request, still, language) if still is not None else ()
        message = Message(
            key, words(told, language, zone, str(card["channel"])), choices, title=told.title, language=language
        )
        address = Address(str(card["channel"]), str(card["account"]), str(card["address"]), person)
        await outbox.post(
            address, message, card_of=request.id, card_version=of, edits=int(str(card["id"])),
            dedupe=f"turn:{card['id']}:{mark}",
        )  # fmt: skip


async def tell(person: int, request: Request, key: str, *, mark: str, **facts: str | datetime) -> None:
    """Say one sentence about a request to somebody, once for a mark."""
    language, zone = await reader(person)
    told = (await described([request], language))[request.id]
    said = {name: saat(fact, zone, language) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    text = phrase(key, language, number=request.number, title=told.title, what=told.what, when=told.when, **said)
    dedupe = f"told:{request.id}:{request.version}:{person}:{mark}"
    if (account := await signers.account_of(person)) is not None:
        await _mail(account, request, dedupe=dedupe)
        return
    await outbox.post(
        await outbox.address_of(person), Message(key, text, language=language),
        dedupe=dedupe, after_unknown=outbox.DROP,
    )  # fmt: skip


async def reader(person: int) -> tuple[str, str]:
    """The language and the zone somebody reads in."""
    at_work = await directory.of_person(person)
    if at_work is not None:
        return at_work.language, at_work.zone
    row = await Person.select(Person.language).where(Person.id == person).first()
    return (row["language"] if row else "id"), directory.DEFAULT_ZONE


async def _first_name(person: int) -> str:
    return (await directory.person_name(person)).split()[0]


def facts_of(request: Request) -> dict[str, int | str]:
    """What the conditions of a chain look at."""
    read: dict[str, int | str] = json.loads(request.facts)
    return read
