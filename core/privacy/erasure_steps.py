"""The steps by which somebody's data go. Each is one transaction with its mark, and does nothing a second time."""

import asyncio
import base64
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from piccolo.columns import Column

from core import clock, database, files, log, vault
from core.accounts.tables import (
    Account,
    Company,
    Membership,
    MembershipOffer,
    Passkey,
    RecoveryCode,
    Session,
    Token,
)  # fmt: skip
from core.messaging.tables import Attachment, Conversation, Inbound
from core.people.tables import ChannelIdentity, Employment, Person
from core.privacy import erasure_plan, holdings
from core.privacy.erasure_plan import BOOKS, WHOLE
from core.privacy.holding_tables import Erasure, Retained
from core.privacy.holdings import DELETE, NULL, SEAL, Holding

PART = 500
APART = {
    "account",
    "session",
    "token",
    "recovery_code",
    "passkey",
}  # outside companies: theirs, unless they act elsewhere
SHORTEST = 4  # letters of what is looked for in what may name anybody
Counts = dict[str, int]
Step = Callable[[Erasure], Awaitable[Counts]]


def steps(scope: str) -> Mapping[str, Step]:
    """What is done, in order, by name."""
    found: dict[str, Step] = {"seal": _seal, "strangers": _strangers, "loose": _loose, "rows": _rows}
    return found | {"files": _files, "keys": _keys} if scope == WHOLE else found


# -- before anything goes


async def _seal(row: Erasure) -> Counts:
    """Seal apart what the law wants kept, and note whose accounts they are."""
    accounts = json.dumps(await holdings.accounts_of(row.person))
    await Erasure.update({Erasure.accounts: accounts}).where(Erasure.id == row.id)
    here = await erasure_plan.standing(row.person)
    if row.scope != WHOLE or here.until is None:
        return {}
    kept = 0
    for one in holdings.every().values():
        names = one.of(SEAL)
        numbers = await holdings.ids(one, [row.person]) if names else []
        for found in await one.table.select().where(one.table.id.is_in(numbers or [0])):
            for name in names:
                kept += await _kept(row, one, found, name, here.until)
    return {"retained": kept}


async def _kept(row: Erasure, one: Holding, found: Mapping[str, Any], name: str, until: Any) -> int:
    held, place = found[name], f"{one.name}.{name}"
    if not held:
        return 0
    if isinstance(one.table._meta.get_column_by_name(name), vault.Sealed):
        try:
            with vault.lawfully():
                held = vault.unseal(held, company=row.company, column=place, subject=row.person)
        except vault.SHUT:
            return 0  # an older database was put back: its key is gone already
    value = vault.seal(str(held), company=row.company, column=place, subject=-until.year)
    await Retained.insert(
        Retained(erasure=row.id, person=row.person, place=place, row=found["id"], law=BOOKS, until=until, value=value)
    )
    return 1


async def _loose(row: Erasure) -> Counts:
    """What may name anybody goes where it names them: drafts, filters, files of people, lists that were written out."""
    needles, done = await _needles(row.person), Counts()
    people = [row.person]
    for one in holdings.every().values():
        if row.scope != WHOLE and not one.here:
            continue
        numbers: list[int] = []
        if one.every:
            numbers = [found["id"] for found in await one.table.select(one.table.id)]
        elif one.batches:
            numbers = sorted({*await holdings.batches_with(people), *await _files_naming(one, needles)})
        elif one.loose:
            numbers = await _naming(one, needles)
        if numbers:
            await _let_go(one, numbers)
            done[one.name] = len(numbers)
    return done


async def _naming(one: Holding, needles: Sequence[re.Pattern[str]]) -> list[int]:
    columns: list[Any] = [getattr(one.table, name) for name in one.loose]
    found: list[int] = []
    for row in await one.table.select(one.table.id, one.table.company, *columns):
        for name in one.loose:
            words = row[name]
            if words and isinstance(one.table._meta.get_column_by_name(name), vault.Sealed):
                try:
                    words = vault.unseal(words, company=row["company"], column=f"{one.name}.{name}")
                except vault.SHUT:
                    continue
            if words and any(needle.search(words) for needle in needles):
                found.append(row["id"])
                break
    return found


