"""Markdown as a page: headings, lists, tables, code, links; no HTML of an author, no pictures, no address that runs."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TWIN = re.compile(r"(?:\.\./\w+/)?([a-z0-9-]+)\.(?:id|en)\.md(#[\w-]*)?")
_INSIDE = re.compile(r"/(?![/\\])[\w/.?=&#-]*")


def html(text: str) -> Markup:
    """The text as HTML that can do no harm: what is no Markdown of ours is shown as it was written."""
    tokens = _reader().parse(text)
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                _lead(inner)
    # What markdown-it escapes it escapes itself; HTML is switched off in it.
    return Markup(_reader().renderer.render(tokens, _reader().options, {}))  # noqa: S704


def _lead(link: Token) -> None:
    """A link to another article stays here; one to elsewhere says nothing of where it was followed."""
    href = str(link.attrs.get("href", ""))
    if twin := _TWIN.fullmatch(href):
        link.attrs["href"] = f"/help/{twin[1]}{twin[2] or ''}"
    elif urlsplit(href).scheme in ("http", "https"):
        link.attrs |= {"rel": "noopener noreferrer", "target": "_blank"}
    elif not _INSIDE.fullmatch(href) and not href.startswith(("#", "mailto:")):
        link.attrs["href"] = "#"


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    return made.enable("table").disable(["image", "html_block", "html_inline"])
