"""Captions: what is written is read back, and what no player would show is refused."""

import pytest

from core.training import captions
from core.training.captions import Cue, Malformed

CUES = (Cue(0, 2_400, "Tulis & kirim"), Cue(2_400, 61_040, 'Tekan "Ya" <sekali>'))


def test_what_is_written_is_read_back() -> None:
    told = captions.written(CUES, "id")
    assert told.startswith("WEBVTT\nLanguage: id\n\n1\n00:00.000 --> 00:02.400\nTulis &amp; kirim\n")
    assert "00:02.400 --> 01:01.040" in told
    assert captions.read(told) == CUES


def test_a_moment_is_told_as_a_player_shows_it() -> None:
    assert [cue.at for cue in (Cue(0, 1, "a"), Cue(9_999, 10_000, "b"), Cue(65_000, 66_000, "c"))] == [
        "0:00",
        "0:09",
        "1:05",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1\n00:00.000 --> 00:01.000\nHalo", "does not begin"), ("WEBVTT\nLanguage: id", "nothing is said"),
        ("WEBVTT\nLanguage: id\n\n1\n0:0 --> 1:0\nHalo", "cue 1 is none"),
        ("WEBVTT\nLanguage: id\n\n1\n00:00.000 --> 00:01.000", "cue 1 is none"),
        ("WEBVTT\nLanguage: id\n\n1\n00:01.000 --> 00:01.000\nHalo", "not come after"),
        ("WEBVTT\nLanguage: id\n\n1\n00:00.000 --> 00:02.000\nA\n\n2\n00:01.000 --> 00:03.000\nB", "cue 2 does not"),
    ],
)  # fmt: skip
def test_what_no_player_would_show_is_refused(text: str, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        captions.read(text)
