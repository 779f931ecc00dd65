"""PT Maju Bersama: forty people in three time zones, laid relative to today, made by the same verbs as any company."""

import csv
import io
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core import audit, clock, database, demo_story, jobs
from core.accounts import acts_in, joining, offers, operators, sign_in
from core.accounts.roles import OPERATOR_ADMINISTRATOR
from core.accounts.tables import Company, Membership, MembershipOffer
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request
from core.audit import Actor, AuditEntry
from core.leave import lots
from core.leave.asked import numbers_of
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.tables import Inbound, Outbound
from core.people import directory, imports
from core.people.directory import Employee
from core.people.tables import Department

NAME, SLUG = "PT Maju Bersama", "maju-bersama"
BY = Actor("demo", "command")
SOON, NEXT_YEAR = timedelta(days=14), 12_000
HEAD = (
    "employee_number",
    "name",
    "email",
    "manager",
    "department",
    "position",
    "location",
    "timezone",
    "join_date",
    "role",
)
WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
# number, name, address, head, department, position, location, zone, joined, role
NAMED = (
    ("0001", "Hendra Wijaya", "hendra", "", "Direksi", "Direktur", "Kantor Jakarta", WIB, "2016-03-01", "super_administrator"),
    ("0002", "Ratna Dewanti", "ratna", "0001", "HR", "Manajer HR", "Kantor Jakarta", WIB, "2018-07-02", "administrator"),
    ("0003", "Rina Kusuma", "rina", "0001", "Operasi", "Kepala Operasi", "Kantor Jakarta", WIB, "2017-01-09", ""),
    ("0101", "Sari Wulandari", "sari", "0003", "Gudang Cakung", "Kepala Gudang", "Gudang Cakung", WIB, "2019-02-04", ""),
    ("0412", "Budi Santoso", "budi", "0101", "Gudang Cakung", "Staf Gudang", "Gudang Cakung", WIB, "2024-02-01", ""),
    ("0102", "Wati Lestari", "wati", "0101", "Gudang Cakung", "Staf Gudang", "Gudang Cakung", WIB, "2021-05-03", ""),
    ("0103", "Tono Prasetyo", "tono", "0101", "Gudang Cakung", "Staf Gudang", "Gudang Cakung", WIB, "2020-08-03", ""),
    ("0104", "Lilis Nurhayati", "lilis", "0101", "Gudang Cakung", "Staf Gudang", "Gudang Cakung", WIB, "2022-01-10", ""),
    ("0105", "Asep Hidayat", "asep", "0101", "Gudang Cakung", "Staf Gudang", "Gudang Cakung", WIB, "2023-04-03", ""),
    ("0201", "Darto Suprapto", "darto", "0003", "Produksi", "Kepala Regu", "Pabrik Bekasi", WIB, "2018-11-05", ""),
    ("0202", "Joko Susilo", "joko", "0201", "Produksi", "Operator", "Pabrik Bekasi", WIB, "2022-06-01", ""),
    ("0203", "Ayu Permata", "ayu", "0201", "Produksi", "Operator", "Pabrik Bekasi", WIB, "2023-02-01", ""),
    ("0301", "Wayan Sudarma", "wayan", "0003", "Toko Denpasar", "Kepala Toko", "Denpasar", WITA, "2019-09-02", ""),
    ("0302", "Dewi Ayuningsih", "dewi", "0301", "Toko Denpasar", "Pramuniaga", "Denpasar", WITA, "2024-10-01", ""),
    ("0303", "Ika Suryani", "ika", "0301", "Toko Denpasar", "Pramuniaga", "Denpasar", WITA, "2025-10-01", ""),
    ("0401", "Yosef Wenda", "yosef", "0003", "Cabang Jayapura", "Kepala Cabang", "Jayapura", WIT, "2020-03-02", ""),
    ("0501", "Maya Hartono", "maya", "0003", "Finance", "Analis", "Kantor Jakarta", WIB, "2021-03-01", ""),
    ("0502", "Agus Salim", "agus", "0001", "Finance", "Kepala Keuangan", "Kantor Jakarta", WIB, "2018-02-05", "data_protection_officer"),
    ("0601", "Nina Marlina", "nina", "0002", "HR", "Staf HR", "Kantor Jakarta", WIB, "2022-09-01", "agent"),
)  # fmt: skip
OTHERS = (
    "Rudi Hartanto", "Sinta Maharani", "Bayu Nugroho", "Fitri Handayani", "Galih Ramadhan", "Hesti Puspita",
    "Irfan Maulana", "Jihan Safitri", "Krisna Aditya", "Laila Rahmawati", "Made Artana", "Novi Anggraini",
    "Oka Mahendra", "Putu Ariani", "Qori Amelia", "Reza Firmansyah", "Siska Oktavia", "Teguh Saputra",
    "Umar Faruq", "Vina Melati", "Yanti Kogoya",
)  # fmt: skip
PLACES = (
    ("0201", "Produksi", "Operator", "Pabrik Bekasi", WIB),
    ("0301", "Toko Denpasar", "Pramuniaga", "Denpasar", WITA),
    ("0401", "Cabang Jayapura", "Staf Cabang", "Jayapura", WIT),
    ("0502", "Finance", "Staf Keuangan", "Kantor Jakarta", WIB),
)  # fmt: skip
# Who signs in to the demo, and as what.
WHO = {
    "ratna": "HR, administrator: the backoffice",
    "sari": "head of the warehouse: approves",
    "budi": "employee",
    "maya": "employee, reads English",
    "agus": "data-protection officer: requests about personal data, breaches",
    "dian": "runs Serambi: the operator's desk",
}
OPERATOR = "dian"
SIGN_INS = tuple(one for one in WHO if one != OPERATOR)


