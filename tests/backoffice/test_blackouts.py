"""Days without leave are shown with whom they hit before they hold, changed, and opened again."""

import html
import re
from datetime import date

import httpx

from core.accounts.roles import AGENT, SUPPORTING
from core.leave.policy import Period
from tests.backoffice.conftest import Installation


def text(answer: httpx.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_days_are_closed_after_a_look_changed_and_opened(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    visitor, there = await house.as_role(maju, SUPPORTING), f"/{slug}/leave/closed"
    assert there in (await visitor.get(f"/{slug}/leave")).text
    form = {
        "starts": "2026-08-10", "ends": "2026-08-21", "kind": "annual", "why": "stok opname", "of": "",
        "department": str(maju.budi.department), "location": "",
    }  # fmt: skip
    look = text(await visitor.post(there, **form))
    assert "Mengenai 3 orang" in look
    assert f"Budi Santoso {request.number}" in look
    assert "Tidak ada masa tanpa cuti." in look, "only looked at"
    answer = await visitor.post(there, **form, sure="1")
    shown = await visitor.get(answer.headers["location"])
    assert "Cuti tahunan, Gudang. stok opname" in text(shown)
    budi = await house.as_person(maju, "budi")
    refused = await budi.get("/me/leave/new?type=annual&starts=2026-08-19&ends=2026-08-19")
    assert "stok opname" in text(refused)
    public = re.findall(r"\?of=([^\"]+)\"", shown.text)[0]
    assert 'value="stok opname"' in (await visitor.get(f"{there}?of={public}")).text
    answer = await visitor.post(there, **(form | {"of": public, "ends": "2026-08-14", "sure": "1"}))
    assert "sudah diubah" in text(await visitor.get(answer.headers["location"]))
    refused = await budi.get("/me/leave/new?type=annual&starts=2026-08-19&ends=2026-08-19")
    assert "stok opname" not in text(refused)
    assert (await visitor.post(there, **(form | {"of": public, "sure": "1"}))).status_code == 422, "it is over"
    last = re.findall(r'action="([^"]*/end)"', (await visitor.get(there)).text)[0]
    assert "dibuka kembali" in text(await visitor.get((await visitor.post(last)).headers["location"]))
    assert (await visitor.post(last)).status_code == 422
    agent = await house.as_role(maju, AGENT)
    assert "Tambah masa" not in text(await agent.get(there))


async def test_what_cannot_be_is_said_at_its_field(house: Installation) -> None:
    slug, visitor = await house.slug(house.maju), await house.as_role(house.maju, SUPPORTING)
    there = f"/{slug}/leave/closed"
    good = {"starts": "2026-08-10", "ends": "2026-08-11", "why": "stok opname"}
    for wrong in ({"starts": "kapan"}, {"ends": "2026-08-09"}, {"why": " "}):
        assert (await visitor.post(there, **(good | wrong))).status_code == 422, wrong
    for nobody in ({"kind": "sick"}, {"department": "99999"}, {"location": "x"}):
        assert (await visitor.post(there, **(good | nobody))).status_code == 404, nobody
    assert "Tidak ada masa tanpa cuti." in text(await visitor.get(there))
