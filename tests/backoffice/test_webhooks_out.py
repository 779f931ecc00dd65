"""What happens is told to the programs that want it: signed, again until they take it, and nowhere it may not go."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backoffice.api import calls_out
from core import clock, database, jobs, purges, settings
from core.audit import AuditEntry
from core.knowledge.articles import FOLDER
from core.leave import requests as leaves
from core.leave.policy import Period
from core.messaging.tables import Outbound
from core.people import imports
from core.programs import happenings, retries, sending, signing, webhooks
from core.programs.tables import Webhook, WebhookDelivery
from tests.backoffice.asking import MAKER, program
from tests.backoffice.conftest import Installation
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.outside.receiver import Receiver

ASKED = {"employee_number": "0412", "words": "halo", "recognised": "telepon"}


@pytest.fixture
def receiver(house: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A program in our own network, which the operator has named."""
    monkeypatch.setattr(settings, "_current", replace(settings.current(), webhook_hosts="127.0.0.1"))
    with Receiver() as made:
        made.now = MONDAY.timestamp()
        yield made


async def told_of(cast: Cast, receiver: Receiver, *kinds: str) -> Webhook:
    """A webhook for this receiver, after its first ping."""
    async with database.transaction(cast.company):
        row, secret = await webhooks.make(receiver.address, kinds or happenings.KINDS, by=MAKER)
        await webhooks.ping(row.public, by=MAKER)
    receiver.secrets.append(secret)
    await jobs.drain()
    assert [one["type"] for one in receiver.told] == ["ping"]
    receiver.told.clear()
    receiver.ids.clear()
    return row


async def rows(cast: Cast) -> list[dict[str, Any]]:
    async with database.reading(cast.company):
        return list(await WebhookDelivery.select().order_by(WebhookDelivery.id))


async def hook(cast: Cast) -> dict[str, Any]:
    async with database.reading(cast.company):
        found = await Webhook.select().first()
    assert found is not None
    return found


async def at(receiver: Receiver, instant: Any) -> None:
    """The world at that instant, with all that is due done."""
    with clock.freeze(instant):
        receiver.now = instant.timestamp()
        await jobs.drain()


async def test_what_a_desk_and_hr_do_is_told_by_id_alone(house: Installation, receiver: Receiver) -> None:
    maju = house.maju
    await told_of(maju, receiver)
    asks = await program(house, maju)
    opened = (await asks.post("/tickets", ASKED)).json()
    there = f"/tickets/{opened['ticket']['id']}"
    answered = await asks.post(f"{there}/answers", {"words": "rahasia sekali", "revision": opened["revision"]})
    assert (await asks.post(f"{there}/solution", {"revision": answered.json()["revision"]})).status_code == 201
    await asks.post("/people", {"employee_number": "0777", "name": "Nadia Putri", "join_date": "2026-07-13"})
    day = MONDAY.date().replace(day=20)
    asked = await maju.asks(maju.budi, Period(day, day))
    await leaves.withdraw(maju.budi, asked, actor=as_(maju.budi))
    await jobs.drain()
    assert sorted(one["type"] for one in receiver.told) == [
        "leave.cancelled", "leave.requested", "person.added", "ticket.answered", "ticket.opened", "ticket.resolved",
    ]  # fmt: skip
    assert receiver.refusals == [] and len(set(receiver.ids)) == 6
    said = json.dumps(receiver.told)
    assert "rahasia" not in said and "Nadia" not in said and "0777" not in said and "halo" not in said
    for one in receiver.told:  # where each says to look, a token with the scope finds it
        found = await asks.get(one["data"]["url"].partition("/api/v1")[2])
        assert found.status_code == 200, one
    assert receiver.heads[-1]["user-agent"].startswith("Serambi/") and "authorization" not in receiver.heads[-1]


async def test_each_address_is_told_what_it_wants_and_its_own_company_alone(
    house: Installation, receiver: Receiver
) -> None:
    await told_of(house.maju, receiver, "person.added")
    new = {"employee_number": "0778", "name": "Rani", "join_date": "2026-07-13"}
    asks, sinar = await program(house, house.maju), await program(house, house.sinar)
    await asks.post("/tickets", ASKED)
    assert (await sinar.post("/people", new)).status_code == 201
    assert (await asks.post("/people", new)).status_code == 201
    await jobs.drain()
    assert [one["type"] for one in receiver.told] == ["person.added"]
    assert await rows(house.sinar) == []


