"""How often somebody guessed wrong, and how long they wait for it; kept by a keyed hash of where and whom."""

from datetime import timedelta

from piccolo.query.mixins import OnConflictAction

from core import clock, database, set_back, vault
from core.accounts.roles import SUPPORTING
from core.accounts.second_factor import MANDATORY
from core.accounts.tables import Account, Guess, Membership

FREE_TRIES, FREE_TRIES_OF_ADMINISTRATORS = 5, 3
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
GUARDED = MANDATORY | {SUPPORTING}  # roles that open the data of others
SPREAD = 45  # so many more failures, from wherever, before an account waits for everybody


async def standing(mark: str, account: Account | None) -> tuple[Guess | None, int]:
    """What was counted under this mark, held until the end of the transaction, and how many cost nothing; needs
    installation()."""
    await database.lock_name(f"tries:{mark}")
    return await Guess.objects().where(Guess.mark == mark).first(), await free_of(account)


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


@set_back.moves
async def _sooner(step: set_back.Step) -> None:
    """Nobody waits longer for having guessed wrong."""
    for table in (Guess, Account):
        await step.earlier(table, "failed_at")


def mark_of(*parts: str) -> str:
    """What a count is kept under."""
    return vault.blind_index("|".join(parts), field="guess")


async def free_of(account: Account | None) -> int:
    """How many wrong tries in a row cost an account nothing; for an address without one the same is looked up. Needs
    installation()."""
    mine = (Membership.account == (account.id if account is not None else 0)) & Membership.role.is_in(sorted(GUARDED))
    return FREE_TRIES_OF_ADMINISTRATORS if await Membership.exists().where(mine) else FREE_TRIES


def must_wait(account: Account | None, wrong: Guess | None, free: int) -> bool:
    """Whoever guesses from one place waits there; an account that is guessed at from everywhere rests for all."""
    if rests(wrong, free):
        return True
    spread = wait_after(account.failures - SPREAD, free) if account is not None else timedelta(0)
    return account is not None and account.failed_at is not None and clock.now() < account.failed_at + spread


def rests(wrong: Guess | None, free: int) -> bool:
    """Whether a try has to wait now."""
    return wrong is not None and clock.now() < wrong.failed_at + wait_after(wrong.failures, free)


def minutes_left(wrong: Guess | None, free: int) -> int:
    """In how many minutes whoever rests may try again, the one that has begun included."""
    ends = wrong.failed_at + wait_after(wrong.failures, free) if wrong is not None else clock.now()
    return max(1, -int((clock.now() - ends) // timedelta(minutes=1)))


def wait_after(failures: int, free: int = FREE_TRIES) -> timedelta:
    """How long an account rests after so many failures in a row: not at all before the last free one, then doubling to
    a quarter of an hour."""
    if failures < free:
        return timedelta(0)
    doubled: int = 2 ** min(failures - free, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
