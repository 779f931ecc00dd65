"""The operator's way back for those who can't sign in, as it is typed."""

import asyncio
import json
from typing import Any

import pytest

from core import database
from core.accounts import appointing, blocks, joining, leading, resets, sign_in
from core.audit import Actor, AuditEntry
from core.errors import Refused
from tests import typed as command
from tests.core.cast import HR, Cast, as_, lay
from tests.core.conftest import KEYS, MASTER

PASSWORD = "four unrelated words here"


async def typed(url: str, *words: str) -> tuple[int, dict[str, Any], str]:
    """What `serambi` with these words ends with, says as JSON, and complains of."""
    made = {
        "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": MASTER, "SERAMBI_SECRET_KEY": MASTER, "SERAMBI_KEYS": KEYS,
    }  # fmt: skip
    done = await asyncio.to_thread(command.typed, *words, "--json", environ=made)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr


async def test_a_company_that_nobody_leads_gets_somebody_again(maju: Cast, open_database: str) -> None:
    async with database.transaction(maju.company):
        held = {one.email: one for one in await appointing.holders()}
        await appointing.dismiss(held["owner@maju.example"], "super_administrator", by=HR)
    async with database.transaction(maju.company):
        await blocks.block(maju.hendra.person, channel="web", by=as_(maju.hendra))
        assert not (await leading.leads()).stay
    code, told, fault = await typed(
        open_database, "company", "appoint", "baru@maju.example", "--company", "PT Maju Bersama"
    )
    assert (code, fault) == (0, "")
    session = await sign_in.redeem(told["link"].rpartition("/")[2], PASSWORD)
    async with database.reading(maju.company):
        assert (await leading.leads()).stay
    waiting = await sign_in.waiting(session)
    assert waiting is not None and waiting.waits == "setup", "the second step first"


async def test_the_operator_opens_an_administrator_s_account_with_a_reason(maju: Cast, open_database: str) -> None:
    link, _ = await joining.portal_link(maju.ratna)
    await sign_in.redeem(str(link), PASSWORD)
    async with database.transaction(maju.company):
        await blocks.block(maju.ratna.person, channel="web", by=Actor("x", "web"))
    words = ("account", "unblock", "ratna@maju.example", "--company", "PT Maju Bersama", "--reason")
    code, _, fault = await typed(open_database, *words, " ")
    assert code != 0
    assert fault
    code, _, fault = await typed(open_database, *words, "telepon dan KTP diperiksa")
    assert (code, fault) == (0, "")
    assert await sign_in.enter("ratna@maju.example", PASSWORD)
    code, _, fault = await typed(open_database, *words, "telepon dan KTP diperiksa")
    assert code != 0, "nothing is blocked any more"


async def test_a_new_password_without_mail(maju: Cast, open_database: str) -> None:
    async def printed(email: str, cast: Cast = maju) -> str:
        async with database.transaction(cast.company):
            return await resets.by_hand(email, by=HR)

    email = "ratna@maju.example"
    link, _ = await joining.portal_link(maju.ratna)
    for wrong, why in ((email, "reset_nothing"), ("nobody@maju.example", "no_account")):
        with pytest.raises(Refused, match=why):
            await printed(wrong)
    old = await sign_in.redeem(str(link), PASSWORD)
    first = await printed(email)
    code, told, fault = await typed(open_database, "account", "reset", email, "--company", "PT Maju Bersama")
    assert (code, fault) == (0, "")
    secret = told["link"].rpartition("/reset/")[2]
    assert await sign_in.link_holder(first) is None, "the newest alone works"
    session = await sign_in.redeem(secret, "another four unrelated words")
    assert await sign_in.recognise(old) is None
    assert await sign_in.waiting(session) is not None, "a second step is asked for as before"
    assert await sign_in.link_holder(secret) is None
    async with database.reading(maju.company):
        acts = await AuditEntry.select(AuditEntry.actor).where(AuditEntry.action == "reset.printed")
    assert [row["actor"] for row in acts] == ["hr", "command"]
    sinar = await lay("PT Sinar Laut", at="sinar.example")
    with pytest.raises(Refused, match="no_account"):
        await printed(email, sinar)
    async with database.transaction(maju.company):
        await blocks.block(maju.ratna.person, channel="web", by=Actor("x", "web"))
    with pytest.raises(Refused, match="reset_blocked"):
        await printed(email)
