"""The chat in a page of a company's own: who may frame it, how it is opened there, and what it never opens."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core import clock, database
from core.accounts import blocks, frames, sessions
from core.accounts.tables import ChatFrame, Membership
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.messaging.tables import Inbound
from core.people.tables import Employment
from tests.backoffice.conftest import HERE, Installation, Visitor
from tests.core.cast import Cast

INTRANET = "https://intranet.example.com"
HR = Actor("hr", "test")


@dataclass
class Framed:
    """The frame in somebody's browser: it has the cookies that were set in it, and no others."""

    visitor: Visitor  # by https: a browser on this computer counts it as that, and keeps what is Secure
    here: str

    async def get(self, path: str = "", **more: Any) -> httpx.Response:
        return await self.visitor.get(f"{self.here}{path}", **more)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        page = (await self.visitor.get(self.here)).text
        token = page.partition('name="csrf" content="')[2].partition('"')[0]
        return await self.visitor.http.post(f"{self.here}{path}", data={"csrf": token, **fields})


async def allowed(cast: Cast, origin: str = INTRANET) -> ChatFrame:
    async with database.transaction(cast.company):
        return await frames.allow(origin, by=HR)


async def account_of(house: Installation, cast: Cast, name: str) -> int:
    await house.as_person(cast, name)
    async with database.reading(cast.company):
        row = await Membership.select(Membership.account).where(Membership.person == cast.people[name].person).first()
    assert row is not None
    return int(row["account"])


def framed(house: Installation, frame: ChatFrame) -> Framed:
    visitor = house.visitor(**{"sec-fetch-dest": "iframe"})
    visitor.http.base_url = httpx.URL(HERE.replace("http:", "https:"))
    return Framed(visitor, f"/chat/frame/{frame.public}")


async def opened(house: Installation, frame: ChatFrame, name: str = "budi") -> Framed:
    """The frame of somebody who got a code on our own pages and typed it."""
    person = await house.as_person(house.maju, name)
    slug = await house.slug(house.maju)
    shown = (await person.post(f"/chat/code?company={slug}", page=frame.public)).text
    code = re.findall(r">([0-9A-Z]{4}-[0-9A-Z]{4})<", shown)
    assert code, shown
    inside = framed(house, frame)
    answer = await inside.post("/enter", code=code[0].lower())
    assert answer.status_code == 303, answer.text
    return inside


# -- who may frame what ------------------------------------------------------------------------------------------------


async def test_only_the_allowed_page_may_frame_the_chat_and_nothing_else_may_be_framed(house: Installation) -> None:
    frame, other = await allowed(house.maju), await allowed(house.sinar, "https://portal.sinar.example:8443")
    page = await framed(house, frame).get()
    assert f"frame-ancestors {INTRANET};" in page.headers["content-security-policy"]
    assert "sinar" not in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    theirs = await framed(house, other).get()
    assert "frame-ancestors https://portal.sinar.example:8443;" in theirs.headers["content-security-policy"]
    budi = await house.as_person(house.maju, "budi")
    for path in ("/", "/sign-in", "/me/", "/chat", "/chat/code", "/account", "/nothing/here", "/chat/frame/nothing"):
        answer = await budi.get(path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-frame-options"] == "DENY", path


async def test_every_answer_in_the_frame_may_be_shown_there(house: Installation) -> None:
    frame = await allowed(house.maju)
    for answer in (
        await framed(house, frame).visitor.http.post(f"/chat/frame/{frame.public}/enter", data={"code": "x"}),
        await framed(house, frame).post("/enter", code="AAAA-AAAA"),
    ):
        assert answer.status_code in (403, 422)
        assert f"frame-ancestors {INTRANET};" in answer.headers["content-security-policy"]
        assert 'class="in-frame"' in answer.text


async def test_a_page_that_was_taken_out_shows_nothing_and_who_was_inside_is_signed_out(house: Installation) -> None:
    frame = await allowed(house.maju)
    inside = await opened(house, frame)
    assert (await inside.get("/lines")).status_code == 200
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    assert (await ratna.post(f"/{slug}/settings/chat/{frame.public}/end")).status_code == 303
    assert (await inside.get()).status_code == 404
    assert (await inside.get("/lines")).status_code == 404
    again = await allowed(house.maju)
    assert again.public != frame.public
    assert (await Framed(inside.visitor, f"/chat/frame/{again.public}").get("/lines")).status_code == 303


# -- opening it --------------------------------------------------------------------------------------------------------


async def test_the_code_opens_the_chat_of_its_person_there_and_nothing_else(house: Installation) -> None:
    frame = await allowed(house.maju)
    inside = await opened(house, frame)
    assert (await inside.post("/say", words="sisa cuti", id="once")).status_code == 303
    assert "sisa cuti" in (await inside.get()).text
    async with database.installation(writes=False):
        row = await Inbound.objects().order_by(Inbound.id, ascending=False).first()
    assert row is not None
    assert row.sender == f"{house.maju.company}:{house.maju.people['budi'].person}"
    for path in ("/me/", "/account", "/chat"):
        answer = await inside.visitor.get(path)
        assert answer.headers["location"].startswith("/sign-in"), "the frame's session is none on our own pages"
    secret = next(value for name, value in inside.visitor.http.cookies.items() if frame.public in name)
    thief = house.visitor()
    thief.holds(secret)
    assert (await thief.get("/me/")).headers["location"].startswith("/sign-in")


async def test_our_own_session_is_none_in_the_frame(house: Installation) -> None:
    """Where the page and Serambi are of one site, the browser sends our cookies along: they must not count."""
    frame = await allowed(house.maju)
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.get(f"/chat/frame/{frame.public}/lines")).status_code == 303
    assert 'name="code"' in (await budi.get(f"/chat/frame/{frame.public}", headers={"sec-fetch-dest": "iframe"})).text


