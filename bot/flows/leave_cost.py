"""Why a leave costs what it does: the days that count and those that don't, and which days of the balance pay."""

from collections.abc import Sequence
from datetime import date

from bot.dialog import intents
from bot.dialog.engine import Chat
from bot.dialog.normal import words
from bot.flows.leave_words import many
from core.leave import policy
from core.leave.policy import DayAway, LotLeft
from core.leave.requests import Preview
from core.phrases import hari, rentang, tanggal

FEW = 6  # days told one by one; more are told by their first and last
# Who speaks of these asks about what is left, not about what the leave takes.
_OF_THE_BALANCE = ("sisa", "saldo", "jatah", "kuota", "hak", "balance", "left", "remain", "quota", "entitle")


def asks(sentence: str) -> bool:
    """Whether it is asked why a leave costs so much, rather than why so much is left."""
    of_balance = any(word.text.startswith(_OF_THE_BALANCE) for word in words(sentence[:400]))
    guess = intents.guess(sentence)
    if of_balance or "why" not in guess.heard:
        return False
    # Of a question that is about nothing else, the figures of the leave that lies open are what is meant.
    return guess.intent == "leave_explain" or (guess.intent in (None, "out_of_scope") and intents.is_question(sentence))


async def why(chat: Chat) -> str | None:
    """The days that count, those that don't and why not, and what pays; None where no days are known yet."""
    looked = chat.looked
    seen: Preview | None = looked.get("seen")
    days: Sequence[DayAway] = () if seen is None else seen.days
    if seen is None and {"period", "off", "works", "kind"} <= looked.keys():
        days = policy.expand(looked["period"], looked["off"], looked["works"], looked["kind"].counts)
    if not days:
        return None
    counted = [day for day in days if day.counted]
    cost, language = sum(day.fraction for day in counted), chat.language
    lines = [chat.phrase("leave.cost_counted", days=_days(chat, counted), cost=hari(cost, language), many=many(cost))]
    idle = [day for day in days if day.why == "weekend"]
    if idle:
        lines.append(chat.phrase("leave.cost_idle", days=_days(chat, idle)))
    lines += [
        chat.phrase(
            "leave.cost_off", day=tanggal(day.date, language, today=chat.today), name=day.why or "",
            collective="yes" if (day.why or "").startswith("Cuti Bersama") else "no",
        )
        for day in days if not day.counted and day.why != "weekend"
    ]  # fmt: skip
    if seen is not None:
        lines += _paid(chat, seen.paid)
        if seen.available is not None:
            lines.append(
                chat.phrase(
                    "leave.line_sum", plus=hari(seen.available, language), minus=hari(cost, language),
                    left=hari(seen.left, language), many=many(seen.left),
                )
            )  # fmt: skip
    return "\n".join(lines)


def _paid(chat: Chat, paid: Sequence[tuple[LotLeft, int]]) -> list[str]:
    """The lots that pay, in the order in which they are spent."""
    return [
        chat.phrase(
            "leave.cost_paid", carried="yes" if lot.carried else "no", days=hari(quantity, chat.language),
            until=tanggal(lot.valid_to, chat.language, today=chat.today),
        )
        for lot, quantity in paid
    ]  # fmt: skip


def _days(chat: Chat, days: Sequence[DayAway]) -> str:
    """Each of a few days; of many, the first and the last."""
    if len(days) > FEW:
        return rentang(days[0].date, days[-1].date, chat.language, today=chat.today)
    return listed(chat, [day.date for day in days])


def listed(chat: Chat, days: Sequence[date]) -> str:
    """`Senin 25, Selasa 26, Jumat 29 Mei`."""
    if not days:
        return ""
    told = [tanggal(day, chat.language, today=chat.today) for day in days]
    same = len({(day.year, day.month) for day in days}) == 1
    return ", ".join([" ".join(one.split()[:2]) if same else one for one in told[:-1]] + told[-1:])
