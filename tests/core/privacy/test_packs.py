"""A pack holds everything held about somebody and nothing of others, opens with its password alone, and goes again."""

import csv
import hashlib
import io
import json
from html.parser import HTMLParser
from random import Random

import pytest

from core import clock, database, jobs, vault
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import tickets
from core.messaging.outbox import Address
from core.people.tables import Person
from core.phrases import phrase
from core.privacy import holdings, packs
from core.privacy.redacting import Redactor
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import Planted
from tests.core.privacy.unlocked import unlocked

OFFICER = Actor("account:9001", "web")


async def packed(company: int, person: int) -> tuple[str, dict[str, bytes]]:
    """Have one made, and open it with its password."""
    async with database.transaction(company):
        row = await packs.make_pack(person, by=OFFICER)
    await jobs.drain()
    async with database.transaction(company):
        secret = await packs.password(row.public, by=OFFICER)
        fetched = await packs.fetch(row.public, by=OFFICER)
    with pytest.raises(ValueError, match="another"):
        unlocked(fetched.raw, "WRONG-PASS-WORD")
    return row.public, unlocked(fetched.raw, secret)


class Figures(HTMLParser):
    """The number of rows that the page says of each table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, int] = {}
        self._at: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img", "iframe"), "the page opens without the internet"
        self._at = dict(attrs).get("data-rows")

    def handle_data(self, data: str) -> None:
        if self._at:
            self.rows[self._at] = int(data)
            self._at = None


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_table_is_told_in_words(language: str) -> None:
    for one in holdings.every().values():
        if not one.nobody:
            assert all(phrase(f"holdings.{kind}_{one.name}", language) for kind in ("of", "why"))
            assert phrase(f"holdings.kept_{one.kept}", language)


async def test_everything_is_in_it(house: Cast, planted: Planted) -> None:
    _, files = await packed(house.company, planted.person)
    told = json.loads(files["data.json"])
    tables = {one["name"] for one in told["tables"]}
    expected = {one.name for one in holdings.every().values() if not one.nobody and (one.whose or one.account)}
    assert tables >= expected - {"import_batch", "erasure", "retained"}
    said = holdings.every()
    whole = files["data.json"].decode()
    for key, word in planted.words.items():
        table, _, column = key.partition(".")
        if (
            table == "file"
            or not (said[table].tied or said[table].account)
            or said[table].columns[column].category == "secret"
        ):
            continue
        assert word in whole, key
    secrets = [
        word for key, word in planted.words.items()
        if key != "file" and said[key.partition(".")[0]].columns[key.partition(".")[2]].category == "secret"
    ]  # fmt: skip
    assert not [word for word in secrets if word in whole], "what proves who somebody is stays here"
    sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items() if name != "SHA256SUMS"}
    reading = Figures()
    reading.feed(files["index.html"].decode())
    assert reading.rows == {one["name"]: len(one["rows"]) for one in told["tables"]}
    for one in told["tables"]:
        lines = list(csv.reader(io.StringIO(files[f"tables/{one['name']}.csv"].decode("utf-8-sig"))))
        assert len(lines) == len(one["rows"]) + 1
        assert one["title"] in files["index.html"].decode().replace("&#x27;", "'")
    assert planted.words["file"].encode() in b"".join(raw for name, raw in files.items() if name.startswith("files/"))


async def test_what_is_others_is_covered(house: Cast) -> None:
    words = "Sari Wulandari (sari@maju.example, 0812-3456-7890, NIK 3175 0101 0190 0001) bilang gaji saya salah"
    async with database.transaction(house.company):
        mine = vault.seal("3174010101900009", company=house.company, column="person.nik", subject=house.budi.person)
        await Person.update({Person.nik: mine}).where(Person.id == house.budi.person)
        here = Address("web", "web", "w1", house.budi.person)
        await tickets.submit(house.budi, words, address=here, by=as_(house.budi))
        await tickets.submit(house.budi, "NIK saya 3174010101900009", address=here, by=as_(house.budi))
    _, files = await packed(house.company, house.budi.person)
    whole = b"\n".join(raw for name, raw in files.items() if name != "SHA256SUMS").decode(errors="replace")
    # Long enough to stand in no random address by chance.
    for others in ("Wulandari", "sari@maju", "3456-7890", "34567890", "3175 0101", "31750101", "Ratna"):
        assert others not in whole, others
    assert "bilang gaji saya salah" in whole
    assert "3174010101900009" in whole
    assert "Budi Santoso" in whole


def test_one_name_inside_another_word_stays() -> None:
    covering = Redactor(["budi@x.example", "081234567890"], ["Sari Wulandari", "Adi"], "Budi Santoso")
    assert covering("intisari adil Adi dan SARI  wulandari") == f"intisari adil {vault.BAR} dan {vault.BAR}"
    assert covering("081234567890 +62 812-3456-7890 081111111111") == f"081234567890 +62 812-3456-7890 {vault.BAR}"


# How people write a NIK of sixteen digits, a tax number of fifteen and a telephone number of ten to twelve.
NIKS = ("{0}{1}{2}{3}", "{0} {1} {2} {3}", "{0}.{1}.{2}.{3}", "{0}-{1}-{2}-{3}", "{0}  {1}  {2}  {3}")
BY_DAY = ("{0} {1} {2}", "{0}-{1}-{2}", "{0}.{1}.{2}")
PHONES = (
    "0{0}{1}{2}",
    "0{0}-{1}-{2}",
    "0{0} {1} {2}",
    "(0{0}) {1}-{2}",
    "+62{0}{1}{2}",
    "+62 {0}-{1}-{2}",
    "62{0}{1}{2}",
    "+62 (0{0}) {1} {2}",
    "0{0}/{1}/{2}",
    "0{0} - {1} - {2}",
    "(+62) {0} {1} {2}",
)
AROUND = (
    "nomornya {0}, tolong",
    "{0}",
    "NIK:{0};",
    "hubungi ({0}) ya",
    "no.{0}. Terima kasih",
    "lama\n{0}\nbaru",
    "e.g. {0}!",
)


def test_no_number_of_others_is_left_in_a_thousand_messages() -> None:
    covering, chance = Redactor(["3174010101900009", "081298765432"], [], "Budi Santoso"), Random(7)
    for _ in range(1000):
        nik, phone = f"{chance.randrange(10**15, 10**16)}", f"8{chance.randrange(10, 99)}"
        shapes = (
            chance.choice(NIKS).format(*(nik[at : at + 4] for at in (0, 4, 8, 12))),
            chance.choice(BY_DAY).format(nik[:6], nik[6:12], nik[12:]),
            f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}",
            f"{nik[:2]}.{nik[2:5]}.{nik[5:8]}.{nik[8]}-{nik[9:12]}.{nik[12:15]}",
            chance.choice(PHONES).format(phone, f"{chance.randrange(1000, 9999)}", f"{chance.randrange(100, 9999)}"),
        )
        for written in shapes:
            told = covering(chance.choice(AROUND).format(written))
            assert sum(one.isdigit() for one in told) == 0, (written, told)


@pytest.mark.parametrize(
    "mine",
    ["3174 0101 0190 0009", "317401-010190-0009", "31.74.01.010190.0009", "0812-9876-5432", "(0812) 9876-5432", "+62 812 9876 5432"],
)  # fmt: skip
def test_ones_own_number_stays_however_it_is_written(mine: str) -> None:
    assert (
        Redactor(["3174010101900009", "081298765432"], [], "Budi Santoso")(f"nomor saya {mine}") == f"nomor saya {mine}"
    )


@pytest.mark.parametrize(
    "words",
    ["dari 2026-11-28 sampai 2026-12-02", "20-11-2026 s.d. 22-11-2026", "Rp 12.345.678", "Rp12.345.678.900", "tiket T-1234567", "pukul 08.30-17.00", "28/11/2026 08.15", "ekstensi 0812"],
)  # fmt: skip
def test_days_hours_and_money_are_nobodys_number(words: str) -> None:
    assert Redactor([], [], "Budi Santoso")(words) == words


async def test_it_is_fetched_three_times_and_its_password_shown_once(house: Cast) -> None:
    public, _ = await packed(house.company, house.budi.person)
    async with database.transaction(house.company):
        with pytest.raises(Refused, match="password_shown"):
            await packs.password(public, by=OFFICER)
        assert [(await packs.fetch(public, by=OFFICER)).left for _ in range(2)] == [1, 0]
        with pytest.raises(Refused, match="pack_gone"):
            await packs.fetch(public, by=OFFICER)
        row = await packs.of_public(public)
    assert row is not None
    assert row.file is None


async def test_it_goes_after_three_days_and_its_secret_address_with_it(house: Cast) -> None:
    public, _ = await packed(house.company, house.budi.person)
    async with database.transaction(house.company):
        first = await packs.link(public, by=OFFICER)
        secret = await packs.link(public, by=OFFICER)
    assert await packs.by_link(first) is None
    assert await packs.by_link(secret) == (house.company, public)
    with clock.freeze(MONDAY + packs.LIFE):
        assert await packs.by_link(secret) is None
        await packs.expire()
        async with database.reading(house.company):
            row = await packs.of_public(public)
    assert row is not None
    assert [row.state, row.file, row.token_hash] == ["gone", None, None]
