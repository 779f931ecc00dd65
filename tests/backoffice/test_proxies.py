"""Where a request comes from, when a proxy stands in front: told by our own proxy, and by nobody else."""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

import serambi
from core.settings import Settings

CADDY, STRANGER, OFFICE = "172.18.0.5", "203.0.113.9", "198.51.100.4"


async def seen(proxies: str, *, peer: str, told: str) -> str:
    """From where the application sees a request of this peer that names these addresses."""
    found: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.append(scope["client"][0])

    config = serambi.web_config(app, replace(Settings(), proxies=proxies))
    config.load()
    headers = [(b"x-forwarded-for", told.encode())] if told else []
    scope = {"type": "http", "asgi": {"version": "3.0"}, "client": (peer, 1), "headers": headers, "scheme": "http"}
    await cast(Any, config.loaded_app)(scope, None, None)
    return str(found[0])


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "there"),
    [
        ("172.16.0.0/12", CADDY, OFFICE, OFFICE),  # in the containers' network
        ("127.0.0.1,::1", "127.0.0.1", OFFICE, OFFICE),  # on the same machine
        ("172.16.0.0/12", CADDY, f"{STRANGER}, {OFFICE}", OFFICE),  # what the visitor put before it is not believed
        ("127.0.0.1,::1", STRANGER, OFFICE, STRANGER),  # nobody says it of himself
        ("", "127.0.0.1", OFFICE, "127.0.0.1"),
        ("172.16.0.0/12", CADDY, "", CADDY),
    ],
)
async def test_only_our_own_proxy_says_where_somebody_is(proxies: str, peer: str, told: str, there: str) -> None:
    assert await seen(proxies, peer=peer, told=told) == there


def test_every_layout_with_a_proxy_names_it() -> None:
    for name in ("compose.yaml", "compose.scale-out.yaml"):
        assert (
            "SERAMBI_PROXIES: ${SERAMBI_PROXIES:-172.16.0.0/12}"
            in (Path(serambi.__file__).parent / "docker" / name).read_text()
        )
