"""Passkeys: what a device signs opens its own account, once, here and now; everything else opens nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from core import clock, database, jobs, settings
from core.accounts import (
    blocks,
    joining,
    passkey_sign_in,
    passkeys,
    second_factor,
    sessions,
    sign_in,
    totp,
    tries,
)
from core.accounts.passkeys import ADD, ENTER, PROVE, Asking, Site
from core.accounts.tables import Company, Membership, Passkey, RecoveryCode
from core.audit import AuditEntry
from core.errors import Refused
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.privacy import erasure_steps
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY
from tests.outside.authenticator import Authenticator

PASSWORD, EMAIL = "four unrelated words here", "boss@maju.example"
HERE = Site("hr.example", "https://hr.example")
ADDING, ENTERING, PROVING = (Asking(what, "a session", HERE) for what in (ADD, ENTER, PROVE))
Adds = Callable[..., Awaitable[list[str]]]


@pytest.fixture
async def boss(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """An administrator with a password and no second step yet."""
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)
    async with database.transaction(maju.company):
        account = await joining.join(EMAIL, "administrator", person=None, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    return account


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(HERE.origin)


async def added(account: int, device: Authenticator, name: str = "Ponsel Sari", session: int = 0) -> list[str]:
    options = await passkeys.to_add(account, ADDING)
    return await passkeys.add(account, device.makes(options), name, ADDING, session=session)


async def entered(device: Authenticator, **said: object) -> str:
    return await passkey_sign_in.enter(device.signs(await passkeys.to_sign(ENTERING), **said), ENTERING)


async def acts(company: int) -> list[str]:
    async with database.reading(company):
        rows = (
            await AuditEntry.select(AuditEntry.action)
            .where(AuditEntry.action.like("passkey.%"))
            .order_by(AuditEntry.seq)
        )
    return [row["action"] for row in rows]


async def told(company: int) -> list[str]:
    await jobs.drain()
    async with database.reading(company):
        rows = await Outbound.select().where(Outbound.key == "accounts.mail_changed").order_by(Outbound.id)
        return [outbox.unseal(row).text for row in rows]


async def test_a_passkey_signs_in_without_password_and_says_when(boss: int, device: Authenticator, maju: Cast) -> None:
    codes = await added(boss, device)
    assert len(codes) == totp.RECOVERY_CODES, "it is the first second step"
    (kept,) = await passkeys.of_account(boss)
    assert (kept.name, kept.used_at) == ("Ponsel Sari", None)
    later = MONDAY + timedelta(minutes=7)
    with clock.freeze(later):
        found = await sign_in.recognise(await entered(device))
        assert found is not None and found.account == boss
        (kept,) = await passkeys.of_account(boss)
    assert kept.used_at == later
    assert await acts(maju.company) == ["passkey.added"]
    assert "passkey ditambahkan" in (await told(maju.company))[-1]


async def test_what_is_kept_is_the_public_half_and_a_sealed_name(boss: int, device: Authenticator) -> None:
    await added(boss, device)
    async with database.installation(writes=False):
        rows = str(await Passkey.select())
    assert "Ponsel" not in rows
    assert str(device.key.private_numbers().private_value) not in rows


async def test_it_is_the_second_step_that_a_company_demands(boss: int, device: Authenticator) -> None:
    half = await sign_in.enter(EMAIL, PASSWORD)
    found = await sign_in.waiting(half)
    assert found is not None and found.waits == "setup"
    await added(boss, device, session=found.session)
    assert await sign_in.recognise(await sign_in.completed(half)) is not None
    again = await sign_in.enter(EMAIL, PASSWORD)
    waits = await sign_in.waiting(again)
    assert waits is not None and waits.waits == "code"
    options = await passkeys.to_sign(PROVING, boss)
    assert [one["id"] for one in options["allowCredentials"]] == [passkeys._text(device.id)]
    whole = await passkey_sign_in.prove(again, device.signs(options), PROVING)
    assert await sign_in.recognise(whole) is not None
    assert await sign_in.waiting(again) is None, "the session is a new one"


async def test_a_recovery_code_stands_in_for_a_lost_passkey(boss: int, device: Authenticator) -> None:
    codes = await added(boss, device)
    half = await sign_in.enter(EMAIL, PASSWORD)
    with pytest.raises(Refused, match="code_wrong"):
        await sign_in.prove(half, "123456")
    assert await sign_in.recognise(await sign_in.prove(half, codes[0])) is not None
    renewed = await second_factor.renew_codes(boss)
    assert not await second_factor.passes(boss, codes[1]) and await second_factor.passes(boss, renewed[1])


async def test_a_passkey_beside_a_phone_leaves_the_recovery_codes(boss: int, device: Authenticator) -> None:
    secret, _ = await second_factor.begin(boss)
    codes = await second_factor.confirm(boss, totp.code_at(secret, totp.step_of(clock.now())), session=0)
    assert await added(boss, device) == []
    assert await second_factor.passes(boss, codes[0])


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"origin": "https://hr.example.evil"}, "wrong"),
        ({"origin": "http://hr.example"}, "wrong"),
        ({"crossOrigin": True}, "wrong"),
        ({"type": "webauthn.create"}, "wrong"),
        ({"rp": "evil.example"}, "wrong"),
        ({"challenge": "AAAA"}, "late"),
        ({"challenge": 7}, "wrong"),
    ],
)
async def test_what_was_signed_elsewhere_or_for_something_else_opens_nothing(
    boss: int, device: Authenticator, said: dict[str, object], word: str
) -> None:
    await added(boss, device)
    with pytest.raises(Refused, match=word):
        await entered(device, **said)


async def test_a_challenge_is_good_once_for_five_minutes_and_for_who_was_given_it(
    boss: int, device: Authenticator
) -> None:
    await added(boss, device)
    options = await passkeys.to_sign(ENTERING)
    answer = device.signs(options)
    for asking in (
        Asking(ENTER, "another browser", HERE),
        Asking(PROVE, "a session", HERE),
        Asking(ENTER, "a session", Site("other.example", HERE.origin)),
    ):
        with pytest.raises(Refused, match="late"):
            await passkey_sign_in.enter(answer, asking)
    with clock.freeze(MONDAY + passkeys.GOOD_FOR), pytest.raises(Refused, match="late"):
        await passkey_sign_in.enter(answer, ENTERING)
    assert await passkey_sign_in.enter(answer, ENTERING)
    with pytest.raises(Refused, match="late"):
        await passkey_sign_in.enter(answer, ENTERING)
    assert await passkey_sign_in.enter(device.signs(await passkeys.to_sign(ENTERING)), ENTERING)


async def test_a_device_that_does_not_ask_who_holds_it_is_refused(boss: int, device: Authenticator) -> None:
    device.verifies = False
    with pytest.raises(Refused, match="wrong"):
        await added(boss, device)
    device.verifies = True
    await added(boss, device)
    device.verifies = False
    with pytest.raises(Refused, match="wrong"):
        await entered(device)


async def test_another_key_under_the_same_number_opens_nothing(boss: int, device: Authenticator) -> None:
    await added(boss, device)
    thief = Authenticator(HERE.origin, id=device.id, handle=device.handle)
    with pytest.raises(Refused, match="wrong"):
        await entered(thief)
    device.handle = b"somebody else"
    with pytest.raises(Refused, match="unknown"):
        await entered(device)
    with pytest.raises(Refused, match="unknown"):
        await entered(Authenticator(HERE.origin))


async def test_a_counter_that_goes_back_is_refused_written_down_and_told(
    boss: int, device: Authenticator, maju: Cast
) -> None:
    await added(boss, device)
    device.count = 20
    await entered(device)
    for count in (20, 4):  # 21 again, and an older one
        device.count = count
        with pytest.raises(Refused, match="copied"):
            await entered(device)
    device.count = 40
    await entered(device)
    assert await acts(maju.company) == ["passkey.added", "passkey.refused", "passkey.refused"]
    assert "mungkin ada salinannya" in (await told(maju.company))[-1]


async def test_a_synced_passkey_does_not_count_and_works_again_and_again(boss: int, device: Authenticator) -> None:
    device.counts = False
    await added(boss, device)
    assert len({await entered(device) for _ in range(3)}) == 3


async def test_wrong_answers_make_one_wait_and_the_owner_signs_in_otherwise(boss: int, device: Authenticator) -> None:
    codes = await added(boss, device)
    thief = Authenticator(HERE.origin, id=device.id, handle=device.handle)
    for _ in range(tries.FREE_TRIES_OF_ADMINISTRATORS):
        with pytest.raises(Refused, match="wrong"):
            await entered(thief)
    with pytest.raises(Refused, match="waits"):
        await entered(device)
    half = await sign_in.enter(EMAIL, PASSWORD)
    assert await sign_in.prove(half, codes[0])
    with clock.freeze(MONDAY + timedelta(seconds=20)):
        assert await entered(device)


async def test_a_blocked_account_is_not_opened(boss: int, device: Authenticator, maju: Cast) -> None:
    await added(boss, device)
    async with database.transaction(maju.company):
        await blocks.block(None, channel="web", by=HR, account=boss)
    with pytest.raises(Refused, match="blocked_sign_in"):
        await entered(device)


async def test_the_last_second_step_stays_where_a_company_demands_one(
    boss: int, device: Authenticator, maju: Cast
) -> None:
    await added(boss, device)
    (one,) = await passkeys.of_account(boss)
    with pytest.raises(Refused, match="last_one"):
        await passkeys.remove(boss, one.public, session=0)
    await added(boss, Authenticator(HERE.origin), "Laptop")
    other = await sign_in.open_for(boss)
    await passkeys.remove(boss, one.public, session=0)
    assert await sign_in.recognise(other) is None, "other sessions end"
    with pytest.raises(Refused, match="unknown"):
        await entered(device)
    async with database.installation():
        await Company.update({Company.trial: True}).where(Company.id == maju.company)
    (last,) = await passkeys.of_account(boss)
    await passkeys.remove(boss, last.public, session=0)
    assert not await second_factor.is_on(boss)
    async with database.installation(writes=False):
        assert not await RecoveryCode.exists().where(RecoveryCode.account == boss)
    assert (await acts(maju.company))[-2:] == ["passkey.removed"] * 2


async def test_nobody_touches_the_passkey_of_another(boss: int, device: Authenticator, maju: Cast) -> None:
    await added(boss, device)
    (one,) = await passkeys.of_account(boss)
    async with database.transaction(maju.company):
        other = await joining.join("other@maju.example", "agent", person=None, language="id")
    for verb in (passkeys.rename(other, one.public, "Milikku"), passkeys.remove(other, one.public, session=0)):
        with pytest.raises(LookupError):
            await verb
    await added(other, Authenticator(HERE.origin))
    half = await sign_in.enter(EMAIL, PASSWORD)
    theirs = Authenticator(HERE.origin)
    await added(other, theirs, "Laptop")
    with pytest.raises(Refused, match="unknown"):
        await passkey_sign_in.prove(half, theirs.signs(await passkeys.to_sign(PROVING)), PROVING)


async def test_a_device_is_added_once_under_a_name_and_only_so_many_are_kept(boss: int, device: Authenticator) -> None:
    with pytest.raises(Refused, match="no_name"):
        await added(boss, device, "   ")
    await added(boss, device, "  Ponsel   Sari " + "i" * 90)
    (one,) = await passkeys.of_account(boss)
    assert one.name.startswith("Ponsel Sari iii") and len(one.name) == passkeys.LONGEST_NAME
    assert (await passkeys.to_add(boss, ADDING))["excludeCredentials"][0]["id"] == passkeys._text(device.id)
    with pytest.raises(Refused, match="known"):
        await added(boss, device)
    for number in range(passkeys.MOST - 1):
        await added(boss, Authenticator(HERE.origin), f"Kunci {number}")
    with pytest.raises(Refused, match="many"):
        await added(boss, Authenticator(HERE.origin))


async def test_a_lost_one_is_taken_off_with_a_reason(boss: int, device: Authenticator, maju: Cast) -> None:
    await added(boss, device)
    (one,) = await passkeys.of_account(boss)
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="needs_reason"):
            await passkeys.take_off(boss, one.public, by=HR, reason="")
    async with database.transaction(maju.company):
        await passkeys.take_off(boss, one.public, by=HR, reason="ponselnya hilang")
    with pytest.raises(Refused, match="unknown"):
        await entered(device)
    found = await sign_in.waiting(await sign_in.enter(EMAIL, PASSWORD))
    assert found is not None and found.waits == "setup"
    assert (await acts(maju.company))[-1] == "passkey.taken_off"


async def test_a_second_step_taken_off_takes_the_passkeys_along(boss: int, device: Authenticator, maju: Cast) -> None:
    await added(boss, device)
    async with database.transaction(maju.company):
        await second_factor.take_off(boss, by=HR, reason="ponselnya hilang")
    assert await passkeys.of_account(boss) == []


async def test_an_account_that_is_erased_leaves_no_passkey(device: Authenticator, maju: Cast) -> None:
    async with database.transaction(maju.company):
        account = await joining.join("gone@maju.example", "agent", person=None, language="id")
    await added(account, device)
    async with database.transaction(maju.company):
        await Membership.delete().where(Membership.account == account)
    done = await erasure_steps.forget_accounts([account])
    assert done["passkey"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"response": {}}',
        '{"response": []}',
        "x" * 50_000,
        "[" * 30_000,
        '{"id": "\\u0000", "response": {"clientDataJSON": 5}}',
        '{"id": 5, "response": {}}',
    ],
)
async def test_what_is_no_answer_is_refused(boss: int, answer: str) -> None:
    with pytest.raises(Refused, match=r"passkeys\.(wrong|unknown)"):
        await passkey_sign_in.enter(answer, ENTERING)
    with pytest.raises(Refused, match=r"passkeys\.wrong"):
        await passkeys.add(boss, answer, "x", ADDING, session=0)


@pytest.mark.parametrize(
    ("address", "host", "name", "origin"),
    [
        ("https://hr.example", "hr.example", "hr.example", "https://hr.example"),
        ("https://HR.example:443/", "x", "hr.example", "https://hr.example"),
        ("https://hr.example:8443", "x", "hr.example", "https://hr.example:8443"),
        ("http://localhost:8000", "localhost:8000", "localhost", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "localhost:8000", "localhost", "http://localhost:8000"),
        ("http://0.0.0.0:8000", "localhost:9000", "localhost", "http://localhost:9000"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", None, None),
        ("http://127.0.0.1:8000", "evil.example", None, None),
        ("http://10.0.0.7:8000", "localhost", None, None),
        ("https://10.0.0.7", "10.0.0.7", None, None),
        ("http://hr.internal", "hr.internal", None, None),
        ("https://hr.example", "localhost", "hr.example", "https://hr.example"),
    ],
)
def test_the_site_follows_the_settings(address: str, host: str, name: str | None, origin: str | None) -> None:
    before = settings._current
    keys = {"SERAMBI_SECRET_KEY": "k" * 32, "SERAMBI_MASTER_KEY": "k" * 32, "SERAMBI_BASE_URL": address}
    settings.use(settings.load(keys))
    try:
        assert passkeys.site(host) == (Site(name, origin) if name and origin else None)
    finally:
        settings._current = before


async def test_adding_one_ends_every_other_session(boss: int, device: Authenticator) -> None:
    mine, other = await sign_in.open_for(boss), await sign_in.open_for(boss)
    found = await sign_in.recognise(mine)
    assert found is not None
    await added(boss, device, session=found.session)
    assert await sign_in.recognise(mine) is not None and await sign_in.recognise(other) is None
    assert len(await sessions.of_account(boss, found.session)) == 1