async def test_a_file_of_people_is_told_one_by_one_and_what_is_undone_is_not_told(
    house: Installation, receiver: Receiver
) -> None:
    maju = house.maju
    await told_of(maju, receiver)
    people = "".join(f"1{number:03},Orang {number},2026-07-13\n" for number in range(30))
    checked = await imports.take(maju.company, f"employee_number,name,join_date\n{people}".encode(), actor=MAKER)
    assert not checked.bad
    with pytest.raises(ValueError, match="stop"):
        async with database.transaction(maju.company):
            await happenings.ping((await Webhook.objects().first()).id)  # type: ignore[union-attr]
            raise ValueError("stop")
    await jobs.drain()
    assert len(receiver.told) == 30 and {one["type"] for one in receiver.told} == {"person.added"}


async def test_a_decision_is_told_once_it_is_made(house: Installation, receiver: Receiver) -> None:
    maju = house.maju
    await told_of(maju, receiver, "leave.decided")
    day = MONDAY.date().replace(day=21)
    asked = await maju.asks(maju.budi, Period(day, day))
    await maju.decides(maju.sari, asked, "approve")
    await jobs.drain()
    assert [(one["type"], one["data"]["number"]) for one in receiver.told] == [("leave.decided", asked.number)]
    assert receiver.told[0]["data"]["state"] in ("approved", "applied")


async def test_what_is_not_taken_comes_again_over_three_days_and_is_then_given_up_and_told(
    house: Installation, receiver: Receiver
) -> None:
    maju = house.maju
    await told_of(maju, receiver)
    receiver.fail(503, times=1000)
    await (await program(house, maju)).post("/tickets", ASKED)
    await jobs.drain()
    when, tries = MONDAY, 1
    while (mine := (await rows(maju))[-1])["state"] == "queued":
        assert (mine["status"], mine["error"], mine["attempts"]) == (503, "status", tries)
        when = max(mine["next_at"], when + timedelta(seconds=1))
        await at(receiver, when)
        if (await rows(maju))[-1]["attempts"] == tries:  # it was left alone for a while
            when += timedelta(minutes=11)
            await at(receiver, when)
        tries += 1
        assert tries <= retries.MOST
    assert mine["state"] == "dead" and mine["attempts"] == retries.MOST
    assert timedelta(days=2.4) < when - MONDAY < timedelta(days=4)
    async with database.reading(maju.company):
        keys = {row["key"] for row in await Outbound.select(Outbound.key)}
    assert "webhooks.told_dead" in keys
    receiver.calm()  # and by hand it goes out after all, under the same id
    with clock.freeze(when):
        receiver.now = when.timestamp()
        async with database.transaction(maju.company):
            await webhooks.again((await hook(maju))["public"], mine["event"], by=MAKER)
        await jobs.drain()
    assert receiver.ids == [mine["event"]] and (await rows(maju))[-1]["state"] == "done"


async def test_an_address_that_fails_for_days_is_switched_off_and_one_that_is_gone_at_once(
    house: Installation, receiver: Receiver
) -> None:
    maju = house.maju
    row = await told_of(maju, receiver)
    asks = await program(house, maju)
    receiver.fail(500, times=1000)
    for day in range(7):
        with clock.freeze(MONDAY + timedelta(days=day)):
            await asks.post("/tickets", ASKED | {"words": f"hari {day}"})
        await at(receiver, MONDAY + timedelta(days=day, minutes=1))
    assert ((await hook(maju))["state"], (await hook(maju))["why"]) == ("off", "failing")
    assert {one["state"] for one in (await rows(maju))[1:]} == {"dead"}
    receiver.calm()
    later = MONDAY + timedelta(days=7)
    with clock.freeze(later):
        async with database.transaction(maju.company):
            await webhooks.resume(row.public, by=MAKER)
        receiver.fail(410)
        await asks.post("/tickets", ASKED)
    await at(receiver, later)
    assert ((await hook(maju))["state"], (await hook(maju))["why"]) == ("off", "gone")
    async with database.reading(maju.company):
        keys = [row["key"] for row in await Outbound.select(Outbound.key)]
    assert {"webhooks.told_gone", "webhooks.told_failing"} <= set(keys)
    before = len(await rows(maju))
    await asks.post("/tickets", ASKED)
    assert len(await rows(maju)) == before, "nothing is kept for an address that is off"


