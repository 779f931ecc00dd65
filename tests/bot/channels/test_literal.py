"""What people typed into a card is shown as they typed it: no sign of theirs styles it, nor what stands around it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.literal import as_typed
from bot.channels.slack import Slack
from bot.channels.whatsapp import WhatsApp
from core.messaging.messages import Message

# How both platforms read a style: a sign at the edge of a word, its twin at the edge of a later one.
STYLED = re.compile(r"(?:^|[\s\W])([*_~`])(?=\S)(?:[^\n]*?\S)?\1(?=$|[\s\W])", re.MULTILINE)
ATTACK = "*Disetujui oleh Hendra* _lihat_ ~batal~ `kode` <!channel> <http://x.example|klik> (*tebal*)"


@pytest.mark.parametrize(
    "typed", ["2 * 3 * 4", "laporan_akhir_juli.pdf", "2*3*4", "* susu, * roti", "a_b@maju.example"]
)
def test_what_styles_nothing_stays_letter_by_letter(typed: str) -> None:
    assert as_typed(typed) == typed


def test_what_would_style_looks_the_same_and_styles_nothing() -> None:
    assert as_typed("*tebal* dan _miring_, ~coret~, ```kode```") == "∗tebal∗ dan ˍmiringˍ, ∼coret∼, ˋˋˋkodeˋˋˋ"
    assert not STYLED.search(as_typed(ATTACK)) and STYLED.search(ATTACK)


def test_an_address_leads_where_it_led() -> None:
    for link in ("https://serambi.example/sign-in/_aB-c_", "http://127.0.0.1:8000/reset/a*b_"):
        assert as_typed(f"Buka {link} sekarang") == f"Buka {link} sekarang"
        assert as_typed(f"_{link}_").startswith("ˍhttp")


@given(st.text("ab *_~`.\n(", max_size=40))
def test_nothing_typed_is_styled(typed: str) -> None:
    assert len(as_typed(typed)) == len(typed)
    assert not STYLED.search(as_typed(typed))


@pytest.mark.parametrize("channel", [Slack(), WhatsApp()])
def test_a_card_shows_a_reason_as_it_was_typed(channel: Slack | WhatsApp) -> None:
    told = json.dumps(channel.render(Message("x", ATTACK, title="Cuti _Budi_")), ensure_ascii=False)
    assert "∗Disetujui oleh Hendra∗ ˍlihatˍ" in told and "Cuti ˍBudiˍ" in told
    if isinstance(channel, Slack):
        assert "<!channel>" not in told and "&lt;!channel&gt;" in told and "<http" not in told
