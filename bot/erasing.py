"""Taking back what we said: after a while by itself, or when its person writes "hapus".

What is taken back from the screen goes from our own rows too: the file, and nothing of it is sent anew.
"""

import re
from datetime import timedelta

from msgspec.structs import replace

from bot.asking import told_between
from bot.channels import Later, Never, telegram
from bot.turn import Turn
from core import clock, database, jobs, log
from core.messaging import fading, outbox
from core.messaging.tables import Outbound

SOON = timedelta(minutes=1)
_AROUND = r"(?:tolong|coba|please|pls|dong|donk|ya|yah|deh|tadi|itu|barusan|ini|saya|that|this|my|the|it|now|kak|min)"
_VERB = r"(?:hapus(?:in|kan|lah)?|delete|remove|erase)"
_WHAT = r"(?:(?:rekap|rekapan|pesan|file|berkas|dokumen|pdf)(?:nya)?|messages?|recap|summary|document)"
BARE = re.compile(rf"(?:{_AROUND}\s+)*{_VERB}(?:\s+{_AROUND})*", re.IGNORECASE)
NAMED = re.compile(rf"(?:{_AROUND}\s+)*{_VERB}(?:\s+{_AROUND})*\s+{_WHAT}(?:\s+(?:{_AROUND}|{_WHAT}))*", re.IGNORECASE)


async def asked(turn: Turn, words: str) -> bool:
    """Whether these words ask to take back what was said; then it is answered, and done after the commit."""
    said = words.strip(" .!?")
    named = NAMED.fullmatch(said) is not None
    idle = turn.state.asked is None and not turn.state.stack
    if not named and not (idle and BARE.fullmatch(said)):
        return False
    address = turn.address
    taken = await fading.take_back(turn.employee.person, address.channel, address.to)
    if not taken and not named:
        return False
    key = "dialog.taken_back" if taken else "dialog.nothing_to_take_back"
    if turn.state.asked is None:
        await turn.say(key)
    else:
        await told_between(turn, turn.phrase(key))
    return True


@jobs.job(fading.ERASE, lane=jobs.PROMPT)
async def erase(company: int, number: int) -> None:
    """Delete a message of ours from its chat, once it is known to be there."""
    async with database.reading(company):
        row = await Outbound.objects().where(Outbound.id == number).first()
    if row is None or row.error == fading.GONE or row.state in ("failed", "dropped", "parked"):
        return
    if row.state != "sent" or row.provider_ref is None:
        if fading.is_too_late(row.queued_at):
            return
        raise jobs.Later(clock.now() + SOON)  # it is still on its way
    try:
        await telegram.CHANNEL.erase(row.account, to=row.address, ref=row.provider_ref)
    except Later as later:
        raise jobs.Later(clock.now() + timedelta(seconds=later.seconds or SOON.total_seconds())) from None
    except Never as never:
        log.warning("message_not_taken_back", channel=row.channel, number=number, reason=never.reason)
        return
    async with database.transaction(company):
        bare = outbox.seal(replace(outbox.unseal(row), file=None), about=row.about)
        await Outbound.update({Outbound.error: fading.GONE, Outbound.payload: bare}).where(Outbound.id == number)
