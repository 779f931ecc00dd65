"""What is sealed opens only where it was sealed, for whom it was sealed, with the keys it was sealed with."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from core import settings, vault
from core.key_store import PostgresStore, Step
from core.keyring import Destroyed, UnknownKey, derive
from core.people.tables import Person
from core.vault import blind_index, seal, unseal
from core.wrapping import WrongMaster
from tests.core.conftest import MASTER

pytestmark = pytest.mark.usefixtures("keys")
COLUMN = "person.nik"
NIK = "3175010101900001"


@pytest.fixture
def own_store(keys: None, tmp_path: Path) -> Iterator[Path]:
    """A key store of this test alone, where keys may be destroyed."""
    before = settings.current()
    settings.use(replace(before, keys=str(tmp_path / "keys.db")))
    yield tmp_path / "keys.db"
    settings.use(before)


@given(st.text(max_size=300))
def test_what_is_sealed_comes_back(words: str) -> None:
    assert unseal(seal(words, company=1, column=COLUMN), company=1, column=COLUMN) == words
    assert unseal(seal(words, company=1, column=COLUMN, subject=7), company=1, column=COLUMN, subject=7) == words


@given(st.dictionaries(st.sampled_from(("nik", "npwp", "bank")), st.text(max_size=40)), st.none() | st.just(7))
def test_a_row_sealed_at_once_opens_cell_by_cell(cells: dict[str, str], subject: int | None) -> None:
    sealed = vault.seal_row(cells, company=1, table="person", subject=subject)
    assert {
        name: unseal(one, company=1, column=f"person.{name}", subject=subject) for name, one in sealed.items()
    } == cells
    assert len({base64.urlsafe_b64decode(one.rpartition(".")[2])[:12] for one in sealed.values()}) == len(cells), (
        "nonces"
    )


def test_an_envelope_shows_nothing_and_is_never_the_same_twice() -> None:
    first, second = (seal(NIK, company=1, column=COLUMN, subject=7) for _ in range(2))
    assert first != second
    assert "3175" not in first
    assert b"3175" not in base64.urlsafe_b64decode(first.rpartition(".")[2])


@pytest.mark.parametrize(
    ("company", "column"), [(2, COLUMN), (1, "person.npwp"), (1, "assignment.nik"), (11, COLUMN), (0, COLUMN)]
)
@pytest.mark.parametrize("subject", [None, 7])
def test_moved_to_another_company_or_column_it_stays_shut(company: int, column: str, subject: int | None) -> None:
    envelope = seal(NIK, company=1, column=COLUMN, subject=subject)
    with pytest.raises(InvalidTag):
        unseal(envelope, company=company, column=column, subject=subject)


def test_moved_to_another_person_it_stays_shut() -> None:
    envelope = seal(NIK, company=1, column=COLUMN, subject=7)
    with pytest.raises(InvalidTag):
        unseal(envelope, company=1, column=COLUMN, subject=8)
    with pytest.raises(ValueError, match="subject="):
        unseal(envelope, company=1, column=COLUMN)


def test_under_the_key_of_another_it_stays_shut() -> None:
    mine, theirs = (seal(NIK, company=1, column=COLUMN, subject=person) for person in (7, 8))
    swapped = theirs.rpartition(".")[0] + "." + mine.rpartition(".")[2]
    with pytest.raises(InvalidTag):
        unseal(swapped, company=1, column=COLUMN, subject=8)


def test_with_another_master_key_it_stays_shut() -> None:
    envelope = seal(NIK, company=1, column=COLUMN, subject=7)
    settings.use(replace(settings.current(), master_key="another-key-for-tests-0123456789abcdef"))
    with pytest.raises(WrongMaster):
        unseal(envelope, company=1, column=COLUMN, subject=7)


def test_without_its_key_store_it_stays_shut(tmp_path: Path) -> None:
    envelope = seal(NIK, company=1, column=COLUMN, subject=7)
    settings.use(replace(settings.current(), keys=str(tmp_path / "empty.db")))
    with pytest.raises(UnknownKey, match="SERAMBI_KEYS"):
        unseal(envelope, company=1, column=COLUMN, subject=7)


def test_a_changed_envelope_stays_shut() -> None:
    head, _, told = seal(NIK, company=1, column=COLUMN).rpartition(".")
    box = bytearray(base64.urlsafe_b64decode(told))
    box[-1] ^= 1
    with pytest.raises(InvalidTag):
        unseal(f"{head}.{base64.urlsafe_b64encode(bytes(box)).decode()}", company=1, column=COLUMN)


@pytest.mark.parametrize("stored", ["", NIK, "s1.AAAA", "s2.m1.AAAA"])
def test_what_is_no_envelope_of_ours_is_named(stored: str) -> None:
    with pytest.raises(ValueError, match=COLUMN):
        unseal(stored, company=1, column=COLUMN)


def test_what_was_sealed_before_there_was_a_store_still_opens(own_store: Path) -> None:
    raw = derive(MASTER, "company:1")
    nonce = b"0123456789ab"
    box = AESGCM(raw).encrypt(nonce, NIK.encode(), f"1|{COLUMN}|m1".encode())
    old = "s1.m1." + base64.urlsafe_b64encode(nonce + box).decode()
    index = derive(MASTER, "index:email")
    vault.keyring().found(adopting=MASTER)
    assert unseal(old, company=1, column=COLUMN) == NIK
    assert unseal(old, company=1, column=COLUMN, subject=7) == NIK, "a caller that names the person finds it too"
    assert vault.keyring().index(0, "email") == index, "addresses are found by the indexes they have"


# -- what a person's own key is for


def test_a_destroyed_key_shuts_everything_about_one_person_and_nothing_else(own_store: Path) -> None:
    theirs = [seal(NIK, company=1, column=column, subject=7) for column in (COLUMN, "outbound.payload")]
    others = seal(NIK, company=1, column=COLUMN, subject=8), seal(NIK, company=2, column=COLUMN, subject=7)
    vault.destroy(1, 7)
    for envelope, column in zip(theirs, (COLUMN, "outbound.payload"), strict=True):
        with pytest.raises(Destroyed):
            unseal(envelope, company=1, column=column, subject=7)
    with pytest.raises(Destroyed):
        seal("again", company=1, column=COLUMN, subject=7)
    assert unseal(others[0], company=1, column=COLUMN, subject=8) == NIK
    assert unseal(others[1], company=2, column=COLUMN, subject=7) == NIK


def test_a_destroyed_key_is_not_in_the_file_any_more(own_store: Path) -> None:
    seal(NIK, company=1, column=COLUMN, subject=7)
    ((wrapped,),) = vault.keyring().store.rows("select wrapped from subject_key where subject = ?", 7)
    assert wrapped.encode() in own_store.read_bytes()
    vault.destroy(1, 7)
    assert wrapped.encode() not in own_store.read_bytes()
    assert list(own_store.parent.iterdir()) == [own_store], "no journal keeps it either"


def test_another_process_notices_that_a_key_was_destroyed(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    envelope = seal(NIK, company=1, column=COLUMN, subject=7)
    here = vault.keyring()
    vault._ring = vault._made = None  # what another process begins with
    vault.destroy(1, 7)
    vault.close()
    vault._ring, vault._made = here, settings.current()
    monkeypatch.setattr(here, "_look_at", 0.0)
    with pytest.raises(Destroyed):
        unseal(envelope, company=1, column=COLUMN, subject=7)


def test_many_keys_are_made_with_one_write(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.prepare(1, [1])
    written: list[object] = []
    store, write = vault.keyring().store, vault.keyring().store.write

    def counted(*steps: Step) -> None:
        written.append(steps)
        write(*steps)

    monkeypatch.setattr(store, "write", counted)
    vault.prepare(1, range(1, 2001))
    for person in range(1, 2001):
        seal(NIK, company=1, column=COLUMN, subject=person)
    assert len(written) == 1


def test_the_store_is_for_its_owner_only(own_store: Path) -> None:
    seal(NIK, company=1, column=COLUMN)
    assert own_store.stat().st_mode & 0o077 == 0


# -- the column


def test_a_sealed_column_takes_only_envelopes_and_shows_none() -> None:
    with pytest.raises(ValueError, match="nik takes only what was sealed"):
        Person(company=1, _exists_in_db=True, nik=NIK)
    person = Person(company=1, _exists_in_db=True, nik=seal(NIK, company=1, column=COLUMN, subject=7))
    assert repr(person.nik) == "<sealed>"
    assert f"{[person.nik]}" == "[<sealed>]"
    assert unseal(person.nik, company=1, column=COLUMN, subject=7) == NIK


# -- finding again


def test_an_index_finds_the_same_value_and_tells_nothing_else() -> None:
    here = blind_index("budi@maju.example", field="email")
    assert here == blind_index("  Budi@Maju.Example ", field="email")
    assert here != blind_index("budi@maju.example", field="phone")
    assert here != blind_index("sari@maju.example", field="email")
    assert "budi" not in here
    assert len(here) == 32


@pytest.mark.parametrize(
    ("field", "spellings"),
    [
        ("nik", ("3175010101900001", " 3175-0101-0190-0001 ", "3175 0101 0190 0001")),
        ("npwp", ("012345678901000", "01.234.567.8-901.000", "0012345678901000")),
        ("phone", ("08123456789", "+62 812-3456-789", "62812 3456 789", "0062 8123456789", "8123456789")),
    ],
)
def test_one_value_has_one_index_however_it_is_written(field: str, spellings: tuple[str, ...]) -> None:
    assert len({blind_index(one, field=field, company=1) for one in spellings}) == 1
    assert blind_index(spellings[0], field=field, company=1) != blind_index(spellings[0], field=field, company=2)


def test_a_foreign_number_keeps_its_country() -> None:
    assert vault.phone("+65 9123 4567") == "+6591234567"
    assert vault.phone("021-555 0101") == "+62215550101"


def test_an_index_cannot_be_guessed_without_the_key(tmp_path: Path) -> None:
    here = blind_index("budi@maju.example", field="email")
    settings.use(replace(settings.current(), keys=str(tmp_path / "other.db")))
    assert blind_index("budi@maju.example", field="email") != here


# -- the store of several computers


def test_a_store_in_postgresql_does_the_same_and_comes_back_after_a_broken_connection(
    keys: None, fresh_postgres_url: str
) -> None:
    before = settings.current()
    settings.use(replace(before, keys=fresh_postgres_url))
    try:
        vault.prepare(1, range(1, 1200))
        envelopes = {one: seal(NIK, company=1, column=COLUMN, subject=one) for one in (7, 8)}
        vault.close()
        assert unseal(envelopes[7], company=1, column=COLUMN, subject=7) == NIK
        store = vault.keyring().store
        assert isinstance(store, PostgresStore)
        assert store._connection is not None
        store._loop.call_soon_threadsafe(store._connection.terminate)
        assert unseal(envelopes[8], company=1, column=COLUMN, subject=8) == NIK
        vault.destroy(1, 7)
        with pytest.raises(Destroyed):
            unseal(envelopes[7], company=1, column=COLUMN, subject=7)
        vault.keyring().renew_subjects(1, "9999", 0, 500)
        assert unseal(envelopes[8], company=1, column=COLUMN, subject=8) == NIK
    finally:
        settings.use(before)
        vault.close()
