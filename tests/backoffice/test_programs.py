"""Tokens of programs: made on a page and shown once; what each opens, refuses, counts and remembers."""

import re
import shlex
from datetime import timedelta
from itertools import pairwise

import pytest

from core import clock, database, purges
from core.audit import AuditEntry
from core.knowledge.articles import FOLDER
from core.programs import tokens
from core.programs.scopes import SCOPES
from core.programs.tables import ApiToken, ApiWrite
from tests.backoffice.asking import Program, checked, program, secret_of
from tests.backoffice.conftest import Installation
from tests.backoffice.programs_routes import API
from tests.core.conftest import MONDAY

NEW = {"employee_number": "0777", "name": "Nadia Putri", "join_date": "2026-07-13", "location": "Jakarta"}


async def test_a_token_is_made_on_the_page_shown_once_and_ended(house: Installation) -> None:
    chief, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    there = f"/{slug}/settings/api"
    assert (await chief.post(f"{there}/make", name="Gaji", days="90")).status_code == 422
    page = await chief.http.post(
        f"{there}/make", data={"csrf": await chief.token(), "name": "Gaji", "days": "30", "scope": ["people:read"]}
    )
    secret = re.findall(r"srb_[A-Za-z0-9_-]{43}", page.text)[0]
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    listed = (await chief.get(there)).text
    assert secret not in listed and f"…{secret[-4:]}" in listed and "Belum pernah dipakai" in listed
    async with database.reading(house.maju.company):
        rows = await ApiToken.select()
        acts = {row["action"] for row in await AuditEntry.select()}
    assert secret not in str(rows) and "token.made" in acts
    mine = Program(house.app, secret)
    answer = (await mine.get("/token")).json()
    assert (answer["company"], answer["scopes"]) == (slug, ["people:read"])
    assert "Terakhir dipakai" in (await chief.get(there)).text
    assert (await chief.post(f"{there}/{rows[0]['public']}/end")).status_code == 303
    assert (await mine.get("/token")).json()["code"] == "token_unknown"
    assert (await chief.post(f"{there}/{rows[0]['public']}/end")).status_code == 404


async def test_each_route_opens_for_its_own_scope_alone(house: Installation) -> None:
    """Every route, with no token, a wrong one, every scope but its own, and its own alone."""
    nobody, wrong = Program(house.app, None), Program(house.app, f"srb_{'x' * 43}")
    for (method, path), scope in API.items():
        there = re.sub(r"\{\w+:str\}", "nothing", path).removeprefix("/api/v1")
        if scope is None:
            assert checked(await nobody.get(there)).status_code == 200
            continue
        for one, code in ((nobody, "token_missing"), (wrong, "token_unknown")):
            answer = await one.send(method, there, {})
            assert (answer.status_code, answer.json()["code"]) == (401, code)
            assert answer.headers["www-authenticate"].startswith("Bearer")
    held = {name: await program(house, house.maju, name) for name in SCOPES}
    for (method, path), scope in API.items():
        there = re.sub(r"\{\w+:str\}", "nothing", path).removeprefix("/api/v1")
        for name, asks in held.items() if scope is not None else ():
            answer = await asks.send(method, there, {})
            if scope in ("", name):
                assert answer.status_code in (200, 404, 422, 428), (method, path)
            else:
                assert answer.status_code == 403 and scope in answer.json()["detail"]


