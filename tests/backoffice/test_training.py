"""The pages of the films: whose they are, what is noted, and the parts of a file that players ask for."""

import re

import pytest

from backoffice.films import span
from core import database
from core.training import catalogue, progress
from tests.backoffice.conftest import Installation

FILM = catalogue.films()["ajukan-cuti"]
HERE = "/me/training/ajukan-cuti"
WHOLE = FILM.files["film.id.mp4"].read_bytes()


async def seconds_of(house: Installation, name: str = "budi") -> dict[str, int]:
    async with database.reading(house.maju.company):
        rows = await progress.of_person(getattr(house.maju, name).person)
    return {film: row.seconds for film, row in rows.items()}


async def test_everybody_sees_the_films_of_their_own_work(house: Installation) -> None:
    budi, ratna = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "ratna")
    mine = (await budi.get("/me/training")).text
    assert "Mengajukan cuti lewat obrolan" in mine
    assert "Memasukkan karyawan dari berkas" not in mine
    assert (await budi.get("/me/training/impor-karyawan")).status_code == 404
    hers = (await ratna.get("/me/training")).text
    assert "Memasukkan karyawan dari berkas" in hers
    assert (await ratna.get("/me/training/impor-karyawan")).status_code == 200
    assert (await budi.get("/me/training/nothing")).status_code == 404


async def test_a_film_has_its_captions_in_both_languages_and_its_words_beside_it(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = (await budi.get(HERE)).text
    tracks = re.findall(r'<track kind="captions" src="([^"]+)" srclang="(\w+)" label="([^"]+)"( default)?>', page)
    assert [(language, label, bool(first)) for _, language, label, first in tracks] == [
        ("id", "Bahasa Indonesia", True), ("en", "English", False),
    ]  # fmt: skip
    for there, *_ in tracks:
        told = await budi.get(there)
        assert told.headers["content-type"] == "text/vtt; charset=utf-8"
        assert "“Ya, ajukan”" in told.text, "in both it is the button that is seen"
    for cue in FILM.cues["id"][1:]:
        assert cue.says.replace('"', "&#34;") in page
    other = (await budi.get(f"{HERE}?spoken=en")).text
    assert "film.en.mp4" in other
    assert "Berubah pikiran?" in other, "what is read stays in the reader's language"
    assert 'href="/help/minta-cuti"' in page


async def test_without_a_script_it_is_said_to_be_seen_by_a_button(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    told = await budi.post(f"{HERE}/done")
    assert told.headers["location"] == f"{HERE}?seen=1"
    assert "Tercatat sebagai sudah ditonton." in (await budi.get(told.headers["location"])).text
    listed = (await budi.get("/me/training")).text
    assert "1 dari 7 video sudah ditonton" in listed
    assert await seconds_of(house) == {"ajukan-cuti": FILM.seconds("id")}
    assert await seconds_of(house, "tono") == {}


async def test_the_player_notes_how_far_somebody_came(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    for seconds in (11, 3):
        assert (await budi.post(f"{HERE}/seen", seconds=seconds)).status_code == 204
    assert await seconds_of(house) == {"ajukan-cuti": 11}
    assert 'data-from="11"' in (await budi.get(HERE)).text
    assert (await budi.post("/me/training/impor-karyawan/seen", seconds=5)).status_code == 404
    assert (await budi.post(f"{HERE}/seen", seconds="many")).status_code == 400


async def test_films_are_found_on_their_page_and_under_help(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    found = (await budi.get("/me/training", params={"q": "cara ngajuin cuti"})).text
    assert found.index("Video tentang") < found.index("Mengajukan cuti lewat obrolan")
    nothing = (await budi.get("/me/training", params={"q": "resep rendang"})).text
    assert "Belum ada video tentang itu." in nothing
    article = (await budi.get("/help/minta-cuti")).text
    assert "Ada videonya" in article and f'href="{HERE}"' in article
    sought = (await budi.get("/help", params={"q": "cara ajukan cuti"})).text
    assert f'href="{HERE}"' in sought


async def test_whoever_has_the_link_sees_the_film_and_nothing_of_a_company(house: Installation) -> None:
    nobody = house.visitor()
    page = await nobody.get("/training/impor-karyawan", params={"spoken": "en"})
    assert page.status_code == 200
    assert "film.en.mp4" in page.text and "data-seen" not in page.text
    assert (await nobody.get("/training/nothing")).status_code == 404
    for name in ("script.toml", "..%2Fcatalogue.toml", "record.py", "film.fr.mp4"):
        assert (await nobody.get(f"/training/ajukan-cuti/{name}")).status_code == 404, name


async def test_a_player_may_ask_for_a_part(house: Installation) -> None:
    nobody, there = house.visitor(), "/training/ajukan-cuti/film.id.mp4"
    whole = await nobody.get(there)
    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, WHOLE, "bytes")
    assert whole.headers["content-type"] == "video/mp4"
    size = len(WHOLE)
    for asked, first, end in (
        ("bytes=0-1", 0, 2),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes=5-{size * 2}", 5, size),
    ):
        part = await nobody.get(there, headers={"range": asked})
        assert (part.status_code, part.content) == (206, WHOLE[first:end]), asked
        assert part.headers["content-range"] == f"bytes {first}-{end - 1}/{size}"
        assert part.headers["content-length"] == str(end - first)
    beyond = await nobody.get(there, headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"], beyond.content) == (416, f"bytes */{size}", b"")


async def test_a_part_of_another_version_is_the_whole_of_this_one(house: Installation) -> None:
    nobody, there = house.visitor(), "/training/ajukan-cuti/film.id.mp4"
    tag = (await nobody.get(there)).headers["etag"]
    same = await nobody.get(there, headers={"range": "bytes=0-9", "if-range": tag})
    assert same.status_code == 206
    other = await nobody.get(there, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (other.status_code, len(other.content)) == (200, len(WHOLE))
    assert (await nobody.get(there, headers={"if-none-match": tag})).status_code == 304
    version = tag.strip('"')
    assert "immutable" in (await nobody.get(f"{there}?v={version}")).headers["cache-control"]
    assert "no-cache" in (await nobody.get(f"{there}?v=old")).headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", (0, 10)), ("bytes=0-9", (0, 10)), ("bytes=3-4", (3, 5)), ("bytes=9-", (9, 10)), ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)), ("bytes=10-", None), ("bytes=-0", None), ("bytes=5-2", (0, 10)), ("bytes=-", (0, 10)),
        ("bytes=0-1,3-4", (0, 10)), ("lines=1-2", (0, 10)), ("bytes=a-b", (0, 10)),
    ],
)  # fmt: skip
def test_a_range_is_read_as_the_standard_says(asked: str, found: tuple[int, int] | None) -> None:
    assert span(asked, 10) == found