async def test_the_cookies_of_the_frame_are_partitioned_and_secure(house: Installation) -> None:
    frame = await allowed(house.maju)
    inside = framed(house, frame)
    page = await inside.get()
    told = page.headers.get_list("set-cookie")
    code = await frames.offer(await account_of(house, house.maju, "sari"), frame)
    told += (await inside.post("/enter", code=code)).headers.get_list("set-cookie")
    assert len(told) == 2
    for one in told:
        parts = set(one.split("; ")[1:])
        assert parts == {"Path=/", "HttpOnly", "Secure", "SameSite=None", "Partitioned"}, one


async def test_a_code_works_once_for_five_minutes_in_its_own_frame(house: Installation) -> None:
    frame, elsewhere = await allowed(house.maju), await allowed(house.maju, "https://hr.example.com")
    account = await account_of(house, house.maju, "sari")
    code = await frames.offer(account, frame)
    assert (await framed(house, elsewhere).post("/enter", code=code)).status_code == 422
    assert (await framed(house, frame).post("/enter", code=code)).status_code == 303
    assert (await framed(house, frame).post("/enter", code=code)).status_code == 422
    first = await frames.offer(account, frame)
    second = await frames.offer(account, frame)
    assert (await framed(house, frame).post("/enter", code=first)).status_code == 422, "a newer one ended it"
    with clock.freeze(clock.now() + frames.CODE_LIFE + timedelta(seconds=1)):
        late = await framed(house, frame).post("/enter", code=second)
        assert late.status_code == 422
        assert "lima menit" in late.text


async def test_a_code_ends_with_what_ends_its_sessions(house: Installation) -> None:
    frame = await allowed(house.maju)
    account = await account_of(house, house.maju, "sari")
    code = await frames.offer(account, frame)
    async with database.installation():
        await sessions.end_all(account)
    assert (await framed(house, frame).post("/enter", code=code)).status_code == 422
    code = await frames.offer(account, frame)
    async with database.transaction(house.maju.company):
        await sessions.end_here(account)
    assert (await framed(house, frame).post("/enter", code=code)).status_code == 422


async def test_a_blocked_account_and_a_leaver_are_out_of_the_frame_at_once(house: Installation) -> None:
    frame = await allowed(house.maju)
    budi, tono = await opened(house, frame), await opened(house, frame, "tono")
    async with database.transaction(house.maju.company):
        await blocks.block(house.maju.people["budi"].person, channel="web", by=HR)
        gone = clock.today("Asia/Jakarta") - timedelta(days=3)
        await Employment.update({Employment.leaves: gone}).where(Employment.id == house.maju.people["tono"].id)
    for one in (budi, tono):
        answer = await one.post("/say", words="masih di sini?")
        assert answer.status_code == 303
        assert answer.headers["location"] == one.here
        assert 'name="code"' in (await one.get()).text
    async with database.installation(writes=False):
        assert not await Inbound.exists()


async def test_nobody_of_another_company_gets_a_code_or_reads_a_chat_there(house: Installation) -> None:
    frame = await allowed(house.maju)
    bambang, slug = await house.as_person(house.sinar, "bambang"), await house.slug(house.sinar)
    refused = await bambang.post(f"/chat/code?company={slug}", page=frame.public)
    assert refused.status_code == 422
    assert frame.origin not in refused.text
    assert frame.origin not in (await bambang.get(f"/chat/code?page={frame.public}")).text
    code = await frames.offer(await account_of(house, house.sinar, "bambang"), frame)
    assert (await framed(house, frame).post("/enter", code=code)).status_code == 422
    lina, other = await house.as_person(house.sinar, "lina"), await house.slug(house.sinar)
    assert (await lina.post(f"/{other}/settings/chat/{frame.public}/end")).status_code == 404
    assert frame.origin not in (await lina.get(f"/{other}/settings/chat")).text


async def test_signing_out_in_the_frame_ends_that_session_alone_and_the_account_lists_it(house: Installation) -> None:
    frame = await allowed(house.maju)
    inside, budi = await opened(house, frame), await house.as_person(house.maju, "budi")
    assert frame.origin in (await budi.get("/account")).text
    await inside.post("/leave")
    assert 'name="code"' in (await inside.get()).text
    assert frame.origin not in (await budi.get("/account")).text
    assert (await budi.get("/me/")).status_code == 200