async def _files_naming(one: Holding, needles: Sequence[re.Pattern[str]]) -> list[int]:
    """Files of people, kept for a month, that may name them though no row of theirs does: all that is no plain text."""
    column, found = getattr(one.table, one.batches), []
    for row in await one.table.select(one.table.id, one.table.company, one.table.format, column).where(
        column.is_not_null()
    ):
        try:
            words = vault.unseal(row[one.batches], company=row["company"], column=f"{one.name}.{one.batches}")
        except vault.SHUT:
            continue
        with suppress(ValueError):
            words = base64.b85decode(words.encode()).decode(errors="replace")
        if row["format"] != "csv" or any(needle.search(words) for needle in needles):
            found.append(row["id"])
    return found


async def _let_go(one: Holding, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), PART):
        some = list(numbers[start : start + PART])
        if one.goes or one.every or one.gone:
            await one.table.delete().where(one.table.id.is_in(some))
            continue
        emptied = {
            one.table._meta.get_column_by_name(name): None
            if one.table._meta.get_column_by_name(name)._meta.null
            else vault.seal("{}", company=database.company(), column=f"{one.name}.{name}")
            for name in (*one.loose, *([one.batches] if one.batches else ()))
        }
        await one.table.update(emptied).where(one.table.id.is_in(some))


async def _needles(person: int) -> list[re.Pattern[str]]:
    """What of them may stand in what may name anybody."""
    row = await Person.select().where(Person.id == person).first()
    assert row is not None
    told = [row["name"], row["public"]]
    with vault.lawfully():
        for name in ("email", "phone", "nik", "npwp", "kk", "bank_account"):
            if row[name]:
                try:
                    told.append(
                        vault.unseal(row[name], company=row["company"], column=f"person.{name}", subject=person)
                    )
                except vault.SHUT:
                    continue
    for spell in await Employment.select(Employment.number, Employment.public).where(Employment.person == person):
        told += [spell["number"], spell["public"]]
    wanted = [re.escape(one.strip()) for one in told if one and len(one.strip()) >= SHORTEST]
    return [re.compile(rf"(?<!\w){one}(?!\w)", re.IGNORECASE) for one in wanted]


async def strangers_of(person: int) -> list[tuple[str, str, str]]:
    """The chats by which they wrote before it was known who they are."""
    rows = await ChannelIdentity.select(
        ChannelIdentity.channel, ChannelIdentity.account, ChannelIdentity.external_id
    ).where(ChannelIdentity.person == person)
    return [(row["channel"], row["account"], row["external_id"]) for row in rows]


async def _strangers(row: Erasure) -> Counts:
    """Remove what they wrote before it was known who they are; what rests of that talk is the installation's own."""
    gone = 0
    for channel, account, sender in await strangers_of(row.person):
        mine = (Inbound.channel == channel) & (Inbound.account == account) & (Inbound.sender == sender)
        found = await Inbound.delete().where(mine & Inbound.person.is_null() & (Inbound.state != "new")).returning(
            Inbound.id
        )  # fmt: skip
        gone += len(found)
    return {"inbound": gone} if gone else {}


async def forget_strangers(company: int, person: int) -> None:
    """Remove where their talk with the installation rests; in a transaction of its own, before their links go."""
    async with database.reading(company):
        places = [f"{channel}|{account}|{sender}" for channel, account, sender in await strangers_of(person)]
    if not places:
        return
    async with database.installation(writes=False):
        row = await Company.select(Company.id).where(Company.kind == "operator").first()
    if row is not None:
        async with database.transaction(row["id"]):
            await Conversation.delete().where(Conversation.stranger.is_in(places))


# -- tables


