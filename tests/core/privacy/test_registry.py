"""The register of processing leaves nothing out, and says yes and no in writing."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, database
from core.errors import Refused
from core.phrases import LANGUAGES, phrase
from core.privacy import disclosures, holdings, registry
from core.privacy.registry_tables import Disclosure, ProcessorApproval
from tests.core.cast import Cast, as_


def test_every_table_about_people_stands_in_one_activity() -> None:
    listed = [table for one in registry.activities() for table in one.tables]
    assert len(listed) == len(set(listed))
    about = {name for name, one in holdings.every().items() if not one.nobody}
    assert about - set(listed) == set(), "say in core/privacy/processing.toml what this table is for"
    assert set(listed) <= about


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_register_is_there(language: str) -> None:
    for one in registry.activities():
        keys = [f"activity_{one.id}", f"purpose_{one.id}", f"basis_{one.basis}"]
        for kind, names in (
            ("about", one.about),
            ("category", one.categories),
            ("special", one.special),
            ("kept", one.kept),
        ):
            keys += [f"{kind}_{name}" for name in names]
        keys += [f"does_{name}" for name in one.to]
        for key in keys:
            assert phrase(f"register.{key}", language, article="1"), key


async def test_who_is_used_without_a_yes_is_open_until_it_is_said(maju: Cast) -> None:
    async def state() -> dict[str, registry.DataReceiver]:
        async with database.reading(maju.company):
            return {one.id: one for one in await registry.processors()}

    before = await state()
    assert before["host"].open and not before["slack"].used
    by, agreed = as_(maju.ratna), {"name": "Pusat Data", "country": "id", "document": "PKS 12/2026"}
    async with database.transaction(maju.company):
        await registry.say("host", "approved", safeguard="home", by=by, **agreed)
    assert not (await state())["host"].open
    async with database.transaction(maju.company):
        await registry.say("host", "refused", safeguard="home", by=by, **agreed)
    after = (await state())["host"]
    assert after.open and after.name == "Pusat Data"
    async with database.reading(maju.company):
        assert await ProcessorApproval.count() == 2, "the earlier word stays to be read"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"name": "", "safeguard": "home"}, "register.name_needed"),
        ({"country": "Singapura"}, "register.country_needed"),
        ({"country": "SG", "safeguard": "home"}, "register.safeguard_needed"),
        ({"country": "ID", "safeguard": "contract"}, "register.safeguard_needed"),
        ({"document": "  "}, "register.document_needed"),
    ],
)
async def test_a_word_without_its_ground_is_none(maju: Cast, told: dict[str, str], key: str) -> None:
    whole = {"name": "Awan", "country": "ID", "safeguard": "home", "document": "PKS 1"} | told
    with pytest.raises(Refused) as no:
        async with database.transaction(maju.company):
            await registry.say("host", "approved", by=as_(maju.ratna), **whole)
    assert no.value.key == key


async def test_what_was_given_away_is_numbered_and_stays(maju: Cast) -> None:
    whole: dict[str, Any] = {
        "person": maju.budi.person, "group": "", "people": 0, "receiver": "KPP Pratama", "data": "nama, upah",
        "basis": "law", "why": "surat 12/KPP/2026", "given_at": clock.now(), "by": as_(maju.ratna),
    }  # fmt: skip
    async with database.transaction(maju.company):
        first = await disclosures.record(**whole)
        second = await disclosures.record(**whole | {"person": None, "group": "gudang", "people": 40})
    assert (first.number, second.number) == ("G-1", "G-2")
    async with database.reading(maju.company):
        assert [one.number for one in await disclosures.of(maju.budi.person)] == ["G-1"]
    for change, key in (
        ({"person": None}, "whose_needed"), ({"receiver": " "}, "receiver_needed"), ({"data": ""}, "data_needed"),
        ({"basis": "because"}, "basis_needed"), ({"why": "perlu"}, "why_needed"),
        ({"given_at": clock.now() + timedelta(hours=1)}, "later_than_now"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            async with database.transaction(maju.company):
                await disclosures.record(**whole | change)
        assert no.value.key == f"register.{key}"
    with pytest.raises(Exception, match=r"append|denied"):
        async with database.transaction(maju.company):
            await Disclosure.update({Disclosure.why: "lain"}).where(Disclosure.id == first.id)