@pytest.mark.parametrize("trouble", ["429", "redirect", "drop", "slow", "shower", "away"])
async def test_each_trouble_has_its_name_and_is_overcome(
    house: Installation, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    maju = house.maju
    await told_of(maju, receiver)
    named = {"429": "too_many", "drop": "lost", "slow": "timeout", "away": "connection"}.get(trouble, trouble)
    if trouble == "429":
        receiver.too_many(600)
    elif trouble == "redirect":
        receiver.redirect(f"{receiver.url}/elsewhere")
    elif trouble == "drop":
        receiver.accept_then_drop()
    elif trouble == "slow":
        monkeypatch.setattr(calls_out, "PATIENCE", 0.2)
        receiver.delay(1.0)
    elif trouble == "shower":
        receiver.shower()
    else:
        receiver.stop()
    await (await program(house, maju)).post("/tickets", ASKED)
    await jobs.drain()
    mine = (await rows(maju))[-1]
    if trouble == "shower":  # nobody reads it
        assert mine["state"] == "done" and mine["took"] < 3000
        return
    assert (mine["state"], mine["error"]) == ("queued", named)
    if trouble == "429":
        assert mine["next_at"] == MONDAY + timedelta(seconds=600)
    if trouble == "away":
        receiver.start()
    await at(receiver, mine["next_at"])
    assert (await rows(maju))[-1]["state"] == "done" and len(receiver.told) == 1
    assert receiver.elsewhere == [], "no redirect was followed"


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(house: Installation, receiver: Receiver) -> None:
    maju = house.maju
    row, asks = await told_of(maju, receiver), await program(house, maju)
    async with database.transaction(maju.company):
        fresh = await webhooks.rotate(row.public, by=MAKER)
    old = receiver.secrets[0]
    for secrets_ in ([old], [fresh]):
        receiver.secrets = secrets_
        await asks.post("/tickets", ASKED)
        await jobs.drain()
    assert receiver.refusals == [] and len(receiver.told) == 2
    receiver.secrets = [old]
    with clock.freeze(MONDAY + timedelta(days=1, seconds=1)):
        await asks.post("/tickets", ASKED)
    await at(receiver, MONDAY + timedelta(days=1, seconds=1))
    assert receiver.refusals == ["signed by nobody we know"]


async def test_what_happens_in_a_pause_is_told_after_it(house: Installation, receiver: Receiver) -> None:
    maju = house.maju
    row, asks = await told_of(maju, receiver), await program(house, maju)
    async with database.transaction(maju.company):
        await webhooks.pause(row.public, by=MAKER)
    await asks.post("/tickets", ASKED)
    await jobs.drain()
    assert receiver.ids == []
    chief, slug = await house.as_role(maju, "super_administrator"), await house.slug(maju)
    assert "1 kabar menunggu" in (await chief.get(f"/{slug}/settings/webhooks")).text
    async with database.transaction(maju.company):
        await webhooks.resume(row.public, by=MAKER)
    await jobs.drain()
    assert [one["type"] for one in receiver.told] == ["ticket.opened"]


async def test_what_a_worker_took_and_died_with_is_told_a_moment_later(house: Installation, receiver: Receiver) -> None:
    maju = house.maju
    row = await told_of(maju, receiver)
    await (await program(house, maju)).post("/tickets", ASKED)
    assert await sending.take(maju.company, row.id, mine=False) is not None
    await jobs.drain()
    assert receiver.ids == [], "somebody else is calling it"
    await at(receiver, MONDAY + sending.MOMENT)
    assert len(receiver.ids) == 1 and (await rows(maju))[-1]["attempts"] == 2


async def test_a_slow_address_holds_nobody_up(
    house: Installation, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that are known to be slow call at once; the third waits, and a quick one does not."""
    monkeypatch.setattr(calls_out, "_calling", type(calls_out._calling)({True: calls_out.MOST_SLOW}))
    maju = house.maju
    await told_of(maju, receiver)
    await (await program(house, maju)).post("/tickets", ASKED)
    await jobs.drain()
    assert len(receiver.told) == 1
    async with database.transaction(maju.company):
        await Webhook.update({Webhook.slow: True}, force=True)
    with pytest.raises(jobs.Later):
        await calls_out.call_out(maju.company, (await hook(maju))["id"])


# -- the page ----------------------------------------------------------------------------------------------------------


async def test_an_address_is_added_on_the_page_its_secret_shown_once_and_watched(
    house: Installation, receiver: Receiver
) -> None:
    chief, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    there = f"/{slug}/settings/webhooks"
    assert "Belum ada program" in (await chief.get(there)).text
    wrong = await chief.post(f"{there}/make", address="http://contoh.co.id/", kind="person.added")
    assert wrong.status_code == 422 and "https://" in wrong.text and 'aria-invalid="true"' in wrong.text
    assert (await chief.post(f"{there}/make", address=receiver.address)).status_code == 422, "nothing to tell"
    page = await chief.post(f"{there}/make", address=f"{receiver.address}?kunci=sangatrahasia", kind="person.added")
    secret = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", html.unescape(page.text))[0]
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    receiver.secrets.append(secret)
    found = await hook(house.maju)
    one = f"{there}/{found['public']}"
    assert (await chief.post(f"{one}/ping")).status_code == 303
    await jobs.drain()
    assert [one["type"] for one in receiver.told] == ["ping"]
    shown = (await chief.get(one)).text
    assert secret not in shown and "sangatrahasia" not in shown and "diterima" in shown and "kabar percobaan" in shown
    assert secret not in str(found) and receiver.address not in str(found)
    assert (await chief.post(f"{one}/change", kind=["person.left", "ticket.opened"])).status_code == 303
    assert (await hook(house.maju))["kinds"] == "person.left ticket.opened"
    assert (await chief.post(f"{one}/pause")).status_code == 303
    assert (await chief.post(f"{one}/ping")).status_code == 422
    assert "dijeda" in (await chief.get(one)).text
    assert (await chief.post(f"{one}/resume")).status_code == 303
    receiver.fail(500)
    assert (await chief.post(f"{one}/ping")).headers["location"].endswith("?saved=ping")
    await jobs.drain()
    assert "menolak 500" in " ".join((await chief.get(one)).text.split())
    event = (await rows(house.maju))[-1]["event"]
    assert (await chief.post(f"{one}/again", event=event)).status_code == 303
    assert (await chief.post(f"{one}/again", event="evt_none")).status_code == 422
    await jobs.drain()
    assert receiver.ids[-1] == event
    assert "whsec_" in (await chief.post(f"{one}/rotate")).text
    assert (await chief.post(f"{one}/end")).status_code == 303
    assert (await chief.get(one)).status_code == 404 and (await chief.post(f"{one}/ping")).status_code == 404
    async with database.reading(house.maju.company):
        acts = {row["action"] for row in await AuditEntry.select() if row["object"].startswith("webhook:")}
    assert acts == {f"webhook.{one}" for one in (
        "made", "changed", "paused", "resumed", "pinged", "sent_again", "rotated", "ended",
    )}  # fmt: skip
    audit_page = (await chief.get(f"/{slug}/audit")).text
    assert "menghapus webhook" in audit_page


async def test_what_was_told_goes_after_a_month_and_the_address_a_year_after_its_end(
    house: Installation, receiver: Receiver
) -> None:
    maju = house.maju
    row = await told_of(maju, receiver)
    async with database.transaction(maju.company):
        await webhooks.end(row.public, by=MAKER)
    with clock.freeze(MONDAY + timedelta(days=31)):
        await purges.sweep(maju.company)
    assert await rows(maju) == [] and (await hook(maju))["ended_at"] is not None
    with clock.freeze(MONDAY + timedelta(days=370)):
        await purges.sweep(maju.company)
    async with database.reading(maju.company):
        assert await Webhook.count() == 0


async def test_too_many_addresses_are_refused(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST", 0)
    chief, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    answer = await chief.post(f"/{slug}/settings/webhooks/make", address="https://a.example.com/", kind="ping")
    assert answer.status_code == 422
    answer = await chief.post(f"/{slug}/settings/webhooks/make", address="https://a.example.com/", kind="person.left")
    assert answer.status_code == 422 and "Sudah ada 0 alamat" in answer.text


@pytest.mark.parametrize(("language", "name"), [("id", "asli"), ("en", "genuine")])
def test_the_check_in_the_article_works_as_it_stands(language: str, name: str) -> None:
    text = (FOLDER / "admins" / f"kabar-program.{language}.md").read_text(encoding="utf-8")
    code = text.partition("```python\n")[2].partition("```")[0]
    there: dict[str, Any] = {}
    exec(code, there)
    secret, now = signing.new_secret(), datetime.now(UTC)
    heads = signing.headers([signing.new_secret(), secret], "evt_1", now, b"{}")
    assert there[name](secret, heads, b"{}") and not there[name](secret, heads, b"{ }")
    assert not there[name](secret, signing.headers([secret], "evt_1", now - timedelta(minutes=6), b"{}"), b"{}")


async def test_the_document_tells_what_is_told(house: Installation, receiver: Receiver) -> None:
    """Each kind stands in it, and what comes is as it says."""
    asks = await program(house, house.maju)
    told = (await asks.get("/openapi.json")).json()["webhooks"]
    assert set(told) == {*happenings.KINDS, happenings.PING}
    await told_of(house.maju, receiver)
    await asks.post("/tickets", ASKED)
    day = MONDAY.date().replace(day=20)
    await house.maju.asks(house.maju.budi, Period(day, day))
    await jobs.drain()
    assert len(receiver.told) == 2
    for one in receiver.told:
        schema = told[one["type"]]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert set(one) == set(schema["required"]) and schema["properties"]["type"]["const"] == one["type"]
        assert set(one["data"]) == set(schema["properties"]["data"]["properties"])
