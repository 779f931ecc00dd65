"""A place named after a city gets that city's clock."""

import pytest

from core.people.cities import zone_of


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Makassar", "Asia/Makassar"), ("Cabang Denpasar", "Asia/Makassar"), ("Gudang Balikpapan 2", "Asia/Makassar"),
        ("JAYAPURA", "Asia/Jayapura"), ("Kantor Ambon", "Asia/Jayapura"), ("Solo", "Asia/Jakarta"),
        ("Kantor", "Asia/Jakarta"), ("Jl. Makassar 5, Jakarta", "Asia/Jakarta"), ("Ambon dan Palu", "Asia/Jakarta"),
        ("Kalimantan Barat", "Asia/Jakarta"), ("Balige", "Asia/Jakarta"), ("Bimasakti", "Asia/Jakarta"),
    ],
)  # fmt: skip
def test_a_place_has_the_clock_of_the_city_it_is_named_after(place: str, zone: str) -> None:
    assert zone_of(place) == zone
