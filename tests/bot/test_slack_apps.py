"""A company's own app at Slack: for whom it may speak, whose token says what, and what holds when it is gone."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core import audit, clock, database, jobs
from core.accounts import joining
from core.accounts.roles import SUPER
from core.audit import Actor
from core.messaging import outbox, workspaces
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import directory, identities, imports
from core.people.tables import ChannelIdentity
from tests.bot.slack_house import BUDI, SARI, TEAM, House, grant, opened
from tests.core.cast import Cast
from tests.outside import slack


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    async with opened(maju) as made:
        await made.link("sari", SARI)
        yield made


async def said_to(house: House, name: str, words: str, dedupe: str) -> None:
    """Something is said to an employee that answers nothing."""
    person = house.maju.people[name].person
    async with database.transaction(house.maju.company):
        await outbox.post(await outbox.address_of(person), Message("leave.said", words), dedupe=dedupe)
    await house.settle()


async def link_of(house: House, user: str) -> dict[str, Any]:
    async with database.reading(house.maju.company):
        row = await ChannelIdentity.select().where(ChannelIdentity.external_id == user).first()
    assert row is not None
    return dict(row)


async def test_who_writes_in_the_companys_workspace_is_answered_there(house: House) -> None:
    await house.writes("sisa cuti")
    assert "hari" in house.slack.last(SARI).words
    assert house.slack.spoken == [(TEAM, "D0SARI")]


async def test_what_slack_repeats_is_answered_once(house: House) -> None:
    first = house.slack.event("sisa cuti", SARI, event_id="Ev7")
    again = house.slack.event("sisa cuti", SARI, event_id="Ev7", retry=1)
    assert await house.knocks(first) + await house.knocks(again, times=2) == [200, 200, 200]
    await house.settle()
    assert len(house.slack.in_place(SARI)) == 1


async def test_whoever_signs_for_one_app_does_not_speak_for_other_workspaces(house: House) -> None:
    """An administrator knows the secret of the own app, and with it can sign whatever they like."""
    await house.link("budi", BUDI, team="T0OTHER")
    forged = slack.event("sisa cuti", BUDI, team="T0OTHER", secret=house.slack.secret)
    gone = slack.notice({"type": "app_uninstalled"}, team="T0OTHER", secret=house.slack.secret)
    assert await house.knocks(forged) + await house.knocks(gone) == [200, 200]
    await house.settle()
    assert house.slack.sent == []
    assert (await link_of(house, BUDI))["unreachable_at"] is None


async def test_what_is_signed_otherwise_or_for_no_app_is_refused(house: House) -> None:
    assert await house.knocks(slack.event("halo", SARI, team=TEAM, secret="guessed")) == [401]
    assert await house.knocks(house.slack.event("halo", SARI), key="A" * 22) == [404]
    assert await house.knocks(house.slack.event("halo", SARI, at=clock.now().timestamp() - 400)) == [401]


async def test_nobody_of_another_company_is_linked_in_a_companys_own_workspace(house: House) -> None:
    """Its administrators could sign in their name: a code that is good elsewhere opens nothing here."""
    theirs, _ = await joining.add_company("PT Lain", "hr@lain.example")
    raw = b"employee_number,name,email,join_date\n0001,Dewi,dewi@lain.example,2020-01-06\n"
    assert not (await imports.take(theirs.id, raw, actor=Actor(SUPER, "web"))).bad
    await jobs.drain()
    async with database.transaction(theirs.id):
        employee = await directory.by_number("0001")
        assert employee is not None
        code, _ = await identities.invite(employee, actor=Actor(SUPER, "web"))
    await house.writes(code, "U0DEWI")
    await house.writes("ya", "U0DEWI")
    assert "tidak cocok" in " ".join(house.slack.words("U0DEWI"))
    async with database.installation(writes=False):
        assert not await ChannelIdentity.exists().where(ChannelIdentity.external_id == "U0DEWI")


async def test_before_the_secret_is_known_only_slacks_question_is_answered(house: House) -> None:
    async with database.transaction(house.maju.company):
        await workspaces.SlackApp.update({workspaces.SlackApp.signing_secret: None}, force=True)
    asked = slack.posted({"type": "url_verification", "challenge": "halo", "token": "x"}, secret="theirs")
    answer = await house.http.post(f"{asked.path}/{house.app.public}", headers=asked.headers, content=asked.body)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "halo"})
    assert await house.knocks(slack.event("sisa cuti", SARI, team=TEAM, secret="")) == [401]
    hostile = await house.http.post(f"{asked.path}/{house.app.public}", headers=asked.headers, content=b"{[")
    assert hostile.status_code == 401


async def test_an_app_that_is_out_of_a_workspace_reaches_its_people_elsewhere(house: House) -> None:
    await house.writes("sisa cuti")
    before = len(house.slack.sent)
    gone = house.slack.notice({"type": "app_uninstalled"})
    house.slack.uninstall(TEAM)
    assert await house.knocks(gone, times=2) == [200, 200]
    await house.settle()
    assert (await link_of(house, SARI))["ended_at"] is None, "the link stays, for when it is installed again"
    async with database.reading(house.maju.company):
        assert (await outbox.address_of(house.maju.sari.person)).channel == outbox.WEB
        acts = [one["action"] for one in await audit.AuditEntry.select(audit.AuditEntry.action)]
    assert acts.count("slack.workspace_ended") == 1
    await said_to(house, "sari", "lewat halaman", "one")
    assert len(house.slack.sent) == before


async def test_what_was_on_its_way_goes_elsewhere_when_the_app_is_gone(house: House) -> None:
    async with database.transaction(house.maju.company):
        there = await outbox.address_of(house.maju.sari.person)
        await workspaces.end(TEAM, by=Actor(SUPER, "web"))
        await outbox.post(there, Message("leave.said", "kartu"), dedupe="late")
    await house.settle()
    async with database.reading(house.maju.company):
        rows = await Outbound.select().order_by(Outbound.id)
    assert [(row["channel"], row["state"]) for row in rows] == [("slack", "failed"), ("web", "sent")]


async def test_who_installs_again_is_reached_again_with_the_new_token(house: House) -> None:
    house.slack.uninstall(TEAM)
    await house.knocks(house.slack.notice({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}))
    await house.settle()
    house.slack.tokens["xoxb-new"] = TEAM
    await workspaces.install(house.app, grant("xoxb-new"), by=Actor(SUPER, "web"))
    await said_to(house, "sari", "halo lagi", "again")
    assert house.slack.last(SARI).words == "halo lagi"


async def test_an_uninstalling_told_late_does_not_end_the_new_installation(house: House) -> None:
    late = house.slack.notice({"type": "app_uninstalled"})
    clock.move(clock.now() + timedelta(minutes=5))
    await workspaces.install(house.app, grant(house.slack.token), by=Actor(SUPER, "web"))
    assert await house.knocks(slack.signed_now(late, house.slack.secret)) == [200]
    await house.settle()
    async with database.reading(house.maju.company):
        assert [one.team for one in await workspaces.workspaces()] == [TEAM]


async def test_a_token_of_a_user_that_is_revoked_is_not_the_apps(house: House) -> None:
    await house.knocks(house.slack.notice({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}))
    await house.settle()
    async with database.reading(house.maju.company):
        assert len(await workspaces.workspaces()) == 1


async def test_somebody_deactivated_at_slack_speaks_for_nobody(house: House) -> None:
    user = {"id": SARI, "team_id": TEAM, "deleted": True}
    assert await house.knocks(house.slack.notice({"type": "user_change", "user": user}), times=2) == [200, 200]
    await house.settle()
    link = await link_of(house, SARI)
    assert link["ended_at"] is not None
    assert house.slack.sent == [], "nothing is said into a chat that nobody reads"
    async with database.installation(writes=False):
        assert await identities.whose("slack", TEAM, SARI) is None


async def test_a_change_that_is_no_end_changes_nothing(house: House) -> None:
    for user in ({"id": SARI, "team_id": TEAM, "deleted": False}, {"id": SARI, "deleted": "yes"}, {}, "U0SARI"):
        await house.knocks(house.slack.notice({"type": "user_change", "user": user}))
    await house.settle()
    assert (await link_of(house, SARI))["ended_at"] is None


async def test_the_page_is_told_when_slack_was_heard(house: House) -> None:
    assert house.app.heard_at is None
    await house.writes("sisa cuti")
    async with database.reading(house.maju.company):
        app = await workspaces.app()
    assert app is not None and app.heard_at is not None


async def test_a_file_in_an_own_workspace_is_fetched_with_its_token(house: House) -> None:
    hook = house.slack.upload(b"\xff\xd8\xff\xe0" + b"0" * 200, SARI)
    assert await house.knocks(hook) == [200]
    await house.settle()
    assert [call.error for call in house.slack.calls_of("files.info")] == [None]


async def test_a_command_is_answered_in_the_direct_message_whatever_the_channel(house: House) -> None:
    typed = slack.command("sisa cuti", SARI, team=TEAM, secret=house.slack.secret)
    for _ in range(2):
        answer = await house.http.post(f"{typed.path}/{house.app.public}", headers=typed.headers, content=typed.body)
        assert answer.json() == {
            "response_type": "ephemeral", "text": "Jawabannya ada di pesan langsung dari Serambi, hanya untukmu.",
        }  # fmt: skip
    await house.settle()
    assert [shown.place for shown in house.slack.sent] == ["D0SARI"]
    assert "hari" in house.slack.last(SARI).words


async def test_a_command_goes_on_with_the_talk_and_an_empty_one_shows_the_menu(house: House) -> None:
    for words in ("cuti", "besok", "batal", ""):
        await house.knocks(slack.command(words, SARI, team=TEAM, secret=house.slack.secret))
        await house.settle()
    said = house.slack.words(SARI)
    assert len(said) == 4 and house.slack.last(SARI).buttons


async def test_a_strangers_command_tells_nothing(house: House) -> None:
    await house.knocks(slack.command("sisa cuti", "U0NOBODY", team=TEAM, secret=house.slack.secret))
    await house.settle()
    assert "hari" not in house.slack.last("U0NOBODY").words
