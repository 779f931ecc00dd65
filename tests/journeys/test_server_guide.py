"""The guides of the server, word for word: from nothing to three channels over TLS, an upgrade, and the way back."""

import re
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.faults.books import until
from tests.journeys.server import ROOT, SITE, Server
from tests.journeys.test_readme import blocks
from tests.outside.serving import Hook
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp

GUIDES = "knowledge_base/operators"
PEOPLE = "employee_number,name,email,manager\n0001,Siti Aminah,hr@contoh.co.id,\n0002,Joko Widagdo,,0001\n"
# The newer release of the upgrade has one more table than ours.
NEWER = '''"""A table that only the newer release knows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "9999-newer"
VERSION = "1.38.0"
DESCRIPTION = "Something newer"
CHANGE = Change(
    id=ID, told=DESCRIPTION,
    statements=('create table "newer" ("id" {id})', 'alter table "inbound" add column "newer" varchar(9)'),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
'''

INSTALL, UPGRADE, APART = (blocks(f"{GUIDES}/{name}.md") for name in ("install", "upgrade", "scale_out"))
FIRST = ("packages", "folders", "program", "database", "settings", "migrate", "service", "tls", "company")


@pytest.fixture
def server(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[Server]:
    made = Server(tmp_path, postgres_url, redis_url)
    try:
        yield made
    finally:
        made.close()


def over_tls(server: Server) -> httpx.Client:
    """A client outside, which trusts the authority of this server's certificate and finds it by its name."""
    return httpx.Client(
        base_url=f"https://127.0.0.1:{server.tls}", headers={"host": SITE}, timeout=60,
        verify=ssl.create_default_context(cafile=str(server.authority)),
    )  # fmt: skip


def get(client: httpx.Client, path: str) -> httpx.Response:
    return client.get(path, extensions={"sni_hostname": SITE})


def bring(client: httpx.Client, hook: Hook) -> int:
    """What a platform posts, through the proxy."""
    return client.post(
        hook.path, content=hook.body, headers=hook.headers, extensions={"sni_hostname": SITE}
    ).status_code  # fmt: skip


def test_every_block_of_the_guides_is_run_here() -> None:
    assert tuple(INSTALL) == (*FIRST, "telegram", "slack", "whatsapp", "look", "copy")
    assert tuple(UPGRADE) == ("beside", "upgrade", "back")
    assert tuple(APART) == ("apart",)


@pytest.mark.needs("caddy", "curl")
@pytest.mark.timeout(600)
async def test_from_a_bare_server_to_three_channels_an_upgrade_and_back(server: Server) -> None:
    with Telegram() as telegram, Slack() as slack, WhatsApp() as whatsapp:
        said = {}
        for name in FIRST:
            if name == "company":
                (server.here / "var/lib/serambi/people.csv").write_text(PEOPLE)
            said[name] = server.types(INSTALL[name], SITE=SITE, FROM=str(ROOT))
            if name == "settings":
                apis = telegram.environ() | slack.environ() | whatsapp.environ()
                server.adds(
                    SERAMBI_PORT=str(server.ports["8000"]),
                    **{name: value for name, value in apis.items() if "_API" in name},
                )
        assert re.search(rf"https://{SITE}/\S+", said["company"]), "there is no sign-in link"
        codes = re.findall(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", said["company"])
        assert codes, said["company"]

        given = apis | {"SERAMBI_WHATSAPP_VERIFY_TOKEN": ""}
        for name in ("telegram", "slack", "whatsapp"):
            tokens = {key.removeprefix("SERAMBI_"): value for key, value in given.items() if f"_{name.upper()}" in key}
            said[name] = server.types(INSTALL[name], **tokens)
        assert f"https://{SITE}/hooks/telegram" in said["telegram"] and said["telegram"].count("ok  ") == 5
        telegram.secret = telegram.webhook["secret_token"]
        verify = re.findall("VERIFY_TOKEN=(.+)", said["whatsapp"])[0]
        server.types(INSTALL["look"])

        with over_tls(server) as outside:
            assert get(outside, "/metrics").status_code == 404, "the figures are for monitors inside"
            assert get(outside, "/healthz").status_code == 200
            asked = get(outside, f"/hooks/whatsapp?hub.mode=subscribe&hub.challenge=halo&hub.verify_token={verify}")
            assert asked.text == "halo"
            assert bring(outside, telegram.update(codes[0], 777)) == 200
            assert bring(outside, slack.event("halo", "U0777")) == 200
            assert bring(outside, whatsapp.message("halo", "6281200000777")) == 200
            await until(lambda: telegram.words("777"), "Telegram is answered", 60)
            await until(lambda: slack.words("D0777"), "Slack is answered", 60)
            await until(lambda: whatsapp.sent, "WhatsApp is answered", 60)
        assert "Siti" in telegram.last("777").words, "the code did not link the chat"

        server.types(INSTALL["copy"])
        assert [one.stat().st_size > 10_000 for one in (server.here / "var/backups/serambi").glob("*.backup")] == [True]

        server.types(UPGRADE["beside"], NEW="0.2.0")
        (server.here / "opt/serambi/releases/0.2.0/core/migrations/m9999_newer.py").write_text(NEWER)
        said["upgrade"] = watched(server, UPGRADE["upgrade"])
        assert "ran 9999-newer" in said["upgrade"]
        watched(server, UPGRADE["back"])
        assert (server.here / "opt/serambi/current").resolve().name == "0.1.0"
        with over_tls(server) as outside:
            before = len(telegram.words("777"))
            assert bring(outside, telegram.update("sisa cuti", 777)) == 200
            await until(lambda: len(telegram.words("777")) > before, "the older release answers", 60)

        server.types(APART["apart"])
        with over_tls(server) as outside:
            before = len(telegram.words("777"))
            assert bring(outside, telegram.update("sisa cuti", 777)) == 200
            await until(lambda: len(telegram.words("777")) > before, "the parts answer", 60)
            parts = [server.types(f"curl http://127.0.0.1:{port}/metrics") for port in (8000, 8001, 9100, 9101, 9102)]
        assert (server.here / "run/Caddyfile").read_text().count("127.0.0.1:") == 2, "the proxy knows both"
        told = [re.findall('parts="([^"]*)"', one) for one in parts]
        assert told == [["web"], ["web"], ["scheduler"], ["worker"], ["worker"]]
        assert telegram.refusals == []


def watched(server: Server, script: str) -> str:
    """Type this while somebody looks at a page ten times a second: nobody may notice."""
    over, answers = Event(), []

    def looks() -> None:
        with over_tls(server) as outside:
            while not over.wait(0.1):
                answers.append(get(outside, "/sign-in").status_code)

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(looks)
        try:
            printed = server.types(script)
        finally:
            over.set()
        looking.result()
    assert set(answers) == {200} and len(answers) > 2, answers
    return printed