async def _rows(row: Erasure) -> Counts:
    """Delete what goes as a whole, what points to something before it, and empty columns of what stays."""
    done, accounts = Counts(), json.loads(row.accounts)
    for one in holdings.in_order():
        if one.name in APART or not one.tied or not (row.scope == WHOLE or one.here):
            continue
        numbers = await holdings.ids(one, [row.person], accounts, settled=row.scope != WHOLE)
        if one.name == "import_row":
            numbers = sorted({*numbers, *await _unknown_rows(one, row.person)})
        for start in range(0, len(numbers), PART):
            await one.table.delete().where(one.table.id.is_in(numbers[start : start + PART]))
        if numbers:
            done[one.name] = len(numbers)
    if row.scope == WHOLE:
        for one in holdings.every().values():
            if not one.goes and not one.nobody and one.whose and one.of(NULL, SEAL, DELETE):
                done |= await _empty(one, row)
    return done


async def _empty(one: Holding, row: Erasure) -> Counts:
    numbers = await holdings.ids(one, [row.person])
    for number in numbers:
        values = {
            column: _nothing(column, row, number)
            for name in one.of(NULL, SEAL, DELETE)
            for column in [one.table._meta.get_column_by_name(name)]
        }
        await one.table.update(values).where(one.table.id == number)
    return {one.name: len(numbers)} if numbers else {}


async def _unknown_rows(one: Holding, person: int) -> list[int]:
    """Lines of files that were refused, so that they are tied to nobody but by their number."""
    numbers = [row["number"] for row in await Employment.select(Employment.number).where(Employment.person == person)]
    rows = await one.table.select(one.table.id).where(
        one.table.number.is_in(numbers or [""]) & one.table.person.is_null()
    )
    return [row["id"] for row in rows]


def _nothing(column: Column, row: Erasure, number: int) -> Any:
    """What stands where nothing may stand any more: the number of the erasure where something has to."""
    if column._meta.null:
        return None
    return f"E-{row.id}" if column._meta.table is Person else f"E-{row.id}-{number}"


async def _files(row: Erasure) -> Counts:
    """Remove the files they sent; their rows stay, since what is never changed points to them."""
    rows = await Attachment.select(Attachment.id, Attachment.path).where(Attachment.person == row.person)
    for one in rows:
        await asyncio.to_thread(files.remove, one["path"], company=row.company)
    await Attachment.update({Attachment.removed_at: clock.now()}).where(
        (Attachment.person == row.person) & Attachment.removed_at.is_null()
    )
    return {"attachment": len(rows)} if rows else {}


async def _keys(row: Erasure) -> Counts:
    """Destroy their key: what is sealed in rows that are never changed opens nowhere any more, in no backup either."""
    vault.destroy(row.company, row.person)
    vault.keyring().restrict(row.company, row.person, lifted=True)
    return {"keys": 1}


# -- outside companies


async def forget_accounts(accounts: Sequence[int]) -> Counts:
    """Remove these accounts, with their sessions and links, unless they act elsewhere; in a transaction of its own."""
    done = Counts()
    for account in accounts:
        async with database.installation():
            elsewhere = await Membership.exists().where(
                Membership.account == account
            ) or await MembershipOffer.exists().where(MembershipOffer.account == account)
            if elsewhere or not await Account.exists().where(Account.id == account):
                continue
            for table in (Session, Token, RecoveryCode, Passkey):
                found = await table.delete().where(table.account == account).returning(table.id)
                done[table._meta.tablename] = done.get(table._meta.tablename, 0) + len(found)
            blank = vault.blind_index(f"gone:{account}:{database.new_public()}", field="email")
            # A signature under a decision may point to it, so its row stays, as one that nobody can use or read.
            await Account.update(
                {
                    Account.email: vault.seal("", company=0, column="account.email"), Account.email_index: blank,
                    Account.password_hash: None, Account.totp: None, Account.totp_new: None,
                }
            ).where(Account.id == account)  # fmt: skip
            done["account"] = done.get("account", 0) + 1
    log.info("accounts_erased", count=done.get("account", 0))
    return done
