"""Nobody's acts reach a person, an account or an address with a role that stands above their own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from core import clock, database, jobs
from core.accounts import appointing, blocks, joining, second_factor
from core.accounts.tables import Invitation
from core.audit import Actor
from core.errors import Refused
from core.messaging import account_mail, sign_outs
from core.people import applying, batches, directory, identities, imports, reveals
from core.people.directory import Employee
from core.people.tables import ImportBatch, ImportRow, Person
from tests.core.cast import HR, Cast, lay
from tests.core.conftest import MONDAY

SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION = joining.GIVEN_BY_FILE
PEOPLE = """\
employee_number,name,email,phone,join_date,role
0001,Super Satu,super@{at},+62811000001,2016-03-01,super_administrator
0002,Admin Satu,admin@{at},+62811000002,2016-03-01,administrator
0003,Dukung Satu,dukung@{at},+62811000003,2016-03-01,supporting_administrator
0004,Agen Satu,agen@{at},+62811000004,2016-03-01,agent
0005,Lindung Satu,lindung@{at},+62811000005,2016-03-01,data_protection_officer
0006,Karyawan Satu,karyawan@{at},+62811000006,2016-03-01,
"""
NAMES = {
    SUPER: "super", ADMINISTRATOR: "admin", SUPPORTING: "dukung", AGENT: "agen", PROTECTION: "lindung", "": "karyawan",
}  # fmt: skip
# Whom each role reaches; the others are out of reach, whatever is tried.
REACHES: Mapping[str, tuple[str, ...]] = {
    SUPER: (SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, ""),
    ADMINISTRATOR: (SUPPORTING, AGENT, ""),
    SUPPORTING: ("",),
}  # fmt: skip


@pytest.fixture
async def desk(open_database: str) -> Cast:
    """A company in which each role is held by one person."""
    return await lay("PT Meja", at="meja.example", people=PEOPLE, granted=())


async def acts_as(desk: Cast, role: str) -> Actor:
    """Somebody else of that role, who is nobody's employee."""
    async with database.transaction(desk.company):
        return await acts_as_now(role)


Act = Callable[[Cast, Employee, Actor], Awaitable[object]]


async def invites(desk: Cast, whom: Employee, by: Actor) -> None:
    await identities.invite(whom, actor=by)


async def links_to_the_portal(desk: Cast, whom: Employee, by: Actor) -> None:
    await joining.portal_link(whom, by=by)


async def mails_an_invitation(desk: Cast, whom: Employee, by: Actor) -> None:
    await account_mail.invite(whom, f"{whom.number}{by.name}", MONDAY, by=by)


async def unlinks(desk: Cast, whom: Employee, by: Actor) -> None:
    async with database.transaction(desk.company):
        await identities.unlink(whom.person, "telegram", actor=by)


async def signs_out(desk: Cast, whom: Employee, by: Actor) -> None:
    async with database.transaction(desk.company):
        await sign_outs.everywhere(whom.person, "kehilangan ponsel", by=by)


async def looks_at_the_phone(desk: Cast, whom: Employee, by: Actor) -> None:
    async with database.reading(desk.company):
        row = await Person.select(Person.public).where(Person.id == whom.person).first()
    assert row is not None
    await reveals.reveal(desk.company, row["public"], "phone", "menelepon karyawan", resource="identity", by=by)


def form(**cells: str) -> Act:
    """Change what the form of a page changes; `#` is another sign for each who tries."""

    async def act(desk: Cast, whom: Employee, by: Actor) -> None:
        sign = by.name[-1]
        told = {"employee_number": whom.number, "name": whom.name}
        told |= {name: value.replace("#", sign).replace("@", f"{whom.number}@") for name, value in cells.items()}
        bad = await imports.change(desk.company, told, actor=by)
        for one in bad:
            raise Refused(one.key, value=one.value)

    act.__name__ = "_".join(["changes", *cells])
    return act


ACTS = (
    invites, links_to_the_portal, mails_an_invitation, unlinks, signs_out, looks_at_the_phone,
    form(email="baru#@meja.example"), form(phone="+6281199999#"), form(resign_date="2026-12-1#"),
    form(join_date="2016-04-1#"), form(position="Kepala #"), form(name="Nama Lain #"),
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=[one.__name__ for one in ACTS])
async def test_each_act_reaches_whom_the_role_reaches(desk: Cast, act: Act) -> None:
    found: dict[tuple[str, str], bool] = {}
    for role in reversed(list(REACHES)):
        by = await acts_as(desk, role)
        for target, name in NAMES.items():
            later = MONDAY + timedelta(minutes=len(found))
            try:
                with clock.freeze(later):
                    await act(desk, desk.people[name], by)
                found[role, target] = True
            except Refused as no:
                assert no.key.endswith("above_you"), (role, target, no)
                assert no.facts.get("role", no.facts.get("value")) == target
                found[role, target] = False
    assert found == {(role, target): target in reaches for role, reaches in REACHES.items() for target in NAMES}


async def test_nobody_is_above_oneself(desk: Cast) -> None:
    for name in ("admin", "dukung", "lindung"):
        own = desk.people[name]
        by = Actor(f"person:{own.person}", "telegram")
        await identities.invite(own, actor=by)
        await unlinks(desk, own, by)


