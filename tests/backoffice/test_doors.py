"""What the table of security requirements says of answers, sessions, passwords and the log, seen at the door itself."""

import io
import json

import pytest

from core import database, log
from core.accounts import joining, sign_in
from core.accounts.roles import SUPER
from core.errors import Refused
from tests.backoffice.conftest import Installation
from tests.core.conftest import logged  # noqa: F401  pytest finds fixtures by name

EMAIL = "doors@maju.example"


async def account(house: Installation, password: str) -> int:
    """An employee's account with this password."""
    async with database.transaction(house.maju.company):
        number = await joining.join(EMAIL, "employee", person=house.maju.budi.person, language="id")
        link = await joining.sign_in_link(number)
    await sign_in.redeem(link, password)
    return number


async def test_a_password_is_taken_as_it_is_typed(house: Installation) -> None:
    """A hundred signs of any kind, without a rule, each of them counting; and a year later it still opens."""
    password = " Kuda-laut " + "é" * 80 + "\u2603 tanpa aturan "
    await account(house, password)
    assert len(password) > 100
    assert await sign_in.enter(EMAIL, password)
    for near in (password.strip(), password[:-1], password.lower(), password[:72]):
        with pytest.raises(Refused):
            await sign_in.enter(EMAIL, near)


async def test_no_answer_is_for_another_origin(house: Installation) -> None:
    admin, slug = await house.as_role(house.maju, SUPER), await house.slug(house.maju)
    for path in ("/", "/sign-in", f"/{slug}/people", "/me/", "/help", "/healthz", "/hooks/telegram", "/static/app.css"):
        answer = await admin.http.get(path, headers={"origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control-")], path
        for method in ("TRACE", "CONNECT", "PUT", "DELETE"):
            assert (await admin.http.request(method, path)).status_code in (400, 401, 403, 404, 405), (method, path)


async def test_answers_to_machines_are_no_pages(house: Installation) -> None:
    """What a hook or a probe says is never taken for a page, and every answer with words names their kind."""
    visitor = house.visitor()
    for path in ("/hooks/telegram", "/hooks/slack", "/hooks/whatsapp", "/healthz", "/readyz"):
        answer = await visitor.http.request("POST" if "hooks" in path else "GET", path, content=b"<script>1</script>")
        if answer.content:
            assert not answer.headers["content-type"].startswith("text/html"), path
        assert b"<script" not in answer.content, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
    for path in ("/", "/sign-in", "/terms"):
        assert (await visitor.get(path)).headers["content-type"].lower() == "text/html; charset=utf-8", path


async def test_signing_out_empties_what_the_browser_keeps(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    answer = await visitor.post("/sign-out")
    assert '"storage"' in answer.headers["clear-site-data"]
    assert "session=" in answer.headers["set-cookie"]


async def test_a_refused_sign_in_and_a_refused_page_are_logged(
    house: Installation,
    logged: io.StringIO,  # noqa: F811
) -> None:
    """What was tried, by whose account and at which page: without the address, the password or anything that was sent."""
    number = await account(house, "four unrelated words here")
    visitor = house.visitor()
    await visitor.post("/sign-in", email=EMAIL, password="kenaripassword")
    await visitor.post("/sign-in", email=EMAIL, password="four unrelated words here")
    await visitor.get(f"/{await house.slug(house.maju)}/audit")
    await visitor.http.post("/me/leave/new", data={"csrf": "kenaritoken"})
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    tried = [(one["state"], one["number"]) for one in lines if one["event"] == "sign_in"]
    assert tried == [("wrong", number), ("right", number)]
    refused = [(one["status"], one["route"], one["method"]) for one in lines if one["event"] == "request_refused"]
    assert (403, "/{company}/audit", "GET") in {(a, b.replace(":str", ""), c) for a, b, c in refused}
    assert any(one[2] == "POST" for one in refused)
    assert "kenari" not in logged.getvalue()
    assert EMAIL not in logged.getvalue()


def test_no_line_is_put_into_the_log(logged: io.StringIO) -> None:  # noqa: F811
    log.warning("thing", reason='one\n{"event": "forged"}\r\n\u2028\x1b[31mred')
    assert len(logged.getvalue().splitlines()) == 1
    assert json.loads(logged.getvalue())["event"] == "thing"
    assert "\x1b" not in logged.getvalue()
