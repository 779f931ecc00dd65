"""A pack holds everything held about somebody and nothing of others, opens with its password alone, and goes again."""

import csv
import hashlib
import io
import json
from html.parser import HTMLParser

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
