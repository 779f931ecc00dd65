"""What is said when accounts are blocked and when they are opened again: in every other chat, and by mail."""

from core import clock
from core.accounts.blocks import Ended
from core.messaging import fading, mail, outbox
from core.messaging.messages import CHANNEL_NAMES, Message
from core.messaging.outbox import Address
from core.people.directory import Employee
from core.phrases import jam, phrase


def ended_channels(ended: Ended, language: str) -> str:
    """`Telegram, Slack dan web`: everything that was ended, as people call it."""
    names = [CHANNEL_NAMES.get(one, one) for one in dict.fromkeys(chat[0] for chat in ended.chats)]
    web = phrase("accounts.web", language)
    return phrase("accounts.and", language, names=", ".join(names), last=web) if names else web


async def tell(ended: Ended, employee: Employee | None, *, language: str, here: Address | None = None) -> str:
    """Tell every chat but the one it was asked in, and the address for mail; returns the sentence."""
    if employee is not None:
        await fading.take_back(employee.person)  # whoever holds the phone now need not read it
    zone = employee.zone if employee else "Asia/Jakarta"
    at, what = jam(ended.at, zone, language), ended_channels(ended, language)
    for number, (channel, account, place) in enumerate(ended.chats):
        if here is not None and (here.channel, here.account, here.to) == (channel, account, place):
            continue
        there = Address(channel, account, place, employee.person if employee else None)
        words = phrase("accounts.blocked_elsewhere", language, at=at, what=what)
        message = Message("accounts.blocked_elsewhere", words, language=language)
        await outbox.post(there, message, dedupe=f"block:{ended.block}:{number}", after_unknown=outbox.DROP)
    for account_number in ended.accounts:
        await mail.post(
            "accounts.mail_blocked", to=f"account:{account_number}", language=language,
            dedupe=f"mail:block:{ended.block}:{account_number}", at=at, what=what,
        )  # fmt: skip
    return phrase("accounts.blocked_now", language, at=at, what=what)


async def tell_lifted(employee: Employee, code: str, until: str) -> bool:
    """Mail the code by which a chat is linked anew; False where there is no address, and HR hands the code over."""
    if not await mail.has_address(employee.person):
        return False
    await mail.post(
        "accounts.mail_unblocked", to=f"person:{employee.person}", language=employee.language,
        dedupe=f"mail:unblocked:{employee.person}:{clock.now().isoformat()}",
        code=f"{code[:4]}-{code[4:]}", until=until,
    )  # fmt: skip
    return True
