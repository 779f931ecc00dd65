"""A file that came: which leave it is the certificate of, as far as one waits for it; and throwing it away."""

from bot.dialog.engine import Chat, Option, flow
from bot.flows.readers import CONFIRM, OPTION
from core import clock
from core.approvals import chains
from core.errors import Refused
from core.files import PAPERS
from core.leave import documents
from core.leave.tables import LeaveRequest
from core.messaging import attachments, buttons
from core.phrases import rentang, tanggal

MOST = 4
NONE = "none"


async def kept_for_now(chat: Chat) -> str:
    """What is said when the question about a file is dropped."""
    return chat.phrase("files.still_here")


@flow("paper", cancelled=kept_for_now, reopens=False)
async def sort_paper(chat: Chat) -> None:
    """Ask which leave a file belongs to, among those that wait for one."""
    number = int(chat.answers["paper"])
    row = await chat.look("row", attachments.waiting, number, chat.employee.person)
    if row is None:
        raise Refused("files.gone")
    waits, more = [], []
    if row.type in PAPERS:
        waits = list(await chat.look("waits", documents.open_of, chat.employee))
        more = list(await chat.look("more", documents.takes_more, chat.employee))
    leave = await _which(chat, [*waits, *more][:MOST], len(waits)) if waits or more else None
    if leave is None:
        await _unplaced(chat, number)
        return
    kept = await attachments.sort(number, attachments.HEALTH, person=chat.employee.person)
    if leave.document_met_at is not None:
        await documents.added(leave, kept.id, actor=chat.actor)
        chat.say("leave.certificate_added", number=str(len(await documents.papers_of(leave.id))))
        return
    await documents.received(leave, kept.id, actor=chat.actor)
    heads = await chains.who_hears(chat.employee)
    chat.say(
        "leave.certificate_received",
        head=heads[0].first_name if len(heads) == 1 else chat.phrase("leave.the_administrators"),
    )


async def _which(chat: Chat, waits: list[LeaveRequest], open_ones: int) -> LeaveRequest | None:
    """Among those that wait for one, first, and those that have one and may be given another."""
    days = [rentang(one.starts, one.ends, chat.language, today=chat.today) for one in waits]
    if len(waits) == 1:
        answer = await chat.ask(
            "paper.for", CONFIRM, says="leave.certificate_for" if open_ones else "leave.certificate_more", days=days[0],
            options=[
                Option("yes", chat.phrase("leave.certificate_yes")),
                Option("no", chat.phrase("leave.certificate_no")),
            ],
        )  # fmt: skip
        return waits[0] if answer == "yes" else None
    titles = [f"{one.starts.day}/{one.starts.month} - {one.ends.day}/{one.ends.month}" for one in waits]
    options = [Option(str(one.id), title) for one, title in zip(waits, titles, strict=True)]
    answer = await chat.ask(
        "paper.which", OPTION, says="leave.certificate_which",
        options=[*options, Option(NONE, chat.phrase("dialog.not_that"))],
    )  # fmt: skip
    return next((one for one in waits if str(one.id) == answer), None)


async def _unplaced(chat: Chat, number: int) -> None:
    """Nothing waits for it: say how long it stays, and offer what a paper is usually for."""
    until = clock.local(chat.now + attachments.WAITS, chat.employee.zone).date()
    person = chat.employee.person
    choices = [
        await buttons.make(
            chat.phrase("files.record_sick"), "start", person=person, flow="leave", answers={"leave_type": "sick"}
        ),
        await buttons.make(
            chat.phrase("files.drop"), "start", person=person, flow="drop_paper", answers={"paper": number}
        ),
    ]  # fmt: skip
    chat.say("files.unplaced", *choices, until=tanggal(until, chat.language, today=chat.today))


@flow("drop_paper", reopens=False, brief=True)
async def drop_paper(chat: Chat) -> None:
    """Remove a file that is for nothing."""
    await attachments.discard(int(chat.answers["paper"]), chat.employee.person)
    chat.say("files.dropped")
