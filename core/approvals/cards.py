"""The card of a request: put before its approvers, and turned when it is decided, wherever it can be."""

from datetime import datetime

from core import clock, database, jobs
from core.approvals import chains
from core.approvals.kinds import APPROVE, DESCRIBES, VERDICTS, Verdict
from core.approvals.tables import Request, Step, StepApprover
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people import directory
from core.people.tables import Person
from core.phrases import phrase, saat

DECIDE = "decide"


async def put_before(person: int, request: Request, step: Step, *, reminder: bool = False) -> None:
    """Show the request to one approver, with what it would change and how to decide it."""
    language, zone = await _reader(person)
    told = await DESCRIBES[request.kind](request, language)
    asker = await directory.employee(request.employment)
    heads, _ = await chains.head_of(person, not_person=asker.person)
    key = "approvals.reminder" if reminder else "approvals.card"
    what = (
        told.what
        if told.reason is None
        else phrase("approvals.with_reason", language, what=told.what, reason=told.reason)
    )
    text = phrase(
        key, language, number=request.number, what=what, effect=told.effect, level=str(step.level), levels="1",
        after="" if step.escalated_at else _after(language, zone, step.escalate_at, [one.first_name for one in heads]),
    ).strip()  # fmt: skip
    choices = [
        await buttons.make(
            phrase(f"approvals.{verdict}", language), DECIDE, person=person, subject=request.id,
            version=request.version, verdict=verdict,
        )
        for verdict in VERDICTS
    ]  # fmt: skip
    message = Message(key, text, tuple(choices), title=told.title, language=language)
    await outbox.post(
        await outbox.address_of(person), message, card_of=request.id,
        dedupe=f"card:{request.id}:{request.version}:{person}:{'again' if reminder else 'first'}",
        after_unknown=outbox.DROP if reminder else outbox.RESEND,
    )  # fmt: skip


async def turn(request: Request, given: Verdict | None) -> None:
    """Write on every copy of the card what became of the request, and take its buttons away."""
    for card in await outbox.cards(request.id):
        person = int(str(card["person"]))
        language, zone = await _reader(person)
        told = await DESCRIBES[request.kind](request, language)
        message = Message(
            _outcome_key(given),
            _outcome(request, given, told.what, language, zone),
            title=told.title,
            language=language,
        )
        address = Address(str(card["channel"]), str(card["account"]), str(card["address"]), person)
        await outbox.post(
            address,
            message,
            card_of=request.id,
            edits=int(str(card["id"])),
            dedupe=f"turn:{card['id']}:{request.state}",
        )


def _outcome_key(given: Verdict | None) -> str:
    return "approvals.withdrawn" if given is None else "approvals.decided"


def _outcome(request: Request, given: Verdict | None, what: str, language: str, zone: str) -> str:
    if given is None:
        return phrase(
            "approvals.turned_withdrawn",
            language,
            number=request.number,
            what=what,
            at=saat(clock.now(), zone, language),
        )
    key = "approvals.turned_approved" if given.verdict == APPROVE else "approvals.turned_rejected"
    return phrase(
        key, language, number=request.number, what=what, who=given.who, at=saat(given.at, zone, language),
        reason=given.reason or "",
    )  # fmt: skip


def _after(language: str, zone: str, at: datetime, heads: list[str]) -> str:
    if not heads:
        return ""
    key = "approvals.then_head" if len(heads) == 1 else "approvals.then_administrators"
    return phrase(key, language, head=heads[0], at=saat(at, zone, language))


async def _reader(person: int) -> tuple[str, str]:
    at_work = await directory.of_person(person)
    if at_work is not None:
        return at_work.language, at_work.zone
    row = await Person.select(Person.language).where(Person.id == person).first()
    return (row["language"] if row else "id"), directory.DEFAULT_ZONE


@jobs.job("approvals.remind")
async def remind(company: int, step: int) -> None:
    """Remind those who have not decided a step that is still open, once."""
    async with database.transaction(company):
        open_step = await _open(step)
        if open_step is None or open_step.reminded_at is not None:
            return
        await Step.update({Step.reminded_at: clock.now()}).where(Step.id == step)
        request = await Request.objects().get(Request.id == open_step.request)
        assert request is not None
        for row in await StepApprover.select(StepApprover.person).where(StepApprover.step == step):
            await put_before(row["person"], request, open_step, reminder=True)


@jobs.job("approvals.escalate")
async def escalate(company: int, step: int) -> None:
    """Put a step that is still open before the head of its approver too; the first answer counts."""
    async with database.transaction(company):
        open_step = await _open(step)
        if open_step is None or open_step.escalated_at is not None:
            return
        open_step.escalated_at = clock.now()
        await Step.update({Step.escalated_at: open_step.escalated_at}).where(Step.id == step)
        request = await Request.objects().get(Request.id == open_step.request)
        assert request is not None
        asker = await directory.employee(request.employment)
        asked = {
            row["person"] for row in await StepApprover.select(StepApprover.person).where(StepApprover.step == step)
        }
        for person in sorted(asked):
            heads, why = await chains.head_of(person, not_person=asker.person)
            for head in heads:
                if head.person not in asked:
                    asked.add(head.person)
                    await StepApprover.insert(StepApprover(step=step, person=head.person, added_by=why))
                    await put_before(head.person, request, open_step)


async def _open(step: int) -> Step | None:
    await database.lock(Step, step)
    return await Step.objects().where((Step.id == step) & (Step.state == "open")).first()
