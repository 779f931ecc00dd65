"""Every film has all that belongs to it, in both languages, and all of it says the same as its script."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.knowledge import articles
from core.phrases import LANGUAGES
from core.training import captions, catalogue, finding
from core.training.catalogue import CAPTIONS, FILM, FOLDER, FOR_CHATS, MOST_SHORT, POSTER
from training_videos.camera import SCREENS
from training_videos.record import TRANSCRIPT, transcript, worded

NAMES = list(catalogue.films())
MOST = 1_000_000  # bytes; many watch on what their telephone brings
MOST_SECONDS = 90
MOST_LETTERS = 110  # of what is said at once: three lines of a telephone


def boxes(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The outer boxes of an MP4."""
    at = 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4])
        assert size >= 8, "it was not written to its end"
        yield raw[at + 4 : at + 8].decode("latin-1"), raw[at + 8 : at + size]
        at += size


def milliseconds(path: Path) -> int:
    """How long a film is, by its own head."""
    head = dict(boxes(dict(boxes(path.read_bytes()))["moov"]))["mvhd"]
    scale, long = int.from_bytes(head[12:16]), int.from_bytes(head[16:20])
    return round(long * 1000 / scale)


def test_there_are_films_for_every_kind_of_work() -> None:
    assert len(NAMES) >= 8
    for role in ("employee", "approver", "agent", "administrator"):
        assert catalogue.seen_by({role}), role
    folders = {path.name for path in FOLDER.iterdir() if (path / "script.toml").is_file()}
    assert folders == set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_film_is_small_starts_at_once_and_is_as_long_as_its_captions(name: str, language: str) -> None:
    film = catalogue.films()[name]
    for pattern in (FILM, FOR_CHATS):
        path = film.files[pattern.format(language)]
        assert path.stat().st_size < MOST
        kinds = [kind for kind, _ in boxes(path.read_bytes())]
        assert kinds.index("moov") < kinds.index("mdat"), "a player would have to fetch all of it first"
        long = milliseconds(path)
        assert long < MOST_SECONDS * 1000
        assert abs(long - film.cues[language][-1].ends) <= 100
    with Image.open(io.BytesIO(film.files[POSTER.format(language)].read_bytes())) as poster:
        screen = SCREENS[film.script.screen]
        assert poster.size == (screen.out[0], screen.out[1] + screen.strip)


@pytest.mark.parametrize("said", LANGUAGES)
@pytest.mark.parametrize("seen", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_captions_and_transcript_say_what_the_script_says(name: str, seen: str, said: str) -> None:
    film = catalogue.films()[name]
    cues = captions.read(film.files[CAPTIONS.format(seen, said)].read_text("utf-8"))
    again = f"the words have changed since {name} was filmed: make videos ARGS={name}"
    assert list(cues) == worded(film.script, film.cues[seen], said, seen=seen), again
    assert all(len(cue.says) <= MOST_LETTERS for cue in cues)
    if seen == said:
        told = (FOLDER / name / TRANSCRIPT.format(said)).read_text("utf-8")
        assert told == transcript(film.script, cues, said), again


@pytest.mark.parametrize("name", NAMES)
def test_a_film_is_named_for_buttons_and_leads_to_its_articles(name: str) -> None:
    script = catalogue.films()[name].script
    for language in LANGUAGES:
        assert len(script.short.to(language)) <= MOST_SHORT
        assert all((article, language) in articles.shipped() for article in script.articles)
    assert script.articles


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cara ajukan cuti", "ajukan-cuti"), ("cara mengajukan cutiii", "ajukan-cuti"), ("how to ask for leave", "ajukan-cuti"),
        ("sisa cuti", "sisa-cuti"), ("batalin cuti", "tarik-cuti"), ("cancel my leave", "tarik-cuti"),
        ("hp ilang blokir akun", "data-saya"), ("cara login pertama kali", "masuk-pertama"),
    ],
)  # fmt: skip
def test_a_film_is_found_in_ones_own_words(words: str, name: str) -> None:
    assert [film.id for film in finding.find(words, {"employee"})][:1] == [name]


def test_nobody_finds_what_is_not_for_them() -> None:
    assert all(film.id != "impor-karyawan" for film in finding.find("cara impor karyawan", {"employee"}))
    assert finding.find("cara impor karyawan", {"administrator"})[0].id == "impor-karyawan"
    assert finding.find("resep rendang padang", {"employee"}) == []
