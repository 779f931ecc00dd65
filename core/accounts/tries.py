"""How often somebody guessed wrong, and how long they wait for it; kept by a keyed hash of where and whom."""

from datetime import timedelta

from piccolo.query.mixins import OnConflictAction

from core import clock, database, vault
from core.accounts.tables import Account, Guess

FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 5, timedelta(seconds=15), timedelta(minutes=15)
SPREAD = 45  # so many more failures, from wherever, before an account waits for everybody


async def so_far(mark: str) -> Guess | None:
    """What was counted under this mark; needs installation()."""
    return await Guess.objects().where(Guess.mark == mark).first()


async def forget(mark: str) -> None:
    """Somebody got it right: what was counted before no longer matters."""
    await Guess.delete().where(Guess.mark == mark)


async def note(index: str | None, mark: str) -> None:
    """Count a failure; for an address without an account the same statements run."""
    now = clock.now()
    async with database.installation():
        counted = (
            await Guess.update({Guess.failures: Guess.failures + 1, Guess.failed_at: now})
            .where(Guess.mark == mark)
            .returning(Guess.id)
        )
        if not counted:
            await Guess.insert(Guess(mark=mark, failures=1, failed_at=now)).on_conflict(
                action=OnConflictAction.do_nothing
            )
        if index is not None:
            await Account.update({Account.failures: Account.failures + 1, Account.failed_at: now}).where(
                Account.email_index == index
            )


def mark_of(*parts: str) -> str:
    """What a count is kept under."""
    return vault.blind_index("|".join(parts), field="guess")


def must_wait(account: Account | None, wrong: Guess | None) -> bool:
    """Whoever guesses from one place waits there; an account that is guessed at from everywhere rests for all."""
    if rests(wrong):
        return True
    spread = wait_after(account.failures - SPREAD) if account is not None else timedelta(0)
    return account is not None and account.failed_at is not None and clock.now() < account.failed_at + spread


def rests(wrong: Guess | None) -> bool:
    """Whether a try has to wait now."""
    return wrong is not None and clock.now() < wrong.failed_at + wait_after(wrong.failures)


def wait_after(failures: int) -> timedelta:
    """How long an account rests after so many failures in a row: nothing for four, then doubling to a quarter hour."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
