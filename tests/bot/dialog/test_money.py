"""Amounts of rupiah as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import money


@pytest.mark.parametrize(
    "sentence, amount",
    [
        ("kasbon 3jt bs ga", 3_000_000), ("Rp1.500.000", 1_500_000), ("1,5 juta", 1_500_000), ("500rb", 500_000), ("sejuta", 1_000_000),
        ("sejuta setengah", 1_500_000), ("2 juta setengah", 2_500_000), ("dua juta lima ratus ribu", 2_500_000), ("setengah juta", 500_000),
        ("rp 750 ribu", 750_000), ("15k", 15_000), ("pinjam 2.500.000 dong", 2_500_000), ("1.5 million", 1_500_000),
        ("seratus ribu", 100_000), ("lima ratus ribu", 500_000), ("IDR 2,000,000", 2_000_000), ("1.284.000,00", 1_284_000),
        ("dua belas juta", 12_000_000),
    ],
)  # fmt: skip
def test_an_amount(sentence: str, amount: int) -> None:
    assert money.find(sentence) == amount


@pytest.mark.parametrize(
    "sentence", ["cuti 3 hari", "12-14 agustus", "tgl 20", "jam 3", "08123456789", "5 orang", "", "juta juta"]
)
def test_no_amount(sentence: str) -> None:
    assert money.find(sentence) is None


@given(st.integers(1, 999_999), st.sampled_from(["Rp{:,}", "rp {:,}", "idr {:,}"]), st.booleans())
def test_grouped_figures_come_back(thousands: int, shape: str, english: bool) -> None:
    amount = thousands * 1_000
    said = shape.format(amount)
    assert money.find(said if english else said.replace(",", ".")) == amount
