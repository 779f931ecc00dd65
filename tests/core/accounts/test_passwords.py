"""One's own password, changed by who knows the present one; and new recovery codes without another phone."""

import pytest

from core import clock, database, jobs
from core.accounts import joining, passwords, second_factor, sessions, sign_in, totp
from core.accounts.tables import Account, Session
from core.audit import AuditEntry
from core.errors import Refused
from core.messaging import account_mail, mail, outbox
from core.messaging.tables import Outbound
from core.phrases import phrase
from tests.core.cast import Cast

EMAIL, PASSWORD, NEXT = "budi@own.example", "gerimis lumbung kenari", "tujuh pasir menguning"


@pytest.fixture
async def mine(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody who works here and signs in with a password."""
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)
    async with database.transaction(maju.company):
        account = await joining.join(EMAIL, "employee", person=maju.budi.person, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    return account


async def session_of(secret: str) -> int:
    found = await sign_in.recognise(secret)
    assert found is not None
    return found.session


async def mailed(cast: Cast) -> list[str]:
    assert account_mail.tell_changed.__name__, "whose module knows the job that tells"
    await jobs.drain()
    async with database.reading(cast.company):
        rows = await Outbound.select().where(Outbound.channel == mail.CHANNEL).order_by(Outbound.id)
        return [outbox.unseal(row).text for row in rows]


async def test_the_new_one_opens_the_old_one_does_not_and_other_sessions_end(mine: int, maju: Cast) -> None:
    here, there = await sign_in.enter(EMAIL, PASSWORD), await sign_in.enter(EMAIL, PASSWORD)
    await passwords.change(mine, PASSWORD, NEXT, session=await session_of(here))
    assert await sign_in.recognise(here) is not None, "whoever changed it goes on"
    assert await sign_in.recognise(there) is None
    with pytest.raises(Refused, match="sign_in_wrong"):
        await sign_in.enter(EMAIL, PASSWORD)
    assert await sign_in.enter(EMAIL, NEXT)
    assert any("Kata sandi akun Serambi Anda diganti" in one for one in await mailed(maju))
    async with database.reading(maju.company):
        entry = await AuditEntry.select().where(AuditEntry.action == "password.changed").first()
    assert entry is not None
    assert entry["actor"] == f"account:{mine}"


async def test_what_does_not_fit_or_is_weak_changes_nothing(mine: int) -> None:
    here = await sign_in.enter(EMAIL, PASSWORD)
    session = await session_of(here)
    for current, new, why in (
        ("salah", NEXT, "current_wrong"), (PASSWORD, "pendek", "password_short"), (PASSWORD, PASSWORD, "password_same"),
        (PASSWORD, "password1", "password_guessable"), (PASSWORD, "x" * 129, "password_long"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            await passwords.change(mine, current, new, session=session)
    assert await sign_in.enter(EMAIL, PASSWORD)


async def test_guessing_the_present_one_makes_one_wait(mine: int) -> None:
    session = await session_of(await sign_in.enter(EMAIL, PASSWORD))
    for _ in range(5):
        with pytest.raises(Refused, match="current_wrong"):
            await passwords.change(mine, "salah", NEXT, session=session)
    for guess in ("salah", PASSWORD):  # the right one neither
        with pytest.raises(Refused, match="current_waits") as told:
            await passwords.change(mine, guess, NEXT, session=session)
        assert told.value.facts == {"number": "1", "count": 1}
    assert "bisa dicoba 1 menit lagi" in phrase("accounts.current_waits", "id", **told.value.facts)
    assert "may be tried in a minute." in phrase("accounts.current_waits", "en", **told.value.facts)
    async with database.installation(writes=False):
        assert await Session.exists().where((Session.id == session) & Session.ended_at.is_null())
        row = await Account.objects().get(Account.id == mine)
    assert row is not None


async def test_ten_new_codes_take_the_place_of_the_old_ones_and_are_told(mine: int, maju: Cast) -> None:
    with pytest.raises(Refused, match="codes_no_factor"):
        await second_factor.renew_codes(mine)
    secret, _ = await second_factor.begin(mine)
    old = await second_factor.confirm(mine, totp.code_at(secret, totp.step_of(clock.now())), session=0)
    new = await second_factor.renew_codes(mine)
    assert len(set(new)) == totp.RECOVERY_CODES
    assert not set(new) & set(old)
    assert await second_factor.codes_left(mine) == totp.RECOVERY_CODES
    assert not await second_factor.passes(mine, old[0])
    assert await second_factor.passes(mine, new[0])
    assert await second_factor.is_on(mine), "the phone stays"
    assert any("Sepuluh kode cadangan baru" in one for one in await mailed(maju))
    async with database.reading(maju.company):
        assert await AuditEntry.exists().where(AuditEntry.action == "second_factor.codes")
    assert await sessions.of_account(mine, 0) == []
