"""What stands before every page: tokens, origins, sizes, headers, files, and pages for what goes wrong."""

import gzip
import re
from pathlib import Path

import pytest

from backoffice.gate import TOKEN_PART
from backoffice.guards import is_inside
from core import database, settings
from core.accounts import joining
from core.accounts.roles import SUPER
from core.leave.policy import Period
from tests.backoffice.conftest import Installation
from tests.core.conftest import MONDAY


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    return f"sqlite:///{tmp_path / 'serambi.db'}"


async def test_a_form_without_its_token_is_refused(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    await visitor.get("/me/")
    for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        assert (await visitor.http.post("/chat", data={"words": "cuti besok", **fields})).status_code == 403


async def test_a_token_ends_with_its_session(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    token = await visitor.token()
    await visitor.post("/sign-out")
    assert (await visitor.http.post("/theme", data={"csrf": token, "theme": "dark"})).status_code == 403


async def test_a_token_of_another_browser_is_refused(house: Installation) -> None:
    budi, tono = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "tono")
    await budi.token()
    answer = await budi.http.post("/chat", data={"csrf": await tono.token(), "words": "cuti besok"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
async def test_a_form_sent_from_another_site_is_refused_even_with_its_token(
    house: Installation, headers: dict[str, str]
) -> None:
    visitor = await house.as_person(house.maju, "budi")
    token = await visitor.token()
    assert (
        await visitor.http.post("/theme", data={"csrf": token, "theme": "dark"}, headers=headers)
    ).status_code == 403
    ours = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert (await visitor.http.post("/theme", data={"csrf": token, "theme": "dark"}, headers=ours)).status_code == 303


@pytest.mark.parametrize(
    ("back", "there"),
    [
        ("/maju-bersama/people?q=budi", "/maju-bersama/people?q=budi"),
        ("/maju-bersama/people/some-one/invite", "/maju-bersama/people/some-one"),
        ("/maju-bersama/imports/file", "/maju-bersama/imports"),
        ("/me/", "/me/"),
        ("/chat/file", "/chat"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
    ],
)
async def test_a_choice_of_language_leads_back_to_a_page_that_can_be_opened(
    house: Installation, back: str, there: str
) -> None:
    visitor = await house.as_person(house.maju, "budi")
    for choice in ({"language": "en"}, {"theme": "dark"}):
        answer = await visitor.post("/" + next(iter(choice)), back=back, **choice)
        assert answer.status_code == 303
        assert answer.headers["location"] == there


async def test_the_script_sends_the_token_in_a_header(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    headers = {"x-csrf-token": await visitor.token()}
    assert (await visitor.http.post("/chat", data={"words": "sisa cuti"}, headers=headers)).status_code == 303


async def test_a_form_that_is_too_large_gets_a_page_that_says_so(house: Installation) -> None:
    visitor = house.visitor()
    answer = await visitor.post("/sign-in", email="a" * (1024 * 1024 + 1), password="x")
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


async def test_every_answer_carries_the_headers(house: Installation) -> None:
    visitor, slug = await house.as_role(house.maju, SUPER), await house.slug(house.maju)
    for path in ("/", "/sign-in", f"/{slug}/audit", "/me/", "/no-such-page", f"/{slug}/nothing"):
        answer = await visitor.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


async def test_cookies_are_for_this_site_alone_and_secure_over_https(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await house.visitor().get("/sign-in")
    assert answer.headers["set-cookie"].startswith("csrf=")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    keys = {"SERAMBI_SECRET_KEY": "k" * 32, "SERAMBI_MASTER_KEY": "k" * 32, "SERAMBI_BASE_URL": "https://hr.example"}
    monkeypatch.setattr(settings, "_current", settings.load(keys))
    answer = await house.visitor().get("/sign-in")
    assert answer.headers["set-cookie"].startswith("__Host-csrf=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_a_file_is_kept_by_its_version_and_compared_by_its_tag(house: Installation) -> None:
    visitor = house.visitor()
    page = (await visitor.get("/")).text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    kept = await visitor.get(address)
    assert "immutable" in kept.headers["cache-control"]
    plain = await visitor.get("/static/app.css", headers={"accept-encoding": "identity"})
    assert (plain.headers["cache-control"], kept.text) == ("public, no-cache", plain.text)
    again = await visitor.get("/static/app.css", headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(gzip.compress(plain.content)) < 11_000


@pytest.mark.parametrize(
    "path",
    [
        "../pages.py",
        "..%2fpages.py",
        "%2e%2e/gate.py",
        "/etc/passwd",
        "templates/base.html",
        "vendor",
        "",
        "app.css%00",
    ],
)
async def test_only_the_files_of_pages_are_served(house: Installation, path: str) -> None:
    assert (await house.visitor().get(f"/static/{path}")).status_code in (404, 400)


async def test_what_is_not_there_is_a_page_in_the_asker_s_language(house: Installation) -> None:
    english = await house.visitor(**{"accept-language": "en-GB,en;q=0.9,id;q=0.5"}).get("/nothing/at/all")
    assert (english.status_code, 'lang="en"' in english.text) == (404, True)
    assert "There is no such page" in english.text
    assert "tidak ada" in (await house.visitor(**{"accept-language": "id"}).get("/nothing/at/all")).text
    assert "tidak ada" in (await house.visitor(**{"accept-language": "nl"}).get("/nothing/at/all")).text


async def test_a_missing_role_is_named(house: Installation) -> None:
    budi, slug = await house.as_person(house.maju, "budi"), await house.slug(house.maju)
    page = (await budi.get(f"/{slug}/audit")).text
    assert "Super Administrator, Administrator atau Pejabat Pelindungan Data" in page


async def test_a_fault_of_ours_shows_a_number_and_nothing_of_what_went_wrong(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError("a secret that nobody may read")

    monkeypatch.setattr("core.leave.lots.balance", breaks)
    page = await (await house.as_person(house.maju, "budi")).get("/me/")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    assert "sebutkan nomor ini" in page.text


async def test_a_fragment_is_not_replaced_by_the_sign_in_form(house: Installation) -> None:
    answer = await house.visitor().get("/chat/lines", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-refresh"]) == (401, "true")


async def test_lines_that_are_shown_already_are_not_sent_again(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "sari")
    maju, day = house.maju, MONDAY.date().replace(day=22)
    await maju.asks(maju.budi, Period(day, day))
    page = (await visitor.get("/chat")).text
    fragment = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert (await visitor.get(fragment)).status_code == 204
    day = day.replace(day=23)
    await maju.asks(maju.tono, Period(day, day))
    assert "Tono" in (await visitor.get(fragment)).text


async def test_language_and_theme_are_kept_and_lead_back(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    assert (await visitor.post("/language", language="en", back="/me/leave")).headers["location"] == "/me/leave"
    assert "My leave" in (await visitor.get("/me/leave")).text
    await visitor.post("/theme", theme="dark", back="/me/")
    assert 'data-theme="dark"' in (await visitor.get("/me/")).text
    await visitor.post("/theme", theme="system", back="/me/")
    assert "data-theme" not in (await visitor.get("/me/")).text
    for away in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"):
        assert (await visitor.post("/language", language="id", back=away)).headers["location"] == "/"


@pytest.mark.parametrize(
    "path", ["/approvals?done=%00", "/audit?actor=a%00b", "/audit?before=9" + "9" * 20, "/audit?before=-1"]
)
async def test_what_no_database_takes_is_refused(house: Installation, path: str) -> None:
    visitor = await house.as_person(house.maju, "hendra")
    assert (await visitor.get(f"/{await house.slug(house.maju)}{path}")).status_code == 400


async def test_no_field_of_a_form_breaks_its_page(house: Installation) -> None:
    monday = MONDAY.date()
    asked = await house.maju.asks(house.maju.budi, Period(monday, monday))
    here = f"/{await house.slug(house.maju)}/approvals"
    sari, budi = await house.as_person(house.maju, "sari"), await house.as_person(house.maju, "budi")
    for version in ("9" * 20, str(2**40), "-1"):
        answer = await sari.post(f"{here}/{asked.public}", verdict="approve", version=version)
        assert answer.status_code == 400
    assert (await sari.post(f"{here}/a%00", verdict="approve", version="1")).status_code == 400
    assert (await budi.post("/chat", words="sisa cuti", id="\0")).status_code == 400
    assert (await budi.post("/chat", words="sisa cuti", id="k" * 5000)).status_code == 303


async def test_a_company_may_be_named_like_an_address_of_a_monitor(house: Installation) -> None:
    company, _ = await joining.add_company("PT Metrics Nusantara", "owner@metrics.example")
    async with database.transaction(company.id):
        account = await joining.join("boss@metrics.example", SUPER, person=None, language="id")
    assert (await (await house.as_account(account)).get(f"/{company.slug}/leave")).status_code == 200


@pytest.mark.parametrize("length", ["\u00b2", "9" * 4000, "-1", "x"])
async def test_a_length_that_is_no_number_does_not_stop_the_house(house: Installation, length: str) -> None:
    headers = {b"content-length": length.encode("latin-1")}
    answer = await house.visitor().http.post("/sign-in", content=b"a=b", headers=headers)
    assert answer.status_code in (400, 403, 413)


async def test_how_long_answers_take_is_measured_and_a_strange_method_is_one_of_many(house: Installation) -> None:
    visitor = house.visitor()

    async def measured() -> dict[str, float]:
        told = (await visitor.get("/metrics")).text
        rows = re.findall(r"^serambi_http_request_seconds_count(\{[^}]*\}) ([\d.]+)$", told, re.M)
        return {labels: float(count) for labels, count in rows}

    before = await measured()
    for _ in range(3):
        assert (await visitor.get("/healthz")).status_code == 200
    await visitor.http.request("HEAD", "/healthz")
    await visitor.http.request("BREW", "/healthz")
    await visitor.http.request("STIR", "/healthz")
    after = await measured()
    more = {labels: count - before.get(labels, 0) for labels, count in after.items() if count != before.get(labels, 0)}
    assert more['{method="GET",part="probes",status="200"}'] == 4, "with the look at the figures before"
    assert more['{method="HEAD",part="probes",status="200"}'] == 1
    assert sum(count for labels, count in more.items() if '"other"' in labels) == 2
    assert not any("BREW" in labels or "/" in labels for labels in after)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/hooks/telegram", "telegram"), ("/hooks/slack/events", "slack"), ("/hooks/whatsapp/k3y", "whatsapp"),
        ("/chat", "chat"), ("/chatter-jaya/people", "pages"), ("/metrics-nusantara/leave", "pages"),
        ("/static/app.css", "static"), ("/hooks/elsewhere", "pages"), ("/livestock-jaya/leave", "pages"),
    ],
)  # fmt: skip
async def test_what_was_asked_for_is_told_by_part_and_never_by_address(
    house: Installation, path: str, part: str
) -> None:
    async def counted() -> float:
        told = (await house.visitor().get("/metrics")).text
        rows = re.findall(rf'^serambi_http_request_seconds_count\{{[^}}]*part="{part}"[^}}]*\}} ([\d.]+)$', told, re.M)
        return sum(map(float, rows))

    before = await counted()
    await house.visitor().get(path)
    assert await counted() == before + 1


@pytest.mark.timeout(60)  # what read these again and again took minutes, in which nobody else was answered
async def test_what_strangers_send_is_read_once(house: Installation) -> None:
    stranger = house.visitor()
    token = await stranger.token()
    answer = await stranger.post("/language", back="/a" * 150_000, language="en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert not is_inside("/" + "a" * 5000)
    assert is_inside("/maju-bersama/people?q=sari&after=12") and is_inside("/" + "a/" * 20)
    parts = b'name="csrf"\r\nx\r\n' * 60_000
    assert TOKEN_PART.search(parts) is None
    assert TOKEN_PART.search(parts + b'name="csrf"\r\nContent-Type: text/plain\r\n\r\nabc\r\n') is not None
    many = await stranger.http.post(
        "/sign-in", content=f"csrf={token}&{'a=1&' * 6000}",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert many.status_code == 413
