"""Small things that the flows about leave share: choices that begin another flow, how a request stands, one or many."""

from bot.dialog.engine import Chat
from core.approvals import decisions
from core.approvals.kinds import verdict_of
from core.approvals.tables import Request
from core.leave import policy, requests
from core.messaging import buttons
from core.messaging.messages import Choice
from core.phrases import rentang


async def start_choice(chat: Chat, name: str, title: str) -> Choice:
    """A choice that begins a flow."""
    return await buttons.make(title, "start", person=chat.employee.person, flow=name, answers={})


async def withdraw_choice(chat: Chat, number: str) -> Choice:
    """A choice that takes this request back."""
    answers = {"withdraw.which": number}
    return await buttons.make(
        chat.phrase("leave.take_back"), "start", person=chat.employee.person, flow="withdraw", answers=answers
    )


async def standing(chat: Chat, request: Request) -> str:
    """A request in one line: number, days, how far it is; a rejected one with its reason."""
    leave = await requests.of_request(request)
    given = await verdict_of(request)
    who = await decisions.approvers_of(request) if given is None else [given.named(chat.language)]
    return chat.phrase(
        f"leave.state_{request.state}", number=request.number,
        days=rentang(leave.starts, leave.ends, chat.language, today=chat.today), who=", ".join(who),
        reason=(given.reason if given is not None else None) or "",
    )  # fmt: skip


def many(thousandths: int) -> int:
    """1 where a language says day, not days."""
    return 1 if thousandths == policy.DAY else 2
