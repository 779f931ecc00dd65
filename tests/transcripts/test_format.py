"""What is wrong with a scene is said by its file and line, before anything is played."""

from pathlib import Path

import pytest

from tests.transcripts import scene
from tests.transcripts.ending import Ending
from tests.transcripts.scene import Unreadable

HEAD = "# id | web | Budi | Senin 2 Maret 2026 10.15 WIB."
GIVEN = "! at 2026-03-02T10:15+07:00; cast maju; Budi leave=4"
TALK = ("Budi    > batal", "Serambi < Tidak ada yang sedang berjalan, jadi tidak ada yang perlu dibatalkan.")
END = "= Text dialog.nothing_open | nothing"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scene, "FOLDER", tmp_path)
    for language in scene.LANGUAGES:
        (tmp_path / language).mkdir()
    return tmp_path


def written(folder: Path, *lines: str, name: str = "dialog.cancel", language: str = "id") -> Path:
    file = folder / language / f"{name}.chat"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_scene_without_a_twin_stops_everything(folder: Path) -> None:
    written(folder, HEAD, GIVEN, *TALK, END)
    with pytest.raises(Unreadable, match=r"both languages.*dialog\.cancel"):
        scene.scenes()


@pytest.mark.parametrize(
    "given",
    [
        "! at 2026-03-02T10:15+07:00; cast maju; weather rain",
        "! at 2026-03-02T10:15+07:00; cast maju; Budi leave=4 mood=good",
        "! at 2026-03-02T10:15+07:00; cast sinar",
        "! at 2026-03-02T10:15+07:00; cast maju; Budi channel=fax",
        "! cast maju",
    ],
)
def test_an_unknown_key_stops_everything(folder: Path, given: str) -> None:
    with pytest.raises(Unreadable, match=r"dialog\.cancel\.chat:2"):
        scene.read(written(folder, HEAD, given, *TALK, END))


@pytest.mark.parametrize("line", ["Zorro   > halo", "Serambi: halo", "just words", "Serambi:Zorro < halo"])
def test_a_line_that_is_no_line_stops_everything(folder: Path, line: str) -> None:
    with pytest.raises(Unreadable, match=r"dialog\.cancel\.chat:3"):
        scene.read(written(folder, HEAD, GIVEN, line, END))


@pytest.mark.parametrize(
    "end", ["= Text dialog.cancelled", "= Fax dialog.cancelled | nothing", "= Text dialog.cancelled | LeaveRequests"]
)
def test_an_unknown_row_stops_everything(folder: Path, end: str) -> None:
    with pytest.raises(Unreadable, match=r"dialog\.cancel\.chat:5"):
        scene.read(written(folder, HEAD, GIVEN, *TALK, end))


def test_an_indonesian_scene_says_what_it_ends_with(folder: Path) -> None:
    with pytest.raises(Unreadable, match="line ="):
        scene.read(written(folder, HEAD, GIVEN, *TALK))


def test_a_scene_lies_in_the_folder_of_its_language(folder: Path) -> None:
    with pytest.raises(Unreadable, match=r"id \| web"):
        scene.read(written(folder, HEAD, GIVEN, *TALK, END, language="en"))


def test_words_lines_and_choices_are_told_apart(folder: Path) -> None:
    said = "Serambi < Satu (dua) | tiga. [Ya, ajukan] [Batal]"
    (_, heard), *_ = scene.read(written(folder, HEAD, GIVEN, said, END)).lines
    assert heard == scene.Hears(None, "Satu (dua)\ntiga.", ("Ya, ajukan", "Batal"), False)


def test_an_ending_is_told_of_other_people() -> None:
    first = Ending.read("= Text leave.approved | Step(Sari) + Decision(approve, Sari, slack, v1)"[2:])
    twin = Ending.read("= Text leave.approved | Step(Rina) + Decision(approve, Rina, telegram, v1)"[2:])
    assert first.told_of({"Budi": "Maya", "Sari": "Rina"}, lambda _: "telegram") == twin
