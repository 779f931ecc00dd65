"""What was typed and not sent is kept for who typed it; two who write at once both keep their text."""

import asyncio
import json
from typing import Any

import pytest

from backoffice import drafts as forms
from core import clock, database, drafts, purges, vault
from core.accounts.roles import ADMINISTRATOR, AGENT, PROTECTION, SUPER, SUPPORTING
from core.drafts import Draft
from core.people.columns import SEALED
from core.people.tables import Assignment, Employment, Person
from core.retention import KEPT
from tests.backoffice.conftest import Installation, Visitor

WORK = {"begins": "2026-09-01", "department": "Gudang", "position": "Kepala gudang", "location": "Jakarta"}


async def public_of(house: Installation, name: str) -> str:
    async with database.reading(house.maju.company):
        row = await Employment.select(Employment.public).where(Employment.id == house.maju.people[name].id).first()
    assert row is not None
    return str(row["public"])


async def keep(visitor: Visitor, address: str, **fields: str) -> Any:
    """Save a draft as the script of the page does."""
    return await visitor.http.post(address, data=fields, headers={"x-csrf-token": await visitor.token()})


def seen_of(page: str, action: str) -> str:
    """The mark in the form that is sent to `action`."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return form.partition('name="seen" value="')[2].partition('"')[0]


async def test_what_was_typed_comes_back_and_goes_when_it_was_sent(house: Installation) -> None:
    slug, ratna, budi = (
        await house.slug(house.maju),
        await house.as_person(house.maju, "ratna"),
        await public_of(house, "budi"),
    )
    there, here = f"/{slug}/drafts/people_work/{budi}", f"/{slug}/people/{budi}"
    assert (await ratna.get(there)).status_code == 204
    seen = seen_of((await ratna.get(here)).text, f"{here}/work")
    answer = await keep(ratna, there, seen=seen, **WORK, manager="", csrf="x", draft="y", nik="3174010101900001")
    assert answer.status_code == 200
    assert answer.json()["said"].startswith("Draf tersimpan ")
    back = (await ratna.get(f"{there}?seen={seen}")).json()
    assert back["changed"] is False
    assert back["said"].startswith("Draf dari ")
    assert back["fields"] == {name: [value] for name, value in WORK.items()} | {"manager": [""], "grade": []}
    sent = await ratna.post(f"{here}/work", draft=f"people_work/{budi}", seen=seen, **WORK)
    assert sent.status_code == 303
    assert (await ratna.get(there)).status_code == 204


async def test_a_form_that_was_refused_keeps_its_draft(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    budi = await public_of(house, "budi")
    there = f"/{slug}/drafts/people_work/{budi}"
    await keep(ratna, there, **WORK)
    refused = await ratna.post(
        f"/{slug}/people/{budi}/work", draft=f"people_work/{budi}", **(WORK | {"begins": "kemarin dulu"})
    )
    assert refused.status_code == 422
    assert (await ratna.get(there)).status_code == 200
    dropped = await ratna.http.post(f"{there}/drop", headers={"x-csrf-token": await ratna.token()})
    assert dropped.status_code == 204
    assert (await ratna.get(there)).status_code == 204


async def test_a_draft_says_when_what_it_is_about_has_changed(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    budi = await public_of(house, "budi")
    there, here = f"/{slug}/drafts/people_work/{budi}", f"/{slug}/people/{budi}"
    seen = seen_of((await ratna.get(here)).text, f"{here}/work")
    await keep(ratna, there, seen=seen, **WORK)
    await ratna.post(f"{here}/work", begins="2026-09-01", position="Staf senior")
    now = seen_of((await ratna.get(here)).text, f"{here}/work")
    assert now != seen
    back = (await ratna.get(f"{there}?seen={now}")).json()
    assert back["changed"] is True
    assert "sudah berubah" in back["said"]
    assert back["fields"]["position"] == ["Kepala gudang"]


async def test_a_draft_is_seen_by_nobody_else_and_is_sealed(house: Installation) -> None:
    slug, budi = await house.slug(house.maju), await public_of(house, "budi")
    admin, other = await house.as_role(house.maju, ADMINISTRATOR), await house.as_role(house.maju, SUPER)
    there = f"/{slug}/drafts/people_work/{budi}"
    await keep(admin, there, **(WORK | {"position": "canary-7781"}))
    assert (await other.get(there)).status_code == 204
    async with database.reading(house.maju.company):
        (row,) = await Draft.objects()
    assert "canary-7781" not in json.dumps(row.to_dict(), default=str)
    assert "canary-7781" in vault.unseal(row.fields, company=row.company, column=drafts.FIELDS)
    # Whoever may not fill the form in keeps nothing of it; a form that is none is not there.
    agent = await house.as_role(house.maju, AGENT)
    officer = await house.as_role(house.maju, PROTECTION)
    for visitor in (agent, officer):
        assert (await keep(visitor, there, **WORK)).status_code == 404
    for bad in ("people_works/new", "people_work/..%2f", f"people_work/{'x' * 41}"):
        assert (await keep(admin, f"/{slug}/drafts/{bad}", **WORK)).status_code == 404
    lina = await house.as_person(house.sinar, "lina")
    assert (await keep(lina, there, **WORK)).status_code == 404


async def test_a_draft_is_bounded_and_ends_after_a_fortnight(house: Installation) -> None:
    slug, helper = await house.slug(house.maju), await house.as_role(house.maju, SUPPORTING)
    too_long = await keep(helper, f"/{slug}/drafts/people_new/new", name="x" * drafts.LONGEST)
    assert too_long.status_code == 422
    assert "terlalu panjang" in too_long.json()["said"]
    await keep(helper, f"/{slug}/drafts/people_new/new", name="Siti")
    for number in range(drafts.MOST):
        await keep(helper, f"/{slug}/drafts/people_work/p{number}", **WORK)
    async with database.reading(house.maju.company):
        assert await Draft.count() == drafts.MOST
    assert (await helper.get(f"/{slug}/drafts/people_new/new")).status_code == 204  # the oldest made room
    with clock.freeze(clock.now() + KEPT["draft"] * 2):
        await purges.sweep(house.maju.company)
    async with database.reading(house.maju.company):
        assert await Draft.count() == 0


def test_no_form_of_people_keeps_what_is_sealed() -> None:
    about_people = {name: form for name, form in forms.FORMS.items() if form.resource == "people"}
    assert set(about_people) == {"people_new", "people_work"}
    for name, form in about_people.items():
        assert not {*SEALED, "basic_salary"} & set(form.fields), name


@pytest.mark.parametrize("language", ["id", "en"])
async def test_two_who_change_one_person_at_once_both_keep_their_text(house: Installation, language: str) -> None:
    slug, budi = await house.slug(house.maju), await public_of(house, "budi")
    ratna, other = await house.as_person(house.maju, "ratna"), await house.as_role(house.maju, SUPER)
    for visitor in (ratna, other):
        visitor.http.cookies.set("language", language, domain="127.0.0.1", path="/")
    here = f"/{slug}/people/{budi}"
    seen = seen_of((await other.get(here)).text, f"{here}/work")
    assert seen == seen_of((await ratna.get(here)).text, f"{here}/work")
    first = await ratna.post(f"{here}/work", seen=seen, **(WORK | {"position": "Kepala gudang"}))
    assert first.status_code == 303
    second = await other.post(f"{here}/work", seen=seen, **(WORK | {"position": "Penyelia"}))
    assert second.status_code == 409
    page = second.text
    both = page.partition('<table class="both">')[2].partition("</table>")[0]
    assert "<td>Penyelia</td><td>Kepala gudang</td>" in both
    assert "Gudang</td>" not in both  # what both wrote alike is no conflict
    assert "Ratna" in page.partition('id="overtaken">')[2].partition("</h2>")[0]
    assert 'value="Penyelia"' in page  # what was written is still in the form
    async with database.reading(house.maju.company):
        held = await Assignment.select(Assignment.position).where(
            Assignment.employment == house.maju.people["budi"].id
        ).order_by(Assignment.from_, ascending=False)  # fmt: skip
    assert held[0]["position"] == "Kepala gudang"
    again = await other.post(f"{here}/work", seen=seen_of(page, f"{here}/work"), **(WORK | {"position": "Penyelia"}))
    assert again.status_code == 303


async def test_of_two_at_the_same_moment_one_is_written(house: Installation) -> None:
    slug, budi = await house.slug(house.maju), await public_of(house, "budi")
    ratna, other = await house.as_person(house.maju, "ratna"), await house.as_role(house.maju, SUPER)
    here = f"/{slug}/people/{budi}"
    seen = seen_of((await ratna.get(here)).text, f"{here}/identity")
    answers = await asyncio.gather(
        ratna.post(f"{here}/identity", seen=seen, name="Budi Santosa"),
        other.post(f"{here}/identity", seen=seen, name="Budi Satu"),
    )
    assert sorted(one.status_code for one in answers) == [303, 409]
    won = "Budi Santosa" if answers[0].status_code == 303 else "Budi Satu"
    async with database.reading(house.maju.company):
        row = await Person.select(Person.name).where(Person.id == house.maju.people["budi"].person).first()
    assert row is not None
    assert row["name"] == won


async def test_a_last_day_that_another_has_set_is_not_written_over(house: Installation) -> None:
    slug, budi = await house.slug(house.maju), await public_of(house, "budi")
    ratna = await house.as_person(house.maju, "ratna")
    here = f"/{slug}/people/{budi}"
    seen = seen_of((await ratna.get(here)).text, f"{here}/end")
    assert (await ratna.post(f"{here}/end", seen=seen, resign_date="2027-01-31")).status_code == 303
    late = await ratna.post(f"{here}/end", seen=seen, resign_date="2027-02-28")
    assert late.status_code == 409
    assert "<td>2027-02-28</td><td>2027-01-31</td>" in late.text


async def test_a_chain_that_another_has_published_is_shown_beside_ones_own(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    here = f"/{slug}/chains/leave_request"
    seen = seen_of((await ratna.get(here)).text, here)
    sent = {"who1": "manager", "mode1": "any", "remind": "24", "escalate": "48", "seen": seen}
    assert (await ratna.post(here, **sent)).status_code == 303
    late = await ratna.post(here, **(sent | {"who1": "department_head"}))
    assert late.status_code == 409
    both = late.text.partition('<table class="both">')[2].partition("</table>")[0]
    assert both.count("<tr>") == 2  # the head, and the one step that differs
    assert seen_of(late.text, here) != seen
    again = await ratna.post(here, **(sent | {"who1": "department_head", "seen": seen_of(late.text, here)}))
    assert again.status_code == 303


async def test_a_kind_that_another_has_put_down_is_shown_beside_ones_own(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    here = f"/{slug}/types/annual"
    page = (await ratna.get(here)).text
    form = page.partition(f'action="{here}/draft"')[2].partition("</form>")[0]
    fields = {
        name: form.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]
        for name in ("seen", "name_id", "name_en", "days", "carry_days", "carry_months", "after_months", "notice_days",
                     "back_days", "negative", "restore_days", "document_within", "pay")
    } | {"from_": "2027-01-01", "active": "1", "decision": "approve", "halves": "1"}  # fmt: skip
    assert (await ratna.post(f"{here}/draft", **(fields | {"days": "14"}))).status_code == 303
    late = await ratna.post(f"{here}/draft", **(fields | {"days": "15"}))
    assert late.status_code == 409
    assert "<td>15</td><td>14</td>" in late.text
    assert 'value="15"' in late.text


async def test_a_setting_that_another_has_changed_is_not_written_over(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    here = f"/{slug}/settings"
    page = (await ratna.get(here)).text
    seen, named = seen_of(page, f"{here}/messages_kept"), seen_of(page, f"{here}/company")
    assert (await ratna.post(f"{here}/messages_kept", value="6", seen=seen)).status_code == 303
    late = await ratna.post(f"{here}/messages_kept", value="9", seen=seen)
    assert late.status_code == 409
    assert "<td>9</td><td>6</td>" in late.text
    assert (await ratna.post(f"{here}/company", name="PT Maju", zone="Asia/Jakarta", seen=named)).status_code == 303
    late = await ratna.post(f"{here}/company", name="PT Mundur", zone="Asia/Jakarta", seen=named)
    assert late.status_code == 409
    assert "<td>PT Mundur</td><td>PT Maju</td>" in late.text


async def test_a_day_of_which_another_has_spoken_is_not_written_over(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    here = f"/{slug}/settings/calendar"
    seen = seen_of((await ratna.get(here)).text, f"{here}/day")
    day = {"date": "2026-10-05", "kind": "company", "name": "Ulang tahun", "why": "Ulang tahun pabrik", "seen": seen}
    assert (await ratna.post(f"{here}/day", **day)).status_code == 303
    # Another day is another matter.
    assert (await ratna.post(f"{here}/day", **(day | {"date": "2026-10-06"}))).status_code == 303
    late = await ratna.post(f"{here}/day", **(day | {"name": "Hari pabrik"}))
    assert late.status_code == 409
    assert "Ulang tahun pabrik" in late.text.partition('<table class="both">')[2].partition("</table>")[0]
    assert (await ratna.get(here)).text.count("Hari pabrik") == 0
