"""Turns a template and its facts into a page in the asker's language. No words here: they come by key."""

import hashlib
import secrets
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar.enums import MediaType
from litestar.params import PathParameter, QueryParameter
from litestar.response import Response
from markupsafe import Markup

from backoffice import asker, gate, guards, menu
from backoffice.asker import Connection
from core import clock, phrases
from core.errors import Refused

HERE = Path(__file__).parent
ZONE = "Asia/Jakarta"
MOST_NUMBER = 2**31 - 1  # what a database takes as the number of a row
After = Annotated[int, QueryParameter(ge=0, le=MOST_NUMBER)]  # the row after which a list goes on
Number = Annotated[int, PathParameter(ge=1, le=MOST_NUMBER)]  # of a row, as a part of an address
LONGEST_NUMBER = 10  # digits
TWINS = {"/": "/en", "/en": "/"}


async def page(
    connection: Connection, template: str, *, status: int = 200, framed: bool = True, **facts: Any
) -> Response[str]:
    """The page of this template for whoever asks; `framed` puts the menu beside it."""
    who = asker.of(connection)
    frame = await menu.frame(connection) if framed and who.signed else menu.NONE
    facts.setdefault("place", frame.place)
    facts.setdefault("zone", frame.zone or ZONE)
    words = environment().get_template(template).render(
        asker=who, language=who.language, other="en" if who.language == "id" else "id", twin=TWINS.get(who.path),
        menu=frame.groups, account=frame.account, status=status, guest=guards.guest(connection), **facts,
    )  # fmt: skip
    return Response(words, status_code=status, media_type=MediaType.HTML)


def bare(connection: Connection, template: str, *, status: int = 200, **facts: Any) -> Response[str]:
    """A page outside the gate: for faults that arise before it. It carries the headers itself."""
    who, frame = asker.of(connection), menu.kept(connection)
    if who.frame is not None:
        template = "frame/fault.html"
    words = environment().get_template(template).render(
        asker=who, language=who.language, other="en" if who.language == "id" else "id", twin=None, menu=frame.groups,
        account=frame.account, place=frame.place, zone=frame.zone or ZONE, status=status, guest=None, **facts,
    )  # fmt: skip
    answer = Response(words, status_code=status, media_type=MediaType.HTML)
    for name, value in gate.headers_for(who).items():
        answer.headers[name] = value
    answer.headers["cache-control"] = "no-store"
    if who.seed_is_new:
        answer.headers["set-cookie"] = gate.seed_cookie(who)
    return answer


def says(connection: Connection, key: str, **facts: Any) -> str:
    """A phrase in the asker's language."""
    return phrases.phrase(key, asker.of(connection).language, **facts)


def refusal(connection: Connection, no: Refused, zone: str) -> str:
    """A rule's no in words, its facts as people write them."""
    return phrases.refused(no, asker.of(connection).language, zone)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with the phrases and their filters; an unknown name raises."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(
        t=_t, hari=_hari, plus=_plus, angka=_angka, tanggal=_tanggal, tanggal_pendek=_tanggal_pendek, saat=_saat,
        jam_saja=_jam_saja, file=_file, keys_sheet=_keys_sheet, fresh_id=lambda: secrets.token_hex(16),
    )  # fmt: skip
    return made


@pass_context
def _keys_sheet(context: Context) -> Markup:
    """The sheet of keys: the same for everybody with the same menu, and long, so it is drawn once for all of them."""
    entries = tuple((item.key, item.label) for group in context["menu"] for item in group.entries)
    at_desk = "/tickets" in context["asker"].path and "company" in context
    return _sheet(context["language"], entries, at_desk)


@lru_cache(maxsize=128)
def _sheet(language: str, entries: tuple[tuple[str, str], ...], at_desk: bool) -> Markup:
    drawn = environment().get_template("_parts/keys.html").render(language=language, entries=entries, at_desk=at_desk)
    return Markup(drawn)  # noqa: S704  what stands in it is escaped already


@pass_context
def _t(context: Context, key: str, **facts: Any) -> str:
    return phrases.phrase(key, context["language"], **facts)


@pass_context
def _hari(context: Context, thousandths: int) -> str:
    return phrases.hari(thousandths, context["language"])


@pass_context
def _plus(context: Context, thousandths: int) -> str:
    return f"{'+' if thousandths > 0 else ''}{phrases.hari(thousandths, context['language'])}"


@pass_context
def _angka(context: Context, number: int) -> str:
    return phrases.angka(number, context["language"])


@pass_context
def _tanggal(context: Context, day: date) -> str:
    return phrases.tanggal(day, context["language"], today=clock.today(context["zone"]))


@pass_context
def _tanggal_pendek(context: Context, day: date) -> str:
    return phrases.tanggal_pendek(day, context["language"], today=clock.today(context["zone"]))


@pass_context
def _saat(context: Context, instant: datetime) -> str:
    return phrases.saat(instant, context["zone"], context["language"])


@pass_context
def _jam_saja(context: Context, instant: datetime) -> str:
    """The clock without its zone, where a whole talk lives by one."""
    return phrases.jam(instant, context["zone"], context["language"]).partition(" ")[0]


def whole(told: str, most: int = MOST_NUMBER) -> int | None:
    """The number that was typed into a box, or sent by a form; None where it is none, or more than there can be."""
    plain = told.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_NUMBER):
        return None
    return number if (number := int(plain)) <= most else None


def _file(name: str) -> str:
    return f"/static/{name}?v={_version(name)}"


@lru_cache(maxsize=32)
def _version(name: str) -> str:
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:12]
