"""Every step of every film, in a real browser before the demo: a film whose page or button is gone fails here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.phrases import LANGUAGES
from core.training.catalogue import courses, script_of
from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.journeys.conftest import Demo, known_of
from tests.services import free_port
from training_videos.camera import SCREENS
from training_videos.record import visitors
from training_videos.walk import Nobody, walk

FILMS = [name for course in courses() for name in course.films]


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, str]]:
    """A demo in which nothing has happened yet, and the language in which it is walked through."""
    folder: Path = tmp_path_factory.mktemp("films")
    env = surroundings() | {"SERAMBI_PORT": str(free_port()), "SERAMBI_HOST": "127.0.0.1"}
    with running(["serambi", "demo"], env, folder) as process:
        wait_until_ready(process, env)
        yield Demo(f"http://127.0.0.1:{env['SERAMBI_PORT']}", folder, known_of(folder)), request.param


@pytest.mark.parametrize("name", FILMS)
def test_every_step_of_a_film_finds_its_page_and_its_button(
    told: tuple[Demo, str], browser: Browser, name: str
) -> None:
    (demo, language), script = told, script_of(name)
    with visitors(browser, demo.url, demo.passwords, language, SCREENS[script.screen]) as stage:
        walk(script, stage, Nobody())