async def test_who_opens_the_frames_address_by_itself_is_led_to_the_chat(house: Installation) -> None:
    frame, slug = await allowed(house.maju), await house.slug(house.maju)
    answer = await house.visitor().get(f"/chat/frame/{frame.public}", headers={"sec-fetch-dest": "document"})
    assert answer.headers["location"] == f"/chat?company={slug}"


# -- hostile -----------------------------------------------------------------------------------------------------------


async def test_the_embedding_page_cannot_post_in_the_name_of_who_is_inside(house: Installation) -> None:
    frame = await allowed(house.maju)
    inside = await opened(house, frame)
    page = (await inside.get()).text
    token = page.partition('name="csrf" content="')[2].partition('"')[0]
    for headers, fields in (
        ({"sec-fetch-site": "cross-site", "origin": INTRANET}, {"csrf": token}),
        ({"origin": INTRANET}, {"csrf": token}),
        ({"sec-fetch-site": "same-site"}, {"csrf": token}),
        ({}, {}),
        ({}, {"csrf": "0" * 64}),
    ):
        for path in ("/say", "/enter", "/leave"):
            answer = await inside.visitor.http.post(
                f"{inside.here}{path}", data={"words": "cuti besok", "code": "x", **fields}, headers=headers
            )
            assert answer.status_code == 403, (path, headers)
    async with database.installation(writes=False):
        assert not await Inbound.exists()
    assert (await inside.get("/lines")).status_code == 200, "and nobody was signed out"


async def test_a_token_of_our_own_pages_does_not_fit_in_the_frame(house: Installation) -> None:
    frame = await allowed(house.maju)
    budi = await house.as_person(house.maju, "budi")
    answer = await budi.post(f"/chat/frame/{frame.public}/enter", code="AAAA-AAAA")
    assert answer.status_code == 403


async def test_guessing_codes_is_stopped(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.accounts.addresses.MOST", 3)
    inside = framed(house, await allowed(house.maju))
    answers = [(await inside.post("/enter", code="AAAA-AAAA")).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 429, 429]


# -- the administrator's page ------------------------------------------------------------------------------------------


async def test_an_administrator_allows_a_page_pastes_its_lines_and_sees_whether_it_is_shown(
    house: Installation,
) -> None:
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    here = f"/{slug}/settings/chat"
    assert (await ratna.post(f"{here}/allow", origin=" Intranet.Example.com/beranda?x=1 ")).status_code == 303
    page = (await ratna.get(here)).text
    async with database.reading(house.maju.company):
        (frame,) = await frames.every()
        entry = await AuditEntry.select().order_by(AuditEntry.seq, ascending=False).first()
    assert frame.origin == INTRANET
    assert entry is not None
    assert entry["action"] == "chat_frame.allowed"
    assert f"/chat/frame/{frame.public}" in page
    assert "belum tampil" in page
    inside = framed(house, frame)
    await inside.get(headers={"referer": "https://lain.example/halaman"})
    page = (await ratna.get(here)).text
    assert "belum tampil" in page
    assert "https://lain.example" in page
    assert "halaman" not in re.findall(r"https://lain\.example(\S*)", page)[0]
    await inside.get(headers={"referer": f"{INTRANET}/beranda"})
    page = (await ratna.get(here)).text
    assert "belum tampil" not in page
    await opened(house, frame)
    assert "1 orang" in (await ratna.get(here)).text


@pytest.mark.parametrize(
    "typed",
    ["", " ", "*", "https://*.example.com", "https://a b.example", "javascript:alert(1)", "data:text/html,x", "ftp://a.example",
     "https://user@a.example", "https://a.example:99999", "https://[::1]", "https://a.example;script-src *", "https://-a.example",
     "https://a..example", "x" * 5000, "https://a.example'", "https://\u202ea.example", "//", "https:///x"],
)  # fmt: skip
async def test_what_is_no_origin_is_refused_and_reaches_no_header(house: Installation, typed: str) -> None:
    with pytest.raises(Refused):
        frames.origin_of(typed)
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    answer = await ratna.post(f"/{slug}/settings/chat/allow", origin=typed)
    assert answer.status_code == 422
    async with database.reading(house.maju.company):
        assert await frames.every() == []


async def test_twenty_pages_are_enough_and_the_same_one_is_one(house: Installation) -> None:
    for number in range(frames.MOST):
        await allowed(house.maju, f"https://p{number}.example")
    await allowed(house.maju, "https://p0.example")
    with pytest.raises(Refused):
        await allowed(house.maju, "https://one-more.example")


async def test_a_session_in_a_frame_lies_idle_like_any_other(house: Installation) -> None:
    inside = await opened(house, await allowed(house.maju))
    with clock.freeze(clock.now() + sessions.IDLE + timedelta(minutes=2)):
        assert 'name="code"' in (await inside.get()).text
        assert (await inside.get("/lines", headers={"hx-request": "true"})).status_code == 401