@dataclass(frozen=True)
class Laid:
    """The demo company, and who may sign in to it with which password; none when it was there before."""

    company: int
    slug: str
    sign_ins: tuple[tuple[str, str, str], ...]


def people_csv() -> bytes:
    """The forty people as the file that HR would import."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in NAMED:
        writer.writerow([*row[:2], f"{row[2]}@maju.example", *row[3:]])
    for count, name in enumerate(OTHERS):
        head, department, position, location, zone = PLACES[count % len(PLACES)]
        joined = date(2019 + count % 6, 1 + count % 12, 1 + count % 25)
        mail = name.lower().replace(" ", ".")
        writer.writerow(
            [f"07{count:02}", name, f"{mail}@maju.example", head, department, position, location, zone, joined, ""]
        )
    return out.getvalue().encode()


async def lay() -> Laid:
    """Make the company unless it is there; its leave is granted and its head of warehouse has four people to keep in."""
    async with database.installation():
        there = await joining.by_name(SLUG)
    if there is not None:
        return Laid(there.id, there.slug, ())
    company, _ = await joining.add_company(NAME, "hendra@maju.example", by=BY)
    taken = await imports.take(company.id, people_csv(), actor=BY)
    if taken.bad:
        raise RuntimeError(f"the demo's own people are refused: {taken.bad[:3]}")
    await jobs.drain()
    await _accepted(company.id)
    async with database.transaction(company.id):
        warehouse = await Department.objects().get(Department.name == "Gudang Cakung")
        assert warehouse is not None
        await directory.minimum_of(warehouse.id, 4)
        people = {one.name.split()[0].lower(): one for one in await directory.everyone()}
        await _next_year(list(people.values()))
        audit.record("demo.laid", f"company:{company.id}", by=BY)
    async with database.installation():
        # Its administrators are tried out with a password alone; a company of one's own asks for the second factor.
        await Company.update({Company.trial: True}).where(Company.id == company.id)
    links = {name: (await joining.portal_link(people[name], by=BY))[0] for name in SIGN_INS}
    made = []
    for name, link in links.items():
        email, password = f"{name}@maju.example", secrets.token_urlsafe(12)
        if not await sign_in.has_password(email):
            await sign_in.redeem(str(link), password)
            made.append((people[name].name, email, password))
    made += await _operator()
    await _accepted(company.id)
    return Laid(company.id, company.slug, tuple(made))


async def _operator() -> list[tuple[str, str, str]]:
    """Who runs this Serambi, at their own desk; let in with a password alone, as everybody of the demo."""
    email, password = f"{OPERATOR}@serambi.example", secrets.token_urlsafe(12)
    async with database.installation():
        await Company.update({Company.trial: True}).where(Company.kind == acts_in.OPERATOR)
    if await sign_in.has_password(email):
        return []
    link, _ = await operators.add(email, OPERATOR_ADMINISTRATOR, by=BY)
    await sign_in.redeem(link, password)
    return [("Dian", email, password)]


async def _accepted(company: int) -> None:
    """Nobody is behind the demo's addresses: what they are offered is theirs."""
    async with database.transaction(company):
        rows = await MembershipOffer.select(MembershipOffer.account).where(MembershipOffer.declined_at.is_null())
        for account in sorted({row["account"] for row in rows}):
            await offers.take(account)


