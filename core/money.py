"""Money is whole rupiah."""

from core.phrases import angka

Rupiah = int


def rupiah(amount: Rupiah, language: str) -> str:
    """`Rp1.305.958`, `Rp1,305,958`; less than nothing with its sign before it."""
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}Rp{angka(abs(amount), language)}"
