"""An administrator connects the company's own Slack: every step by the page, against a Slack that refuses."""

import html
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.channels import slack_calls
from core import audit, clock, database, settings
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.messaging import workspaces
from core.messaging.workspaces import SlackApp, SlackWorkspace
from tests.backoffice.conftest import Installation, Visitor
from tests.outside.slack import Slack

CLIENT, SECRET, SIGNING = "111222333.444555666", "c" * 32, "5" * 32
TOKEN = "xapp-1-A0SERAMBI-1-abcdef"


@pytest.fixture
async def platform(house: Installation, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slack]:
    with Slack() as stand_in:
        stand_in.keys[CLIENT] = SECRET
        made = settings.current()
        there = {**{one: getattr(made, one) for one in made.__dataclass_fields__}, "slack_api": f"{stand_in.url}/api/"}
        monkeypatch.setattr(settings, "_current", settings.Settings(**there))
        yield stand_in
        await slack_calls.close()


async def page_of(visitor: Visitor, slug: str) -> str:
    return html.unescape((await visitor.get(f"/{slug}/settings/slack")).text)


async def with_keys(visitor: Visitor, slug: str, **more: str) -> None:
    assert (await visitor.post(f"/{slug}/settings/slack/begin", mode=more.pop("mode", "http"))).status_code == 303
    keys = {"client_id": CLIENT, "client_secret": SECRET, "signing_secret": SIGNING, **more}
    answer = await visitor.post(f"/{slug}/settings/slack/keys", **keys)
    assert answer.status_code == 303, answer.text


def asked_of_slack(page: str) -> dict[str, str]:
    """What the button of the page asks Slack for."""
    found = re.search(r'href="([^"]*/oauth/v2/authorize\?[^"]*)"', page)
    assert found is not None
    return dict(parse_qsl(urlsplit(found[1]).query))


async def install(visitor: Visitor, slug: str, slack: Slack, team: str = "T0MAJU", name: str = "Maju") -> Any:
    """Press the button, say yes at Slack, be sent back."""
    back = slack.allow(asked_of_slack(await page_of(visitor, slug)), team, name)
    return await visitor.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


