"""Where nobody may have what happens sent to: what is refused when it is typed, and what when its name is looked up."""

import asyncio
import socket
import ssl
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from backoffice.api import calls_out
from core import database, settings
from core.errors import Refused
from core.programs import retries, signing, webhooks
from tests.backoffice.conftest import Installation
from tests.core.conftest import keys  # noqa: F401  pytest finds fixtures by name
from tests.outside.smtp import certificate

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
    "fe80::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "255.255.255.255", "192.0.0.8", "198.18.0.1", "fc00::1", "::",
)  # fmt: skip


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_leads_into_our_own_house_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    called: list[object] = []
    looked = [(socket.AF_INET, 1, 6, "", ("93.184.215.14", 443)), (socket.AF_INET6, 1, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: looked)
    monkeypatch.setattr(httpx.AsyncClient, "stream", lambda *given, **_: called.append(given))
    told = await calls_out.call("https://hooks.example.com/x", {}, b"{}")
    assert (told.error, called) == (retries.FORBIDDEN, [])


@pytest.mark.usefixtures("keys")
async def test_what_was_looked_at_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is looked up again is called where it led when it was looked at."""
    asked: list[str] = []

    def look(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("93.184.215.14" if len(asked) == 1 else "127.0.0.1", 443))]

    seen: list[Any] = []

    async def connect(_: object, host: str, port: int, **__: object) -> Any:
        seen.append((host, port))
        raise httpx.ConnectError("nobody")

    monkeypatch.setattr(socket, "getaddrinfo", look)
    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect, raising=False)
    monkeypatch.setattr("httpcore._backends.auto.AutoBackend.connect_tcp", connect)
    told = await calls_out.call("https://hooks.example.com/x", {}, b"{}")
    assert told.error in (retries.CONNECTION, retries.LOST)
    assert (asked, seen) == (["hooks.example.com"], [("93.184.215.14", 443)])


@pytest.mark.usefixtures("keys")
async def test_the_certificate_must_be_of_the_name_though_an_address_is_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = certificate(tmp_path, "hooks.example.com")
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file, f"{file}.key")
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ours)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setattr(calls_out, "_context", lambda: ssl.create_default_context(cafile=file))
    found = [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    named = "hooks.example.com,other.example.com"
    monkeypatch.setattr(settings, "_current", replace(settings.current(), webhook_hosts=named))
    async with server:
        told = await calls_out.call(f"https://hooks.example.com:{port}/a?b=c", {}, b"{}")
        other = await calls_out.call(f"https://other.example.com:{port}/", {}, b"{}")
    assert (told.status, told.error) == (204, None)
    assert (
        heads[0].startswith(b"POST /a?b=c HTTP/1.1") and f"host: hooks.example.com:{port}".encode() in heads[0].lower()
    )
    assert (other.error, len(heads)) == (retries.CERTIFICATE, 1)


async def test_no_call_is_made_inside_a_transaction(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        with pytest.raises(RuntimeError, match="transaction"):
            await calls_out.call("https://hooks.example.com/", {}, b"{}")


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://hooks.example.com/", "https_needed"), ("ftp://hooks.example.com/", "https_needed"),
        ("https://", "wrong_address"), ("", "wrong_address"), ("https://a@hooks.example.com/", "wrong_address"),
        ("https://hooks.example.com/#x", "wrong_address"), ("https://hooks.exämple.com/", "wrong_address"),
        ("https://hooks.example.com:x/", "wrong_address"), ("https://[::1", "wrong_address"),
        ("https://hooks.example.com/a b", "wrong_address"), ("https://hooks.example.com/\r\nX: y", "wrong_address"),
        ("https://evil.example\\@hooks.example.com/", "wrong_address"), ("https://hooks.example.com:22/", "wrong_port"),
        ("https://127.0.0.1/", "inside"), ("https://[::ffff:10.0.0.1]/", "inside"), ("https://localhost/", "inside"),
        ("https://2130706433/", "inside"), ("https://0x7f.0.0.1/", "inside"), ("https://127.1/", "inside"),
        ("https://intranet/", "inside"), ("https://metadata.google.internal/", "inside"), ("https://" + "a" * 600, "wrong_address"),
    ],
)  # fmt: skip
def test_addresses_that_nobody_may_have(address: str, why: str) -> None:
    with pytest.raises(Refused, match=f"webhooks.{why}"):
        webhooks.checked(address)


@pytest.mark.usefixtures("keys")
def test_addresses_that_are_fine() -> None:
    for one in ("https://hooks.example.com", "https://hooks.example.com:8443/a/b?c=d", "https://8.8.8.8/x"):
        assert webhooks.checked(f" {one} ") == one


def test_the_scheme_signs_as_its_specification_says() -> None:
    """The example of the specification's own libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    made = signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
