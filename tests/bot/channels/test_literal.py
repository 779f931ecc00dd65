"""What people typed into a card is shown as they typed it: no sign of theirs styles it, nor what stands around it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.literal import as_typed, in_slack, in_whatsapp
from bot.channels.slack import Slack
from bot.channels.slack_blocks import window
from bot.channels.whatsapp import WhatsApp
from core.messaging.messages import Choice, Enclosing, Message

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


TYPED = "> kata Hendra\n- satu\n* dua\n 1. tiga\n:tada: jam 10:30:00, lihat http://127.0.0.1:8000/a:b: ya"


def test_slack_makes_no_emoji_and_no_quotation_of_what_was_typed() -> None:
    told = in_slack(TYPED)
    assert told.splitlines()[0] == "˃ kata Hendra"
    assert "꞉tada:" in told and "10꞉30:00" in told and "http://127.0.0.1:8000/a:b:" in told
    assert in_slack("Sampai: Jumat, a:b") == "Sampai: Jumat, a:b"
    for block in Slack().render(Message("x", f"{'x' * 2990}\n{'y' * 20} > z", title=":ok: C-121"))["blocks"]:  # type: ignore[attr-defined]
        assert not block["text"]["text"].startswith("&gt;") and ":ok:" not in block["text"]["text"]


def test_slack_reads_no_emoji_in_a_button_or_a_window() -> None:
    told = json.dumps(Slack().render(Message("x", "?", (Choice(":tada: Budi", "a:1"),))), ensure_ascii=False)
    assert "꞉tada: Budi" in told
    shown = json.dumps(window(Message("x", "Alasan :ok:", title=":ok:", dialog="a:1")), ensure_ascii=False)
    assert ":ok:" not in shown


def test_whatsapp_makes_no_list_and_no_quotation_of_what_was_typed() -> None:
    told = in_whatsapp(TYPED)
    assert told.splitlines()[:4] == ["˃ kata Hendra", "‐ satu", "∗ dua", " 1․ tiga"]
    assert ":tada: jam 10:30:00" in told, "WhatsApp knows no names of emoji"
    for same in ("-5 hari", "1.5 juta", "2 - 3 hari", "*", "a > b", "3.000 x 2. Ya"):
        assert in_whatsapp(same) == as_typed(same), same
    shown = json.dumps(WhatsApp().render(Message("x", "- a", (Choice("Ya", "a:1"),))), ensure_ascii=False)
    assert '"‐ a"' in shown
    below = WhatsApp().render(Message("x", "- a", file=Enclosing("a.pdf", "application/pdf", b"%PDF")))
    assert "‐ a" in json.dumps(below, ensure_ascii=False), "below a file as well"