async def _next_year(people: Sequence[Employee]) -> None:
    """At the end of a year whoever tries the demo asks for days of the next one: they have some already."""
    today = clock.today(directory.DEFAULT_ZONE)
    if (today + SOON).year > today.year:
        for one in people:
            await lots.adjust(one.id, NEXT_YEAR, year=today.year + 1, today=today, by=BY)


async def afresh(company: int) -> Laid:
    """Start over: the company is put aside under another name, since its ledgers can't be emptied, and made anew.

    Whoever could sign in still can, with the same password, and finds the new company only.
    """
    aside = secrets.token_hex(4)
    async with database.installation():
        await Company.update({Company.slug: f"{SLUG}-{aside}", Company.name: f"{NAME} {aside}"}).where(
            Company.id == company
        )
    async with database.transaction(company):
        await Membership.delete().where(Membership.company == company)
        await MembershipOffer.delete().where(MembershipOffer.company == company)
    laid = await lay()
    await demo_story.tell(laid.company)
    return laid


@dataclass(frozen=True)
class Stage:
    """What the trial page shows: the approver's cards, the ledger, and where the last message has been."""

    cards: Sequence[tuple[int, Message, datetime]]
    ledger: Sequence[lots.Line]
    numbers: dict[int, str]
    left: int
    words: str | None
    external_id: str | None
    stops: Sequence[tuple[str, float, dict[str, Any]]]
    audit: tuple[int, str] | None
    waiting: str | None


async def actors(company: int) -> tuple[Employee, Employee]:
    """The employee and the approver of the trial page."""
    async with database.reading(company):
        budi, sari = await directory.by_number("0412"), await directory.by_number("0101")
    assert budi is not None and sari is not None
    return budi, sari


async def stage(company: int, employee: Employee, approver: Employee) -> Stage:
    """Read the stage from the rows that the product wrote, and from nothing else."""
    from core.messaging import inbox

    async with database.reading(company):
        rows = (
            await Outbound.select()
            .where((Outbound.person == approver.person) & Outbound.card_of.is_not_null())
            .order_by(Outbound.id, ascending=False)
            .limit(12)
        )
        turned = {row["edits"]: row for row in reversed(rows) if row["edits"] is not None}
        cards = [
            (row["id"], outbox.unseal(turned.get(row["id"], row)), row["queued_at"])
            for row in rows if row["edits"] is None
        ][:3]  # fmt: skip
        ledger = list(await lots.lines(employee.id))
        left = await lots.balance(employee.id)
        asked = dict(await numbers_of(employee.id))
        latest = (
            await Inbound.objects()
            .where(Inbound.sender == f"{company}:{employee.person}")
            .order_by(Inbound.id, ascending=False)
            .first()
        )
        stops: list[tuple[str, float, dict[str, Any]]] = []
        words = None
        if latest is not None:
            words = inbox.unseal(latest).words
            stops = [("received", 0.0, {}), *((one[0], one[1], one[2]) for one in json.loads(latest.trace or "[]"))]
            for out in await Outbound.select().where(Outbound.caused_by == latest.id).order_by(Outbound.id):
                if out["sent_at"] is not None:
                    ms = (out["sent_at"] - latest.received_at).total_seconds() * 1000
                    stops.append(("sent", round(ms, 1), {"channel": out["channel"]}))
        entry = (
            await AuditEntry.select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq, ascending=False).first()
        )
        open_one = (
            await Request.objects().where((Request.employment == employee.id) & (Request.state == IN_REVIEW)).first()
        )
    return Stage(
        cards, ledger, asked, left, words, latest.external_id if latest else None, stops,
        (entry["seq"], entry["hash"]) if entry else None, open_one.number if open_one else None,
    )  # fmt: skip
