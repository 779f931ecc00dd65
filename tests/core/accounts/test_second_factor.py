"""The second factor: the codes of the standard, each used once, asked for where it is due and never skipped."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, database, jobs
from core.accounts import guessed, joining, reasons, second_factor, sessions, sign_in, totp
from core.accounts.tables import Account, AccountReason, Company, RecoveryCode, Session
from core.audit import AuditEntry
from core.errors import Refused
from core.messaging import account_mail, mail, outbox
from core.messaging.tables import Outbound
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

# RFC 6238, appendix B, the last six of its eight figures; the secret is "12345678901234567890".
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
STANDARD = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
PASSWORD, EMAIL = "four unrelated words here", "boss@maju.example"


@pytest.mark.parametrize(("seconds", "code"), STANDARD.items())
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(SECRET, totp.step_of(at)) == code
    assert totp.fits(SECRET, f"{code[:3]} {code[3:]}", at=at, after=0) == seconds // 30


@given(st.integers(100, 10**8), st.integers(-4, 4), st.integers(-3, 3))
def test_a_code_fits_half_a_minute_around_and_never_again(step: int, off: int, used: int) -> None:
    code = totp.code_at(SECRET, step + off)
    at = datetime.fromtimestamp(step * 30 + 7, UTC)
    found = totp.fits(SECRET, code, at=at, after=step + used)
    assert found in ((step + off, None) if abs(off) <= 1 and off > used else (None, step - 1, step, step + 1))
    if found is not None:
        assert found > step + used and totp.code_at(SECRET, found) == code


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "²²²²²²", "000000000", "-12345"])
def test_what_is_no_code_fits_nowhere(typed: str) -> None:
    assert totp.fits(SECRET, typed, at=MONDAY, after=0) is None


@pytest.fixture
async def boss(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """An administrator with a password and a second factor."""
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)
    async with database.transaction(maju.company):
        account = await joining.join(EMAIL, "administrator", person=None, language="id")
        link = await joining.sign_in_link(account)
    first = await sign_in.redeem(link, PASSWORD)
    found = await sign_in.waiting(first)
    assert found is not None and found.waits == "setup"
    assert await sign_in.recognise(first) is None, "an administrator does nothing without a second factor"
    secret, address = await second_factor.begin(account)
    assert f"secret={secret}" in address
    await second_factor.confirm(account, totp.code_at(secret, totp.step_of(clock.now())), session=found.session)
    assert await sign_in.recognise(await sign_in.completed(first)) is not None
    return account


async def code_of(account: int, at: datetime) -> str:
    from core import vault

    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None and row.totp is not None
    return totp.code_at(vault.unseal(row.totp, company=0, column="account.totp"), totp.step_of(at))


async def test_signing_in_takes_both_and_a_code_works_once(boss: int) -> None:
    later = MONDAY + timedelta(minutes=2)
    with clock.freeze(later):
        code = await code_of(boss, later)
        half = await sign_in.enter(EMAIL, PASSWORD)
        assert await sign_in.recognise(half) is None
        with pytest.raises(Refused, match="code_wrong"):
            await sign_in.prove(half, "000000" if code != "000000" else "000001")
        whole = await sign_in.prove(half, code)
        assert await sign_in.recognise(whole) is not None
        assert await sign_in.waiting(half) is None, "the session is a new one"
        again = await sign_in.enter(EMAIL, PASSWORD)
        with pytest.raises(Refused, match="code_wrong"):
            await sign_in.prove(again, code)


async def test_guessing_codes_makes_one_wait_and_the_wait_grows(boss: int) -> None:
    later = MONDAY + timedelta(minutes=2)
    with clock.freeze(later):
        half = await sign_in.enter(EMAIL, PASSWORD)
        right = await code_of(boss, later)
        wrong = "111111" if right != "111111" else "222222"
        for _ in range(3):
            with pytest.raises(Refused, match="code_wrong"):
                await sign_in.prove(half, wrong)
        with pytest.raises(Refused, match="code_waits") as told:
            await sign_in.prove(half, right)
        assert told.value.facts == {"number": "1", "count": 1}
        for _ in range(9):  # what is tried while one waits does not count
            with pytest.raises(Refused, match="code_waits"):
                await sign_in.prove(half, wrong)
    with clock.freeze(later + timedelta(seconds=40)):
        assert await sign_in.prove(half, await code_of(boss, later + timedelta(seconds=40)))


async def test_many_guesses_at_once_are_no_more_than_one_after_the_other(
    boss: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, passes = [], second_factor.passes

    async def counting(account: int, code: str) -> bool:
        looked.append(code)
        return await passes(account, code)

    async def guesses(half: str, code: str) -> None:
        with pytest.raises(Refused):
            await sign_in.prove(half, code)

    later = MONDAY + timedelta(minutes=2)
    with clock.freeze(later):
        half, right = await sign_in.enter(EMAIL, PASSWORD), await code_of(boss, later)
        monkeypatch.setattr(second_factor, "passes", counting)
        codes = [f"{number:06}" for number in range(24) if f"{number:06}" != right]
        await asyncio.gather(*(guesses(half, code) for code in codes))
        assert len(looked) == 3
        await guesses(half, right)


async def test_ten_recovery_codes_are_kept_as_hashes_and_work_once_each(boss: int) -> None:
    async with database.installation(writes=False):
        account = await Account.objects().get(Account.id == boss)
        session = await Session.objects().where(Session.account == boss).order_by(Session.id, ascending=False).first()
    assert account is not None and session is not None
    secret, _ = await second_factor.begin(boss)
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        now = totp.code_at(secret, totp.step_of(clock.now()))
        codes = await second_factor.confirm(boss, now, session=session.id)
        assert len(set(codes)) == 10
        async with database.installation(writes=False):
            assert codes[0] not in str(await RecoveryCode.select())
        assert await sign_in.prove(await sign_in.enter(EMAIL, PASSWORD), codes[3].lower().replace("-", " "))
        with pytest.raises(Refused):
            await sign_in.prove(await sign_in.enter(EMAIL, PASSWORD), codes[3])
        assert await second_factor.codes_left(boss) == 9


async def test_a_new_password_does_not_skip_the_second_factor(boss: int, maju: Cast) -> None:
    async with database.installation():
        link = await joining.one_time_link(boss, "reset", timedelta(minutes=30))
    half = await sign_in.redeem(link, "another four unrelated words")
    assert await sign_in.recognise(half) is None
    found = await sign_in.waiting(half)
    assert found is not None and found.waits == "code"


async def test_a_lost_one_is_taken_off_with_a_reason_and_set_up_anew(boss: int, maju: Cast) -> None:
    with pytest.raises(Refused, match="needs_reason"):
        async with database.transaction(maju.company):
            await second_factor.take_off(boss, by=HR, reason=" ")
    async with database.transaction(maju.company):
        await second_factor.take_off(boss, by=as_(maju.hendra), reason="ponsel hilang, KTP diperiksa")
    found = await sign_in.waiting(await sign_in.enter(EMAIL, PASSWORD))
    assert found is not None and found.waits == "setup"
    async with database.reading(maju.company):
        entry = await AuditEntry.objects().where(AuditEntry.action == "second_factor.off").first()
        assert entry is not None
        kept = json.loads(entry.meta)["reason"]
        assert await reasons.told([kept]) == {kept: "ponsel hilang, KTP diperiksa"}
        assert "KTP" not in str(await AccountReason.select()), "sealed"


async def test_only_the_demo_s_administrators_do_without(boss: int, maju: Cast) -> None:
    assert await second_factor.is_mandatory(boss)
    async with database.installation():
        await Company.update({Company.trial: True}).where(Company.id == maju.company)
    assert not await second_factor.is_mandatory(boss)


async def test_sessions_say_where_they_are_and_end_one_by_one_or_all(boss: int) -> None:
    seat = sign_in.Seat(sessions.agent_of("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0"), "10.1.2.3")
    later = MONDAY + timedelta(minutes=3)
    with clock.freeze(later):
        whole = await sign_in.prove(
            await sign_in.enter(EMAIL, PASSWORD, seat=seat), await code_of(boss, later), seat=seat
        )
        mine = await sign_in.recognise(whole)
        assert mine is not None
        listed = await sessions.of_account(boss, mine.session)
        assert (listed[0].mine, listed[0].agent, listed[0].seen_from) == (True, "Firefox, Linux", "10.1.2.3")
        other = next(one for one in listed if not one.mine)
        await sessions.end(boss, other.public or "")
        assert [one.mine for one in await sessions.of_account(boss, mine.session)] == [True]
    async with database.installation(writes=False):
        assert "10.1.2.3" not in str(await Session.select())


@pytest.mark.parametrize(
    "password",
    ["Gaji2026!", "4dm1n1str4t0r!", "passwordpassword", "rahasiaku".replace("ku", "") + "gaji99", "MajuBersama#1",
     "aaaaaaaaaaaa", "123456789012", "abcdefghijkl", "p@ssw0rd2024",
     "Jakarta2026!!", "budisantoso90", "budi.santoso", "monkeydragon", "1qaz2wsx3edc", "letmein2026", "aB3$" * 32],
)  # fmt: skip
def test_what_everybody_thinks_of_is_guessed(password: str) -> None:
    assert guessed.is_guessed(password, ["PT", "Maju", "Bersama", "Budi", "Santoso"])


@pytest.mark.parametrize(
    "password",
    [
        "four unrelated words here",
        "kereta lewat jam tujuh",
        "xK9#mPq2vL",
        "twelve chars",
        "Qw9!xk2p",
        "z" + "7hqLw0xR" * 15,
    ],
)
def test_what_nobody_else_thinks_of_is_not(password: str) -> None:
    assert not guessed.is_guessed(password, ["Maju", "Bersama"])


async def letters(cast: Cast) -> list[tuple[str | None, str]]:
    """To which address, and what, of every mail about signing in."""
    await jobs.drain()
    async with database.reading(cast.company):
        rows = await Outbound.select().where(Outbound.key == "accounts.mail_changed").order_by(Outbound.id)
        told = [(row["address"], outbox.unseal(row)) for row in rows]
    return [(await mail.address(to), f"{one.title}|{one.text}") for to, one in told]


async def test_the_owner_is_told_of_what_changed_of_signing_in(boss: int, maju: Cast) -> None:
    first = await letters(maju)
    assert [to for to, _ in first] == [EMAIL], "the first password is told to nobody: its link was sent for it"
    assert first[0][1].startswith(
        "Langkah kedua dipasang|Langkah kedua dipasang untuk akun Serambi Anda Senin 6 Juli 09.00"
    )
    async with database.installation():
        link = await joining.one_time_link(boss, "reset", timedelta(minutes=30))
    await sign_in.redeem(link, "another four unrelated words")
    secret, _ = await second_factor.begin(boss)
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        await second_factor.confirm(boss, totp.code_at(secret, totp.step_of(clock.now())), session=0)
    with clock.freeze(MONDAY + timedelta(minutes=6)):
        async with database.transaction(maju.company):
            await second_factor.take_off(boss, by=as_(maju.hendra), reason="ponsel hilang, KTP diperiksa")
        told = [words.partition("|") for _, words in (await letters(maju))[1:]]
    assert [subject for subject, _, _ in told] == [
        "Kata sandi Anda diganti", "Ponsel untuk langkah kedua diganti", "Langkah kedua Anda dilepas",
    ]  # fmt: skip
    assert all("/forgot" in words and "/account" in words for _, _, words in told)


async def test_what_was_not_kept_is_not_told_and_what_was_is_told_once(boss: int, maju: Cast) -> None:
    before = len(await letters(maju))
    with pytest.raises(RuntimeError):
        async with database.transaction(maju.company):
            await second_factor.take_off(boss, by=as_(maju.hendra), reason="ponsel hilang")
            raise RuntimeError("the page failed")
    assert len(await letters(maju)) == before
    for _ in range(2):
        await account_mail.tell_changed(None, boss, "password", MONDAY.isoformat())
    assert len(await letters(maju)) == before + 1


async def test_what_an_account_of_two_companies_reads_stands_in_the_outbox_of_neither(boss: int, maju: Cast) -> None:
    before = len(await letters(maju))
    other, _ = await joining.add_company("PT Sinar Laut", "owner@sinar.example")
    async with database.transaction(other.id):
        await joining.join(EMAIL, "agent", person=None, language="id")
    await account_mail.tell_changed(None, boss, "password", MONDAY.isoformat())
    assert len(await letters(maju)) == before
    async with database.reading(await account_mail.home_of(boss)):
        assert await Outbound.count().where(Outbound.key == "accounts.mail_changed") == 1


async def test_a_recovery_code_that_was_used_is_told_and_a_wrong_one_is_not(boss: int, maju: Cast) -> None:
    secret, _ = await second_factor.begin(boss)
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        codes = await second_factor.confirm(boss, totp.code_at(secret, totp.step_of(clock.now())), session=0)
        before = len(await letters(maju))
        half = await sign_in.enter(EMAIL, PASSWORD)
        with pytest.raises(Refused):
            await sign_in.prove(half, "AAAA-AAAA-AAAA")
        assert len(await letters(maju)) == before
        await sign_in.prove(half, codes[0])
        (told,) = (await letters(maju))[before:]
    assert told[1].startswith(
        "Satu kode cadangan dipakai|Satu kode cadangan dipakai untuk masuk ke akun Serambi Anda Senin"
    )
