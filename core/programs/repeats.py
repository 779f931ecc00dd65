"""A write that is sent twice is done once: what was answered under a key is told again, for a day."""

import hashlib
from dataclasses import dataclass

from core import clock, database, vault
from core.errors import Refused
from core.programs.tables import ApiWrite

ANSWER = "api_write.answer"
LONGEST_KEY = 200


@dataclass(frozen=True)
class Told:
    """What was answered the first time."""

    status: int
    words: str


def mark(*parts: bytes) -> str:
    """What a key, or a request, is told apart by."""
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


async def before(token: int, key: str, asked: str) -> Told | None:
    """What was answered under this key; None where it is new, and then held until the end of the transaction.

    Refused: programs.key_reused, where something else was asked under it.
    """
    await database.lock_name(f"api_write:{token}:{key}")
    row = await ApiWrite.objects().where((ApiWrite.token == token) & (ApiWrite.mark == mark(key.encode()))).first()
    if row is None:
        return None
    if row.asked != asked:
        raise Refused("programs.key_reused")
    return Told(row.status, vault.unseal(row.answer, company=row.company, column=ANSWER))


async def keep(token: int, key: str, asked: str, told: Told) -> None:
    """Remember what was answered, in the transaction that did it."""
    company = database.company()
    await ApiWrite.insert(
        ApiWrite(
            token=token, mark=mark(key.encode()), asked=asked, status=told.status, at=clock.now(),
            answer=vault.seal(told.words, company=company, column=ANSWER),
        )
    )  # fmt: skip
