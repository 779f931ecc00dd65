"""A program of a company, as tests let it ask."""

import json
from typing import Any, cast

import httpx
from litestar import Litestar

from core import database
from core.audit import Actor
from core.programs import tokens
from core.programs.scopes import SCOPES
from tests.backoffice.conftest import HERE, Installation
from tests.core.cast import Cast

V1 = "/api/v1"
MAKER = Actor("command", "command")


class Program:
    """Something that holds a token and speaks JSON."""

    def __init__(self, app: Litestar, secret: str | None, **headers: str) -> None:
        held = {"authorization": f"Bearer {secret}"} if secret else {}
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=cast(Any, app), raise_app_exceptions=False), base_url=HERE,
            headers=held | headers,
        )  # fmt: skip

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return checked(await self.http.get(V1 + path, **more))

    async def send(self, method: str, path: str, body: object, **headers: str) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"content-type": "application/json"} | headers
        return checked(await self.http.request(method, V1 + path, content=raw, headers=told))

    async def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        return await self.send("POST", path, body, **headers)


def checked(answer: httpx.Response) -> httpx.Response:
    """What every answer must be: numbered, not to be kept or sniffed, and a problem where it is one."""
    assert len(answer.headers["x-request-id"]) == 16
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["status"] == answer.status_code and told["title"] and told["detail"]
        assert told["request_id"] == answer.headers["x-request-id"]
        assert answer.status_code < 500, told
    return answer


async def secret_of(cast_: Cast, *scopes: str, days: int = 30, name: str = "Penggajian") -> str:
    """The secret of a new token of this company."""
    async with database.transaction(cast_.company):
        return (await tokens.make(name, scopes or SCOPES, days, by=MAKER))[1]


async def program(house: Installation, cast_: Cast, *scopes: str, **headers: str) -> Program:
    """A program with these scopes, or all."""
    return Program(house.app, await secret_of(cast_, *scopes), **headers)
