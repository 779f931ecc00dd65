"""The talk without effect, on its page: what is shown, as whom, and what stays of it."""

import html

from core import database
from core.accounts.roles import ADMINISTRATOR, SUPPORTING
from core.approvals.tables import Request
from core.audit import AuditEntry
from core.messaging.tables import Miss, Outbound
from tests.backoffice.conftest import Installation, Visitor


def kept(page: str) -> str:
    """The talk so far, as the form carries it on."""
    return html.unescape(page.partition('name="talk" value="')[2].partition('"')[0])


async def test_a_request_is_played_to_its_end_and_only_that_it_was_stays(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna, who = await house.as_person(maju, "ratna"), maju.budi.public
    assert f"?who={who}" in (await ratna.get(f"/{slug}/simulator?q=budi")).text
    first = (await ratna.get(f"/{slug}/simulator?who={who}")).text
    asked = await ratna.post(f"/{slug}/simulator", who=who, talk=kept(first), words="cuti 20-21 juli, nganter ibu")
    told = html.unescape(asked.text)
    for words in ("Obrolan sebagai Budi Santoso", "minta cuti", "Senin 20 Juli", "2026-07-20", "[Ya, ajukan]"):
        assert words in told, words
    sent = html.unescape(
        (await ratna.post(f"/{slug}/simulator", who=who, talk=kept(asked.text), words="[Ya, ajukan]")).text
    )
    assert "kepada Sari Wulandari:" in sent
    assert "C-1" in sent
    async with database.reading(maju.company):
        assert await Request.count() == 0
        assert await Outbound.count().where(Outbound.key == "leave.submitted") == 0
        assert await Miss.count() == 0
        run = await AuditEntry.select().where(AuditEntry.action == "talk.simulated").order_by(AuditEntry.seq)
        fake = await AuditEntry.count().where(AuditEntry.action == "request.submitted")
    assert [(row["actor"], row["object"]) for row in run] == [
        (f"person:{maju.ratna.person}", f"person:{maju.budi.person}")
    ] * 2
    assert fake == 0


async def test_nobody_speaks_as_one_who_may_do_more(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    helper, admin = await house.as_role(maju, SUPPORTING), await house.as_role(maju, ADMINISTRATOR)

    async def opens(visitor: Visitor, name: str) -> tuple[int, int]:
        who = maju.people[name].public
        seen = await visitor.get(f"/{slug}/simulator?who={who}")
        played = await visitor.post(f"/{slug}/simulator", who=who, talk="[]", words="sisa cuti")
        assert ("hari cuti tahunan" in played.text) == (played.status_code == 200)
        return seen.status_code, played.status_code

    assert await opens(helper, "budi") == (200, 200)
    assert await opens(helper, "sari") == (422, 422), "she decides requests"
    assert await opens(helper, "ratna") == (422, 422)
    assert await opens(helper, "hendra") == (422, 422)
    assert await opens(admin, "sari") == (200, 200)
    assert await opens(admin, "hendra") == (422, 422)


async def test_another_company_has_nobody_of_ours_and_a_broken_talk_begins_anew(house: Installation) -> None:
    slug, other = await house.slug(house.maju), await house.slug(house.sinar)
    lina, ratna = await house.as_person(house.sinar, "lina"), await house.as_person(house.maju, "ratna")
    who = house.maju.budi.public
    assert "Budi" not in (await lina.get(f"/{other}/simulator?q=budi")).text
    assert (await lina.post(f"/{other}/simulator", who=who, words="menu")).status_code == 404
    for broken in ("{", "7", '[1, null, "menu"]', "[" * 100_000):
        assert (await ratna.post(f"/{slug}/simulator", who=who, talk=broken, words="menu")).status_code == 200