async def test_an_administrator_connects_a_workspace_step_by_step(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    assert "Mulai" in await page_of(admin, slug)
    await with_keys(admin, slug)
    page = await page_of(admin, slug)
    assert SECRET not in page and SIGNING not in page
    manifest = json.loads(page.partition('spellcheck="false">')[2].partition("</textarea>")[0])
    async with database.reading(house.maju.company):
        row = await SlackApp.select().first()
        assert row is not None and not any(secret in str(row.values()) for secret in (SECRET, SIGNING))
    events = manifest["settings"]["event_subscriptions"]["request_url"]
    assert events == f"{settings.current().public_url}/hooks/slack/events/{row['public']}"
    assert (await install(admin, slug, platform)).headers["location"].endswith("?saved=installed")
    page = await page_of(admin, slug)
    assert "Maju" in page and "Serambi berbicara di sini sebagai @serambi" in page
    async with database.reading(house.maju.company):
        (workspace,) = await workspaces.workspaces()
        acts = [one["action"] for one in await audit.AuditEntry.select(audit.AuditEntry.action)]
    assert workspaces.token_of(workspace) in platform.tokens and workspace.token.startswith("s1.")
    assert {"slack.app_begun", "slack.app_saved", "slack.workspace_installed"} <= set(acts)


async def test_nobody_is_installed_with_a_way_back_that_began_elsewhere(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    asked = asked_of_slack(await page_of(admin, slug))
    back = urlsplit(platform.allow(asked, "T0MAJU", "Maju"))
    stranger = await house.as_role(house.maju, SUPER)
    stolen = await stranger.get(f"{back.path}?{back.query}")
    assert stolen.status_code == 422 and "tidak dimulai dari halaman ini" in html.unescape(stolen.text)
    for state in ("", "1.x", "9" * 40, asked["state"] + "0", "²." + asked["state"]):
        answer = await admin.get(back.path, params={"code": "T0MAJU.x", "state": state})
        assert answer.status_code == 422
    with clock.freeze(clock.now() + timedelta(hours=2)):
        assert (await admin.get(f"{back.path}?{back.query}")).status_code in (303, 401, 422)
    assert platform.calls_of("oauth.v2.access") == []
    async with database.reading(house.maju.company):
        assert await workspaces.workspaces() == []


async def test_a_workspace_belongs_to_one_company(house: Installation, platform: Slack) -> None:
    maju, sinar = await house.as_role(house.maju, ADMINISTRATOR), await house.as_role(house.sinar, ADMINISTRATOR)
    theirs = await house.slug(house.sinar)
    await with_keys(maju, await house.slug(house.maju))
    await with_keys(sinar, theirs)
    await install(maju, await house.slug(house.maju), platform)
    refused = await install(sinar, theirs, platform)
    assert refused.status_code == 422 and "sudah dipakai perusahaan lain" in html.unescape(refused.text)
    async with database.reading(house.sinar.company):
        assert not await SlackWorkspace.exists()
    assert (await install(sinar, theirs, platform, "T0SINAR", "Sinar")).status_code == 303


async def test_to_install_again_replaces_the_token(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    await install(admin, slug, platform)
    platform.uninstall("T0MAJU")
    assert "Slack menolak kuncinya (invalid_auth)" in await page_of(admin, slug)
    await install(admin, slug, platform)
    async with database.reading(house.maju.company):
        (workspace,) = await workspaces.workspaces()
    assert workspaces.token_of(workspace) in platform.tokens
    assert "Slack menjawab" in await page_of(admin, slug)


async def test_a_workspace_that_is_let_go_gives_its_token_back(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    await install(admin, slug, platform)
    assert (await admin.post(f"/{slug}/settings/slack/workspace/T0MAJU/end")).status_code == 303
    assert "T0MAJU" not in [team for token, team in platform.tokens.items() if token != platform.token]
    assert (await admin.post(f"/{slug}/settings/slack/workspace/T0MAJU/end")).status_code == 404


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"scopes": "chat:write"}, "Izin yang kurang: app_mentions:read, commands"),
        ({"whole_organisation": True}, "seluruh organisasi"),
        ({"keys": {}}, "tidak mengenal Client ID"),
        ({"keys": {CLIENT: "d" * 32}}, "tidak mengenal Client ID"),
    ],
)
async def test_what_slack_refuses_is_told_with_the_way_out(
    house: Installation, platform: Slack, what: dict[str, Any], said: str
) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    for name, value in what.items():
        setattr(platform, name, value)
    answer = await install(admin, slug, platform)
    page = html.unescape(answer.text) if answer.status_code == 422 else await page_of(admin, slug)
    assert said in page


async def test_a_code_that_was_used_and_a_slack_that_is_away_are_told(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    back = urlsplit(platform.allow(asked_of_slack(await page_of(admin, slug)), "T0MAJU", "Maju"))
    assert (await admin.get(f"{back.path}?{back.query}")).status_code == 303
    again = await admin.get(f"{back.path}?{back.query}")
    assert again.status_code == 422 and "sudah dipakai atau lewat waktunya" in html.unescape(again.text)
    platform.fail(503, methods=("oauth.v2.access",))
    away = await install(admin, slug, platform)
    assert "Slack tidak menjawab" in html.unescape(away.text)


@pytest.mark.parametrize("name", ["client_id", "client_secret", "signing_secret"])
async def test_a_key_of_another_shape_is_refused_at_its_field(house: Installation, platform: Slack, name: str) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await admin.post(f"/{slug}/settings/slack/begin", mode="http")
    keys = {"client_id": CLIENT, "client_secret": SECRET, "signing_secret": SIGNING, name: "xoxb-1"}
    answer = await admin.post(f"/{slug}/settings/slack/keys", **keys)
    assert answer.status_code == 422 and f'id="f-{name}-wrong"' in answer.text


async def test_a_secret_left_empty_stays(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug)
    await admin.post(f"/{slug}/settings/slack/keys", client_id="1111.2222")
    async with database.reading(house.maju.company):
        app = await workspaces.app()
    assert app is not None
    assert (app.client_id, app.client_secret, app.signing_secret) == ("1111.2222", SECRET, SIGNING)


async def test_without_a_public_address_slack_is_asked_for_a_connection(house: Installation, platform: Slack) -> None:
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    await with_keys(admin, slug, mode="socket", app_token=TOKEN, signing_secret="")
    page = await page_of(admin, slug)
    assert '"socket_mode_enabled": true' in page and "/hooks/slack" not in page
    assert "Slack menolak kuncinya (invalid_auth)" in page
    platform.app_tokens.add(TOKEN)
    assert "App-Level Token diterima" in await page_of(admin, slug)