async def test_the_address_of_an_account_above_is_given_to_nobody(desk: Cast) -> None:
    """`owner@` leads the company and is nobody's employee: whoever had its address would become it by an invitation."""
    by = await acts_as(desk, SUPPORTING)
    for number, name in (("0006", "Karyawan Satu"), ("0900", "Orang Baru")):
        cells = {"employee_number": number, "name": name, "email": "owner@meja.example"}
        bad = await imports.change(desk.company, cells, actor=by)
        assert [(one.column, one.key, one.value) for one in bad] == [("email", "people.above_address", SUPER)]
    assert await imports.change(desk.company, cells, actor=HR) == []
    async with database.reading(desk.company):
        employee = await directory.by_number("0900")
    assert employee is not None
    with pytest.raises(Refused, match="above_you"):
        await identities.invite(employee, actor=by)
    async with database.reading(desk.company):
        assert await Invitation.count() == 0


async def test_roles_held_in_another_company_do_not_count_here(desk: Cast) -> None:
    other = await lay("PT Lain", at="lain.example", people=PEOPLE, granted=())
    async with database.transaction(other.company):
        account = await joining.join("tamu@luar.example", SUPER, person=None, language="id")
    with pytest.raises(Refused, match="above_you"):
        await identities.invite(desk.people["agen"], actor=Actor(f"account:{account}", "web"))


async def filed(desk: Cast, text: str, by: Actor) -> tuple[str, ImportBatch]:
    sent = batches.Sent("file", "orang.csv", "", "", MONDAY.date(), by)
    public = await batches.receive(desk.company, text.encode(), sent)
    return public, await settled(desk, public)


async def settled(desk: Cast, public: str) -> ImportBatch:
    await jobs.drain()
    async with database.reading(desk.company):
        found = await ImportBatch.objects().where(ImportBatch.public == public).first()
    assert found is not None
    return found


HEAD = "employee_number,name,phone,role"


async def test_a_file_is_refused_at_each_cell_that_changes_somebody_above(desk: Cast) -> None:
    by = await acts_as(desk, SUPPORTING)
    same = "0001,Super Satu,+62811000001,\n0002,Admin Satu,+62811000002,\n0006,Karyawan Satu,+62811777777,\n"
    _, batch = await filed(desk, f"{HEAD}\n{same}", by)
    assert (batch.state, batch.changed, batch.same) == ("checked", 1, 2), "a whole roster goes in where nothing changes"
    _, batch = await filed(desk, f"{HEAD}\n" + same.replace("000001", "666666").replace("000002", "555555"), by)
    assert (batch.state, batch.changed, batch.refused) == ("refused", 1, 2)
    async with database.reading(desk.company):
        rows = await ImportRow.select().where((ImportRow.batch == batch.id) & (ImportRow.verdict == "refused"))
        told = [batches.opened(row, "reasons") for row in rows]
    assert told == [
        [["phone", "people.above_you", SUPER, "C2"]],
        [["phone", "people.above_you", ADMINISTRATOR, "C3"]],
    ]


async def test_what_a_higher_one_sent_is_not_applied_or_taken_back_by_a_lower_one(desk: Cast) -> None:
    chief, second = await acts_as(desk, SUPER), await acts_as(desk, SUPPORTING)
    public, _ = await filed(
        desk, f"{HEAD}\n0900,Orang Baru,,agent\n".replace("phone", "email").replace(",,", ",b@meja.example,"), chief
    )

    async def goes(by: Actor, verb: Callable[..., Awaitable[None]]) -> tuple[str, str | None]:
        await verb(desk.company, public, by=by)
        batch = await settled(desk, public)
        return batch.state, batch.why

    assert await goes(second, applying.apply) == ("checked", "people.batch_above_you")
    assert await goes(chief, applying.apply) == ("applied", None)
    state, why = await goes(second, applying.undo)
    assert (state, (why or "").partition("|")[0]) == ("applied", "people.batch_above_you")
    assert await goes(chief, applying.undo) == ("undone", None)


async def test_accounts_of_nobody_are_guarded_as_well(desk: Cast) -> None:
    async with database.reading(desk.company):
        owner = next(one for one in await appointing.holders() if one.email == "owner@meja.example")
    for role, reaches in ((ADMINISTRATOR, False), (SUPER, True)):
        by, done = await acts_as(desk, role), 0
        for act in (
            lambda by=by: appointing.sign_out_everywhere(owner, by=by),
            lambda by=by: second_factor.take_off(owner.account, by=by, reason="ponsel hilang"),
        ):
            try:
                async with database.transaction(desk.company):
                    await act()
                done += 1
            except Refused as no:
                assert no.key == "accounts.above_you"
        assert done == (2 if reaches else 0)


async def test_a_block_is_lifted_only_by_whom_it_reaches(desk: Cast) -> None:
    agen = desk.people["agen"].person
    async with database.transaction(desk.company):
        await blocks.block(agen, channel="web", by=Actor(f"person:{agen}", "web"))
    with pytest.raises(Refused, match="above_you"):
        async with database.transaction(desk.company):
            await blocks.lift(agen, "ponsel kembali", by=await acts_as_now(SUPPORTING), by_person=None)
    async with database.transaction(desk.company):
        await blocks.lift(agen, "ponsel kembali", by=await acts_as_now(ADMINISTRATOR), by_person=None)


async def acts_as_now(role: str) -> Actor:
    """As above, within the transaction that is open."""
    return Actor(f"account:{await joining.join(f'{role}@luar.example', role, person=None, language='id')}", "web")
