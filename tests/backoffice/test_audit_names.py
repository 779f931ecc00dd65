"""Whatever the trail tells of has a name on its page: no row is shown as a table and a number."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from backoffice import actors
from backoffice.controllers import audit as page
from core import audit, database
from core.accounts import joining
from core.accounts.roles import SUPER
from core.accounts.tables import Membership
from core.approvals.tables import Delegation
from core.audit import Actor
from core.people.tables import Department
from core.phrases import LANGUAGES, phrase
from tests.backoffice.conftest import Installation
from tests.core.conftest import MONDAY

ROOT = Path(page.__file__).parents[2]
CALL = re.compile(r'audit\.record\(\s*"([a-z_]+\.[a-z_]+)",\s*f?"([a-z_]+)')


def recorded() -> set[tuple[str, str]]:
    """Each act that our code records with what it is done to, as far as both are written out."""
    files = [*(ROOT / "core").rglob("*.py"), *(ROOT / "backoffice").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]
    return {found for file in files for found in CALL.findall(file.read_text(encoding="utf-8"))}


def test_every_act_and_every_thing_of_the_code_has_words() -> None:
    found = recorded()
    assert len(found) > 50
    assert {act for act, _ in found} - set(page.ACTIONS) == set()
    for language in LANGUAGES:
        other = phrase("web.thing_other", language, thing="gone")
        for _, kind in sorted(found):
            told = page._thing(f"{kind}:7", {f"{kind}:7": "Gudang"}, language)
            assert f"{kind}:" not in told, kind
            assert told != other


@pytest.mark.parametrize("language", LANGUAGES)
async def test_stand_ins_and_departments_are_named_by_who_and_what_they_are(house: Installation, language: str) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        made = Delegation(
            public=database.new_public(), giver=maju.sari.person, taker=maju.ratna.person, kinds="leave_request",
            starts=MONDAY, ends=MONDAY + timedelta(days=1), offered_at=MONDAY,
        )  # fmt: skip
        await Delegation.insert(made)
        part = await Department.select(Department.id, Department.name).first()
        assert part is not None
        audit.record("delegation.offered", f"delegation:{made.id}", by=Actor("command", "command"))
        audit.record("people.department", f"department:{part['id']}", by=Actor("command", "command"))
        audit.record("people.department", "department:99999", by=Actor("command", "command"))
    owner = await house.as_role(maju, SUPER)
    told = (await owner.get(f"/{slug}/audit", headers={"accept-language": language})).text
    assert "pengganti Sari Wulandari" in told or "stand-in for Sari Wulandari" in told
    assert f"bagian {part['name']}" in told or f"department {part['name']}" in told
    assert "delegation:" not in told


async def test_what_an_account_did_is_told_of_whom_it_belongs_to(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        nobody = await Membership.select(Membership.account).where(Membership.person.is_null()).first()
        assert nobody is not None
        number = await joining.join("hendra@maju.example", "employee", person=maju.hendra.person, language="id")
        audit.record("people.places", f"company:{maju.company}", by=Actor(f"account:{number}", "web"))
        audit.record("people.places", f"company:{maju.company}", by=Actor(f"account:{nobody['account']}", "web"))
    told = (await (await house.as_role(maju, SUPER)).get(f"/{slug}/audit")).text
    assert f"akun {number}<" not in told
    assert f"akun {nobody['account']}<" in told
    assert "Hendra" in told
    async with database.reading(maju.company):
        found = await actors.names({f"account:{number}", f"account:{nobody['account']}", "command", "person:x"})
    assert list(found) == [f"account:{number}"]
