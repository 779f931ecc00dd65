"""Many are invited at once: chosen, mailed or put onto a sheet, followed, and taken back where unused."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from backoffice import exports
from bot import delivery
from bot.channels import Never
from core import clock, database, jobs, settings, sheets
from core.accounts import inviting
from core.accounts.inviting import Choice
from core.accounts.tables import Invitation, InvitationBatch, Invited, MembershipOffer, Token
from core.audit import AuditEntry
from core.errors import Refused
from core.messaging import code_sheets, invited_together
from core.messaging.tables import Outbound
from core.people import applying, identities
from core.people.tables import ImportBatch, Person
from tests.backoffice.conftest import Installation
from tests.backoffice.test_people import SUPER, SUPPORTING, send
from tests.core.cast import HR
from tests.core.conftest import MONDAY

REASON = "Dibagikan di gudang saat apel pagi"


def text(answer: httpx.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.fixture
async def slug(house: Installation) -> str:
    return await house.slug(house.maju)


def codes_of(raw: bytes) -> list[list[str]]:
    """The lines of a sheet of codes: place, department, name, number, code, until when."""
    return [list(cells) for _, cells in sheets.read(raw).lines[1:] if len(cells) > 4 and cells[4]]


def counted(answer: httpx.Response) -> str:
    """What the page says became of everybody."""
    panel = answer.text.partition('id="h-counts"')[2].partition("</dl>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", panel)).split())


async def outcomes(house: Installation) -> dict[str, str]:
    """What became of everybody, by number."""
    async with database.reading(house.maju.company):
        rows = await Invited.select(Invited.outcome, Invited.employment.number.as_alias("number"))
    return {row["number"]: row["outcome"] for row in rows}


async def number_of(house: Installation, public: str) -> int:
    async with database.reading(house.maju.company):
        row = await InvitationBatch.select(InvitationBatch.id).where(InvitationBatch.public == public).first()
    assert row is not None
    return int(row["id"])


async def unused_links(house: Installation) -> int:
    """How many links that were mailed with a code still open something."""
    async with database.reading(house.maju.company):
        rows = await Invited.select(Invited.token_hash).where(Invited.token_hash.is_not_null())
    async with database.installation():
        hashes = [row["token_hash"] for row in rows]
        return int(await Token.count().where(Token.token_hash.is_in(hashes) & Token.used_at.is_null()))


async def _invited(house: Installation, number: int) -> None:
    """Have every part of a batch done, and none of its mail sent."""
    while "waiting" in (await outcomes(house)).values():
        await invited_together.invite(house.maju.company, number, HR.name, HR.channel)


async def without_address(house: Installation, *people: int) -> None:
    async with database.transaction(house.maju.company):
        await Person.update({Person.email: None, Person.email_index: None}).where(Person.id.is_in(list(people)))


async def test_who_is_chosen_is_counted_by_how_they_can_be_reached(house: Installation, slug: str) -> None:
    maju = house.maju
    await without_address(house, maju.budi.person)
    visitor = await house.as_role(maju, SUPER)
    page = text(await visitor.get(f"/{slug}/invitations"))
    async with database.reading(maju.company):
        everybody = await inviting.reachable(Choice())
        store = await inviting.reachable(Choice(department="Gudang"))
    assert f"{everybody.total} orang akan diundang" in page
    assert (everybody.neither, 0 < store.total < everybody.total) == (1, True)
    narrowed = text(await visitor.get(f"/{slug}/invitations?department=Gudang"))
    assert f"{store.total} orang akan diundang" in narrowed
    assert (
        f'href="/{slug}/invitations?department=Gudang"' in (await visitor.get(f"/{slug}/people?department=Gudang")).text
    )


async def test_a_sheet_holds_the_codes_of_who_got_no_mail_and_each_works_once(house: Installation, slug: str) -> None:
    maju = house.maju
    visitor = await house.as_role(maju, SUPER)
    begun = await visitor.post(f"/{slug}/invitations/begin", state="department=Gudang")
    assert begun.status_code == 303
    there = begun.headers["location"]
    await jobs.drain()
    assert set((await outcomes(house)).values()) == {"sheet"}, "there is no mail server"
    assert (await visitor.post(f"{there}/sheet", format="csv", reason="")).status_code == 422
    answer = await visitor.post(f"{there}/sheet", format="csv", reason=REASON)
    lines = codes_of(answer.content)
    mine = next(cells for cells in lines if cells[3] == "0412")
    async with database.installation():
        offered = await identities.offered(mine[4])
    assert offered is not None
    assert offered.employment == maju.budi.id
    async with database.reading(maju.company):
        stored = str(await Invitation.select()) + str(await Invited.select())
        entry = await AuditEntry.objects().where(AuditEntry.action == "invitations.sheet").first()
    assert [cells[4] for cells in lines if cells[4].replace("-", "") in stored] == []
    assert entry is not None
    printed = await visitor.post(f"{there}/sheet", format="page", reason=REASON)
    assert mine[4] in printed.text
    async with database.transaction(maju.company):
        await identities.link(
            offered.invitation, channel="telegram", account="bot", external_id="77", place="77", consent="ya"
        )
    assert "1 dipakai" not in text(await visitor.get(there))
    assert "Budi Santoso" in text(await visitor.get(f"{there}?show=used"))
    with clock.freeze(MONDAY + timedelta(minutes=2)):
        after = await visitor.post(f"{there}/sheet", format="csv", reason=REASON)
    assert "0412" not in after.text, "a code that was used is on no sheet"


async def test_what_was_not_used_is_revoked_as_a_whole(house: Installation, slug: str) -> None:
    maju = house.maju
    visitor = await house.as_role(maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="department=Gudang")).headers["location"]
    await jobs.drain()
    codes = (await visitor.post(f"{there}/sheet", format="csv", reason=REASON)).content
    assert (await visitor.post(f"{there}/revoke")).status_code == 303
    async with database.installation():
        for cells in codes_of(codes):
            assert await identities.offered(cells[4]) is None
    after = await visitor.get(there)
    assert "dicabut" in text(after)
    assert f"tidak berlaku lagi {len(codes_of(codes))}" in counted(after)
    assert "di lembar kode" not in counted(after), "no code of it is good any more"
    assert (await visitor.get(f"{there}?show=ended")).text.count('scope="row"') == len(codes_of(codes))
    assert (await visitor.post(f"{there}/revoke")).status_code == 422
    async with database.reading(maju.company):
        assert not await Invitation.exists().where(Invitation.code.is_not_null())


async def test_nobody_invites_who_stands_above_them_nor_takes_their_code(house: Installation, slug: str) -> None:
    maju = house.maju
    desk = await house.as_role(maju, SUPPORTING)
    there = (await desk.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    await jobs.drain()
    became = await outcomes(house)
    assert became[maju.ratna.number] == "above"
    assert became["0412"] == "sheet"
    assert (await desk.post(f"{there}/sheet", format="csv", reason=REASON)).status_code == 403
    assert f"{there}/sheet" not in (await desk.get(there)).text
    assert (await desk.post(f"{there}/revoke")).status_code == 303, "who stands above was not invited by them"


async def test_nobody_revokes_the_invitation_of_who_stands_above_them(house: Installation, slug: str) -> None:
    owner, desk = await house.as_role(house.maju, SUPER), await house.as_role(house.maju, SUPPORTING)
    there = (await owner.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    await jobs.drain()
    refused = await desk.post(f"{there}/revoke")
    assert refused.status_code == 422
    assert "Mintalah Super Administrator" in text(refused)
    assert "berkas" not in counted(refused)
    assert (await outcomes(house))[house.maju.ratna.number] == "sheet"


async def test_whom_a_file_brought_is_invited_from_its_page(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    file = await send(visitor, slug, "employee_number,name,phone\n0904,Aji,081234567890\n0905,Ayu,\n0412,Budi S,\n")
    await visitor.post(f"{file}/apply")
    await jobs.drain()
    link = re.search(r'href="(/[^"]+/invitations\?file=[^"]+)"', (await visitor.get(file)).text)
    assert link is not None
    page = await visitor.get(link[1])
    assert "2 orang akan diundang" in text(page)
    state = re.search(r'name="state" value="([^"]*)"', page.text)
    assert state is not None
    await visitor.post(f"/{slug}/invitations/begin", state=html.unescape(state[1]))
    await jobs.drain()
    assert set(await outcomes(house)) == {"0904", "0905"}
    again = await visitor.post(f"/{slug}/invitations/begin", state=html.unescape(state[1]))
    assert again.status_code == 422
    assert "Tidak ada yang perlu diundang" in text(again)


async def test_a_batch_of_another_company_is_not_there(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="department=Gudang")).headers["location"]
    lina, other = await house.as_person(house.sinar, "lina"), await house.slug(house.sinar)
    theirs = there.replace(f"/{slug}/", f"/{other}/")
    assert (await lina.get(theirs)).status_code == 404
    assert (await lina.post(f"{theirs}/revoke")).status_code == 404


async def test_who_has_an_address_is_mailed_a_code_and_a_link_that_are_revoked_together(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    await without_address(house, maju.budi.person)
    public = await invited_together.begin(maju.company, Choice(department="Gudang"), by=HR)
    await _invited(house, await number_of(house, public))
    became = await outcomes(house)
    assert became.pop("0412") == "sheet"
    assert set(became.values()) == {"mailed"}
    async with database.reading(maju.company):
        mails = await Outbound.count().where(Outbound.channel == "email")
    assert mails == len(became)
    assert await unused_links(house) == len(became)
    async with database.reading(maju.company):
        assert await MembershipOffer.count() == len(became), "their account's owner has still to accept"
    await invited_together.revoke(maju.company, public, by=HR)
    assert await unused_links(house) == 0
    async with database.reading(maju.company):
        assert await MembershipOffer.count() == 0
    async with database.reading(maju.company):
        left = await Outbound.count().where((Outbound.channel == "email") & (Outbound.state != "dropped"))
    assert left == 0, "a mail that had not left yet leaves no more"


async def test_a_killed_job_goes_on_with_whom_it_had_not_invited(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    monkeypatch.setattr(invited_together, "PART", 2)
    number = await number_of(house, await invited_together.begin(maju.company, Choice(), by=HR))
    await invited_together.invite(maju.company, number, HR.name, HR.channel, 0)
    await invited_together.invite(
        maju.company, number, HR.name, HR.channel, 0
    )  # repeated: it was killed before its end
    first = {number for number, outcome in (await outcomes(house)).items() if outcome != "waiting"}
    assert len(first) == 2
    with pytest.raises(Refused, match=r"invitations\.running"):
        await invited_together.begin(maju.company, Choice(), by=HR)
    await _invited(house, number)
    became = await outcomes(house)
    assert "waiting" not in became.values()
    async with database.reading(maju.company):
        made = await Invitation.count()
        left = await inviting.reachable(Choice())
    assert made == sum(outcome in ("sheet", "mailed") for outcome in became.values()), "each has one code"
    assert left.total == 0


async def test_who_still_waited_when_it_was_revoked_is_not_said_to_wait(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    monkeypatch.setattr(invited_together, "PART", 2)
    public = await invited_together.begin(maju.company, Choice(), by=HR)
    number = await number_of(house, public)
    await invited_together.invite(maju.company, number, HR.name, HR.channel, 0)
    visitor = await house.as_role(maju, SUPER)
    page = await visitor.get(f"/{slug}/invitations/{public}")
    assert "orang" in counted(page)
    assert "baris" not in counted(page)
    await invited_together.revoke(maju.company, public, by=HR)
    after = counted(await visitor.get(f"/{slug}/invitations/{public}"))
    assert "tidak jadi diundang" in after
    assert "menunggu giliran" not in after


async def test_printing_a_sheet_again_is_no_file_that_is_taken_away(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    await jobs.drain()
    for _ in range(3):
        printed = await visitor.post(f"{there}/sheet", format="page", reason=REASON)
        assert printed.status_code == 200
    assert (await visitor.post(f"{there}/sheet", format="csv", reason=REASON)).status_code == 200


async def test_each_strip_of_a_printed_sheet_says_where_its_code_is_written(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {"telegram_token": "1:a", "telegram_name": "serambi_bot"}
    monkeypatch.setattr(settings, "_current", replace(settings.current(), **told))
    visitor = await house.as_role(house.maju, SUPER)
    begun = await visitor.post(f"/{slug}/invitations/begin", state="department=Gudang")
    await jobs.drain()
    printed = await visitor.post(f"{begun.headers['location']}/sheet", format="page", reason=REASON)
    people = len((await outcomes(house)).values())
    assert people > 1
    assert text(printed).count("https://t.me/serambi_bot") == people


async def test_a_sheet_is_handed_out_place_by_place(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    await jobs.drain()
    everywhere = codes_of((await visitor.post(f"{there}/sheet", format="csv", reason=REASON)).content)
    order = [(cells[0], cells[1], cells[2]) for cells in everywhere]
    assert order == sorted(order)
    assert len({cells[0] for cells in everywhere}) > 1
    place = everywhere[0][0]
    one = codes_of((await visitor.post(f"{there}/sheet", format="csv", reason=REASON, location=place)).content)
    assert one == [cells for cells in everywhere if cells[0] == place]
    printed = await visitor.post(f"{there}/sheet", format="page", reason=REASON, location=place)
    assert place in text(printed)
    assert everywhere[-1][4] not in printed.text


async def test_a_long_sheet_is_a_file_that_a_job_makes_and_no_page(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    await jobs.drain()
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    monkeypatch.setattr(code_sheets, "MOST_PRINTED", 1)
    refused = await visitor.post(f"{there}/sheet", format="page", reason=REASON)
    assert refused.status_code == 422
    assert "Pilih satu tempat kerja" in text(refused)
    begun = await visitor.post(f"{there}/sheet", format="csv", reason=REASON)
    assert begun.status_code == 303
    await jobs.drain()
    work = begun.headers["location"]
    file = await visitor.get(f"{work}/file")
    assert len(codes_of(file.content)) == sum(one == "sheet" for one in (await outcomes(house)).values())
    desk = await house.as_role(house.maju, SUPPORTING)
    assert (await desk.get(f"{work}/file")).status_code == 404


async def test_its_pages_light_the_entry_of_the_people(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    there = (await visitor.post(f"/{slug}/invitations/begin", state="")).headers["location"]
    for path in (f"/{slug}/invitations", there):
        lit = re.findall(r'<a[^>]*aria-current="page"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*aria-current="page"', (
            await visitor.get(path)
        ).text)  # fmt: skip
        assert f"/{slug}/people" in {one or other for one, other in lit}


async def test_each_part_is_a_job_that_comes_after_the_mail_of_the_part_before(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    monkeypatch.setattr(invited_together, "PART", 2)
    number = await number_of(house, await invited_together.begin(maju.company, Choice(), by=HR))
    await invited_together.invite(maju.company, number, HR.name, HR.channel, 0)
    async with database.installation():
        rows = (
            await jobs.Job.select(jobs.Job.name, jobs.Job.args).where(jobs.Job.state == "queued").order_by(jobs.Job.id)
        )
    waiting = [row["name"] for row in rows if row["name"] in ("deliver", invited_together.INVITE)]
    assert waiting == [invited_together.INVITE, "deliver", "deliver", invited_together.INVITE]
    assert "waiting" in (await outcomes(house)).values()


async def test_mail_to_whom_a_file_brought_is_withdrawn_when_the_file_is_taken_back(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    visitor = await house.as_role(maju, SUPER)
    two = "0951,Joko Susilo,joko@maju.example\n0952,Lia Maharani,lia@maju.example\n"
    there = await send(visitor, slug, f"employee_number,name,email\n{two}")
    await visitor.post(f"{there}/apply")
    await jobs.drain()
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    file = there.rsplit("/", 1)[1]
    begun = (await visitor.post(f"/{slug}/invitations/begin", state=f"who=never&file={file}")).headers["location"]
    await _invited(house, await number_of(house, begun.rsplit("/", 1)[1]))
    async with database.reading(maju.company):
        ones = await Outbound.select(Outbound.id).where(Outbound.key == "accounts.mail_invitation_portal")
    async with database.transaction(maju.company):  # one of them is out already
        await Outbound.update({Outbound.state: "sent"}).where(Outbound.id == ones[0]["id"])
    await visitor.post(f"{there}/undo")
    async with database.reading(maju.company):
        row = await ImportBatch.select(ImportBatch.id).where(ImportBatch.public == file).first()
    await applying.take_back(maju.company, row["id"] if row else 0, HR.name, HR.channel)
    async with database.reading(maju.company):
        states = await Outbound.select(Outbound.state).where(Outbound.key == "accounts.mail_invitation_portal")
    assert sorted(row["state"] for row in states) == ["dropped", "sent"]
    assert await unused_links(house) == 0
    assert "tidak berlaku lagi 2" in counted(await visitor.get(begun))


async def test_whose_mail_the_server_refused_is_not_said_to_have_been_mailed(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = house.maju
    visitor = await house.as_role(maju, SUPER)
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    there = (await visitor.post(f"/{slug}/invitations/begin", state="department=Gudang")).headers["location"]
    await _invited(house, await number_of(house, there.rsplit("/", 1)[1]))
    mailed = int(re.search(r"dikirimi surat (\d+)", counted(await visitor.get(there)))[1])  # type: ignore[index]
    async with database.reading(maju.company):
        row = await Outbound.objects().where(Outbound.key == "accounts.mail_invitation_portal").first()
    assert row is not None
    await delivery.give_up(maju.company, row, Never("SMTP 550"))
    page = await visitor.get(there)
    assert "surat ditolak 1" in counted(page)
    assert f"dikirimi surat {mailed - 1}" in counted(page)
    assert (await visitor.get(f"{there}?show=refused")).text.count('scope="row"') == 1
