"""The operator's desk has its own promise and its own report, by the same pages as a company's."""

import html

from core import database
from core.accounts import operators
from core.accounts.roles import OPERATOR_ADMINISTRATOR, OPERATOR_AGENT, OPERATOR_LEAD
from core.helpdesk.tables import DeskTerms
from tests.backoffice.conftest import Installation
from tests.backoffice.operators import visitor

TERMS = {
    "reading": "B", "promised_normal": "24", "promised_high": "16", "promised_top": "8", "aimed_normal": "10",
    "aimed_high": "8", "aimed_top": "4", "why": "Meja operator lebih cepat.", "held": "0",
}  # fmt: skip


async def test_a_lead_says_what_the_operators_desk_promises_and_reads_its_report(house: Installation) -> None:
    lead = await visitor(house, OPERATOR_LEAD, "lead")
    team = html.unescape((await lead.get("/operator/tickets/team")).text)
    assert '"/operator/reports/desk"' in team and '"/operator/settings/desk"' in team
    page = html.unescape((await lead.get("/operator/settings/desk")).text)
    assert '"/operator/tickets/team"' in page and '"/operator/settings"' not in page, "no way leads where nothing is"
    saved = await lead.post("/operator/settings/desk", **TERMS)
    assert saved.status_code == 303, html.unescape(saved.text)
    async with database.reading(await operators.company()):
        (row,) = await DeskTerms.objects()
    assert (row.reading, row.why) == ("B", TERMS["why"])
    for cast in (house.maju, house.sinar):
        async with database.reading(cast.company):
            assert not await DeskTerms.exists(), "no company's terms are touched"
    report = await lead.get("/operator/reports/desk")
    assert report.status_code == 200 and '"/operator/tickets/team"' in html.unescape(report.text)
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = await lead.post("/operator/reports/desk/export", format=kind, state="")
        assert answer.status_code in (200, 201) and answer.content.startswith(begins), kind
    chief = await visitor(house, OPERATOR_ADMINISTRATOR, "chief")  # two files a minute for each
    sheet = await chief.post("/operator/reports/desk/print", state="")
    assert sheet.content.startswith(b"%PDF")
    assert (await lead.get("/operator/reports/desk/what-if")).status_code == 200
    assert (await lead.get("/operator/settings/desk/fields")).status_code == 200


async def test_an_agent_of_the_operators_changes_no_promise(house: Installation) -> None:
    agent = await visitor(house, OPERATOR_AGENT)
    for path in ("/operator/settings/desk", "/operator/reports/desk", "/operator/settings", "/operator/reports"):
        assert (await agent.get(path)).status_code in (403, 404), path
    assert '"/operator/settings/desk"' not in html.unescape((await agent.get("/operator/tickets/team")).text)