async def test_a_token_ends_on_its_day_and_a_minute_holds_so_many(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "A_MINUTE", 3)
    asks = await program(house, house.maju, "people:read", **{"accept-language": "en"})
    assert [(await asks.get("/token")).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = await asks.get("/token")
    assert int(refused.headers["retry-after"]) <= 60 and "3 times a minute" in refused.json()["detail"]
    assert refused.headers["ratelimit-remaining"] == "0" and refused.headers["content-language"] == "en"
    with clock.freeze(MONDAY + timedelta(seconds=61)):
        again = await asks.get("/token")
        assert (again.status_code, again.headers["ratelimit-remaining"]) == (200, "2")
    with clock.freeze(MONDAY + timedelta(days=30)):
        late = await asks.get("/token")
        assert (late.status_code, late.json()["title"]) == (401, "This token has expired")


async def test_what_is_sent_twice_under_a_key_is_done_once(house: Installation) -> None:
    asks = await program(house, house.maju)
    first = await asks.post("/people", NEW, **{"idempotency-key": "a-1"})
    assert first.status_code == 201, first.text
    again = await asks.post("/people", NEW, **{"idempotency-key": "a-1"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    other = await asks.post("/people", NEW | {"name": "Lain"}, **{"idempotency-key": "a-1"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert (await asks.post("/people", NEW)).status_code == 409, "without the key it is another write"
    sinar = await program(house, house.sinar)
    assert (await sinar.post("/people", NEW, **{"idempotency-key": "a-1"})).status_code == 201, "keys are a token's own"
    async with database.reading(house.maju.company):
        held = await ApiWrite.select()
    assert len(held) == 1 and "Nadia" not in str(held)
    with clock.freeze(MONDAY + timedelta(days=2)):
        await purges.sweep(house.maju.company)
    async with database.reading(house.maju.company):
        assert await ApiWrite.count() == 0 and await ApiToken.count() == 1


async def test_what_is_refused_under_a_key_may_be_put_right(house: Installation) -> None:
    asks = await program(house, house.maju, **{"accept-language": "en"})
    bad = await asks.post("/people", NEW | {"manager": "9999"}, **{"idempotency-key": "b"})
    assert bad.status_code == 422
    assert bad.json()["errors"][0]["field"] == "manager" and "9999" in bad.json()["errors"][0]["detail"]
    assert (await asks.post("/people", NEW, **{"idempotency-key": "b"})).status_code == 201


async def test_what_cannot_be_read_is_told_so(house: Installation) -> None:
    asks = await program(house, house.maju)
    for body, status in (
        (b"{", 400), (b"[]", 400), (b'{"name": "x"}', 422), (b'"\xff"', 400), (b"", 400), (b"{}" + b" " * 1_100_000, 413)
    ):  # fmt: skip
        answer = await asks.post("/people", body)
        assert answer.status_code in (status, 400, 422), (body[:20], answer.text)
    nul = await asks.post("/people", NEW | {"name": "a\0b"})
    assert nul.status_code == 422
    for path in ("/people?limit=0", "/people?limit=x", "/people?status=dead", "/people?q=%00", "/calendar/due?since=x"):
        assert (await asks.get(path)).status_code == 422, path
    for path in ("/people?cursor=zzz", "/tickets?cursor=zzz", "/audit?cursor=999999999", "/approvals?cursor=x"):
        answer = await asks.get(path)
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor"), path
    nowhere = await asks.http.get("/api/v1/nowhere")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")
    assert nowhere.headers["content-type"] == "application/problem+json"
    assert (await asks.http.delete("/api/v1/people")).status_code == 405
    assert (await asks.http.request("HEAD", "/api/v1/token")).status_code == 200


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_line_of_the_article_works_as_it_stands(house: Installation, language: str) -> None:
    text = (FOLDER / "admins" / f"program-lain.{language}.md").read_text(encoding="utf-8")
    secret = await secret_of(house.maju)
    lines = [line for line in text.splitlines() if line.startswith("curl ")]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line.replace("$SERAMBI", "").replace("$TOKEN", secret))
        given = dict(pairwise(words))
        headers = dict(word.split(": ", 1) for flag, word in pairwise(words) if flag == "-H")
        path = next(word for word in words if word.startswith("/api/v1"))
        asks = Program(house.app, None, **headers)
        answer = checked(await asks.http.request(given.get("-X", "GET"), path, content=given.get("-d", "").encode()))
        assert answer.status_code in (200, 201), (line, answer.text)


async def test_too_many_tokens_are_refused(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST", 1)
    await secret_of(house.maju)
    chief, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    answer = await chief.post(f"/{slug}/settings/api/make", name="Dua", days="30", scope="people:read")
    assert answer.status_code == 422 and "Sudah ada 1 token" in answer.text
