"""The privacy policy and the terms: the version that holds, what is announced, older ones, and what differs."""

from typing import Any

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Redirect

from backoffice import asker, markdown
from backoffice.asker import Web
from backoffice.rendering import page
from core import clock
from core.people.directory import DEFAULT_ZONE
from core.privacy import policies

# What a browser keeps of ours: the name without what https puts before it, how long, and whether it is a cookie.
KEPT = (
    ("session", "session", True), ("csrf", "session", True), ("language", "year", True), ("theme", "year", True),
    ("chat", "session", True), ("chat-csrf", "session", True), ("unsent", "session", False), ("keys", "stays", False),
)  # fmt: skip


class PoliciesController(Controller):
    """`/privacy`, `/terms`, `/cookies`."""

    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @get("/privacy")
    async def privacy(self, request: Web, version: FromQuery[str] = "", beside: FromQuery[str] = "") -> Response[str]:
        """The privacy policy."""
        return await _show(request, policies.PRIVACY, version, beside)

    @get("/terms")
    async def terms(self, request: Web, version: FromQuery[str] = "", beside: FromQuery[str] = "") -> Response[str]:
        """The terms of service."""
        return await _show(request, policies.TERMS, version, beside)

    @get("/cookies")
    async def cookies(self, request: Web) -> Response[str]:
        """What a browser keeps of ours: each by name, what for, how long; nothing that has to be agreed to."""
        return await page(request, "public/cookies.html", kept=KEPT)

    @get("/privasi")
    async def privasi(self) -> Response[Any]:
        """The same under its Indonesian name."""
        return Redirect("/privacy", status_code=303)

    @get("/syarat")
    async def syarat(self) -> Response[Any]:
        """The same under its Indonesian name."""
        return Redirect("/terms", status_code=303)


async def _show(request: Web, kind: str, version: str, beside: str) -> Response[str]:
    language, today = asker.of(request).language, clock.today(DEFAULT_ZONE)
    held, found = policies.in_force(kind, today), policies.known(kind, today)
    shown = _numbered(kind, version) if version else held
    other = _numbered(kind, beside) if beside else None
    told = None
    if other is not None:
        first, second = sorted((other, shown), key=lambda one: one.number)
        told = [(act, markdown.html(words)) for act, words in policies.difference(first, second, language)]
    return await page(
        request, "public/policy.html", kind=kind, shown=shown, held=held, versions=found, beside=other, told=told,
        coming=policies.coming(kind, today), body=markdown.html(shown.bodies[language]),
    )  # fmt: skip


def _numbered(kind: str, number: str) -> policies.Version:
    today = clock.today(DEFAULT_ZONE)
    one = policies.of(kind, int(number), today) if number.isascii() and number.isdigit() and len(number) < 5 else None
    if one is None:
        raise NotFoundException
    return one
