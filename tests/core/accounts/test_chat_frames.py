"""Which address a page has that may frame the chat, however it was pasted."""

import pytest

from core import settings
from core.accounts import frames
from core.errors import Refused

INTRANET = "https://intranet.example.com"
pytestmark = pytest.mark.usefixtures("keys")


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://intranet.example.com", INTRANET),
        ("INTRANET.example.com:443/x#y", INTRANET),
        ("https://b\u00fccher.example", "https://xn--bcher-kva.example"),
        ("http://intranet:8080/", "http://intranet:8080"),
    ],
)
def test_an_address_as_people_paste_it_is_understood(typed: str, origin: str) -> None:
    assert frames.origin_of(typed) == origin


def test_over_https_a_page_without_it_and_our_own_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings.load({"SERAMBI_BASE_URL": "https://hr.example", "SERAMBI_MASTER_KEY": "x" * 40})
    monkeypatch.setattr(settings, "_current", made)
    for typed in ("http://intranet.example", "https://hr.example/chat"):
        with pytest.raises(Refused):
            frames.origin_of(typed)
