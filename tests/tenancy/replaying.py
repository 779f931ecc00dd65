"""Every request there can be, made from the application's own table of routes and from what its pages offer."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin
from urllib.parse import quote

import httpx
import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute

PART = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Door:
    """A route of the application, by one method."""

    method: str
    path: str
    handler: Any

    def at(self, **told: str) -> str:
        """Its address with these parts."""
        return PART.sub(
            lambda part: quote(told[part[1]] if part[1] in told else told[part[2] or "str"], safe=""), self.path
        )


def doors(app: Litestar) -> list[Door]:
    """Every route there is; one that is added tomorrow is among them."""
    found = [
        Door(method, route.path, route.route_handler_map[method][0])
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in ("HEAD", "OPTIONS")
    ]
    return sorted(found, key=lambda one: (one.path, one.method))


def filled(door: Door, number: int, text: str) -> dict[str, Any]:
    """What the form of this route asks for, an identifier in whatever can hold one; `text` is for what is words."""
    asked = door.handler.parsed_fn_signature.parameters.get("data")
    return {} if asked is None else _of(asked.annotation, number, text)


def _of(annotation: Any, number: int, text: str) -> dict[str, Any]:
    for one in _unwrapped(annotation):
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            return {each.encode_name: _value(each.type, number, text) for each in msgspec.structs.fields(one)}
    return {}


def _unwrapped(annotation: Any) -> Iterator[Any]:
    yield annotation
    for one in get_args(annotation):
        yield from _unwrapped(one)


def _value(annotation: Any, number: int, text: str) -> Any:
    kinds = list(_unwrapped(annotation))
    inner = text if str in kinds else number if int in kinds else "1"
    return [inner] if any(get_origin(one) in (list, tuple, set) for one in kinds) else inner


def said(answer: httpx.Response) -> str:
    """All that an answer says, with what lies packed in it."""
    told = [str(answer.headers.get("location", "")), answer.content.decode("utf-8", "replace")]
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            told += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(told)
