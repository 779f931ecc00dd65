"""What is sealed opens only where it was sealed, with the key it was sealed with."""

import base64

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from core import settings, vault
from core.vault import blind_index, seal, unseal

pytestmark = pytest.mark.usefixtures("keys")
COLUMN = "person.nik"


@given(st.text(max_size=300))
def test_what_is_sealed_comes_back(words: str) -> None:
    assert unseal(seal(words, company=1, column=COLUMN), company=1, column=COLUMN) == words


def test_an_envelope_shows_nothing_and_is_never_the_same_twice() -> None:
    first, second = (seal("3175010101900001", company=1, column=COLUMN) for _ in range(2))
    assert first != second
    assert "3175" not in first
    assert b"3175" not in base64.urlsafe_b64decode(first.removeprefix(vault.MARK))


@pytest.mark.parametrize(
    ("company", "column"), [(2, COLUMN), (1, "person.npwp"), (1, "assignment.nik"), (11, COLUMN), (0, COLUMN)]
)
def test_moved_to_another_company_or_column_it_stays_shut(company: int, column: str) -> None:
    envelope = seal("3175010101900001", company=1, column=COLUMN)
    with pytest.raises(InvalidTag):
        unseal(envelope, company=company, column=column)


def test_with_another_master_key_it_stays_shut() -> None:
    envelope = seal("3175010101900001", company=1, column=COLUMN)
    settings.use(settings.load({"SERAMBI_MASTER_KEY": "another-key-for-tests-0123456789abcdef"}))
    with pytest.raises(InvalidTag):
        unseal(envelope, company=1, column=COLUMN)


def test_a_changed_envelope_stays_shut() -> None:
    envelope = seal("3175010101900001", company=1, column=COLUMN)
    box = bytearray(base64.urlsafe_b64decode(envelope.removeprefix(vault.MARK)))
    box[-1] ^= 1
    with pytest.raises(InvalidTag):
        unseal(vault.MARK + base64.urlsafe_b64encode(bytes(box)).decode(), company=1, column=COLUMN)


@pytest.mark.parametrize("stored", ["", "3175010101900001", "s1.m0.AAAA", "s2.m1.AAAA"])
def test_what_is_no_envelope_of_ours_is_named(stored: str) -> None:
    with pytest.raises(ValueError, match=COLUMN):
        unseal(stored, company=1, column=COLUMN)


def test_an_index_finds_the_same_value_and_tells_nothing_else() -> None:
    here = blind_index("budi@maju.example", field="email")
    assert here == blind_index("  Budi@Maju.Example ", field="email")
    assert here != blind_index("budi@maju.example", field="phone")
    assert here != blind_index("sari@maju.example", field="email")
    assert "budi" not in here


def test_an_index_cannot_be_guessed_without_the_key() -> None:
    here = blind_index("budi@maju.example", field="email")
    settings.use(settings.load({"SERAMBI_MASTER_KEY": "another-key-for-tests-0123456789abcdef"}))
    assert blind_index("budi@maju.example", field="email") != here
