"""Films the product itself: `make videos`, or `python -m training_videos.record [film ...]`.

Each film has a script. This starts the demo in a folder of its own, walks through the script in Chromium before a
camera, and writes film, poster, captions and transcript in both languages beside it: they cannot disagree. It needs
chromium and ffmpeg (Debian: apt-get install chromium ffmpeg fonts-roboto-unhinted).
"""

import argparse
import html
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from core.phrases import LANGUAGES
from core.training import captions
from core.training.captions import Cue
from core.training.catalogue import CAPTIONS, FILM, FOLDER, FOR_CHATS, POSTER, Script, courses, script_of
from training_videos.camera import SCREENS, Camera, Screen
from training_videos.walk import Stage, first_page, settled, walk

TRANSCRIPT = "script.{}.md"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PATIENCE = 60
CARD = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; height: 100vh; display: grid; align-content: center; gap: 1.2rem; padding: 0 9vw;
  box-sizing: border-box; background: #f6f4ef; color: #211a14; font-family: Roboto, "Noto Sans", sans-serif; }}
p {{ margin: 0; font-size: 1.15rem; color: #6b5a49; }}
h1 {{ margin: 0; font-size: 2.35rem; line-height: 1.15; font-weight: 650; }}
b {{ font-size: 1.3rem; color: #7a4a2b; letter-spacing: .01em; }}
i {{ display: block; height: 6px; width: 5rem; background: #7a4a2b; border-radius: 3px; }}
</style><b>serambi</b><i></i><h1>{title}</h1><p>{about}</p>"""


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """The demo as people run it, in a folder of its own: its address, and who may sign in."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        env = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
        env |= {"SERAMBI_HOST": "127.0.0.1", "SERAMBI_PORT": port}
        command = [str(Path(sys.executable).parent / "serambi"), "demo"]
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, f"{url}/readyz")
            known = json.loads((Path(folder) / "var/demo/sign-ins.json").read_text("utf-8"))
            yield url, {email.partition("@")[0]: (email, password) for _, email, password in known}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the demo ended with {process.returncode}")
        with suppress(URLError, ConnectionError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError("the demo did not start")


@contextmanager
def visitors(
    browser: Browser, url: str, sign_ins: dict[str, tuple[str, str]], language: str, screen: Screen
) -> Iterator[Stage]:
    """The pages of whoever plays a part, each signed in once; of nobody too."""
    pages: dict[str, Page] = {}

    def page_of(who: str) -> Page:
        if who not in pages:
            context = browser.new_context(
                viewport={"width": screen.width, "height": screen.height}, device_scale_factor=screen.sharp,
                base_url=url, locale="id-ID", timezone_id="Asia/Jakarta", color_scheme="light", reduced_motion="reduce",
            )  # fmt: skip
            pages[who] = context.new_page()
            enter(pages[who], sign_ins.get(who), language)
        return pages[who]

    yield Stage(page_of, sign_ins, language)
    for page in pages.values():
        page.context.close()


def enter(page: Page, known: tuple[str, str] | None, language: str) -> None:
    """Choose the language as everybody does, and sign in if it is somebody."""
    page.goto("/sign-in")
    switch = page.locator(f'header button[name="language"][value="{language}"]')
    if switch.count():
        switch.click()
        settled(page)
    if known is not None:
        page.locator('main input[name="email"]').fill(known[0])
        page.locator('main input[type="password"]').fill(known[1])
        page.locator("main form button").first.click()
        page.wait_for_url("**/me/")
        switch = page.locator(f'header button[name="language"][value="{language}"]')
        if switch.count():
            switch.click()
            settled(page)


def record(name: str, language: str, browser: Browser) -> None:
    """Make one film in one language, with all that belongs to it."""
    script = script_of(name)
    screen, folder = SCREENS[script.screen], FOLDER / name
    with demo() as (url, sign_ins), visitors(browser, url, sign_ins, language, screen) as stage:
        camera = Camera(screen, folder / FILM.format(language), folder / FOR_CHATS.format(language))
        card = camera.title(_card(browser, script, language, screen), script.title.to(language))
        card.save(folder / POSTER.format(language), quality=82, optimize=True)
        for step in script.before:
            stage.page_of(step.who)
        camera.page = first_page(script, stage)
        walk(script, stage, camera)
        camera.ends()
    for said in LANGUAGES:
        cues = worded(script, camera.cues, said, seen=language)
        (folder / CAPTIONS.format(language, said)).write_text(captions.written(cues, said), "utf-8")
    (folder / TRANSCRIPT.format(language)).write_text(transcript(script, camera.cues, language), "utf-8")
    sizes = " and ".join(f"{path.stat().st_size / 1000:.0f} kB" for path in (camera.target, camera.for_chats))
    print(f"{name} {language}: {camera.now / 1000:.0f} s, {sizes}", flush=True)


def worded(script: Script, cues: Sequence[Cue], language: str, *, seen: str) -> list[Cue]:
    """The same moments in that language; pages and their buttons stay as they are seen."""
    return [
        Cue(cue.starts, cue.ends, told.to(language, seen=seen)) for cue, told in zip(cues, script.said, strict=True)
    ]


def transcript(script: Script, cues: Sequence[Cue], language: str) -> str:
    """All that is said, to read."""
    lines = "\n".join(f"{number}. {cue.says}" for number, cue in enumerate(cues[1:], 1))
    return f"# {script.title.to(language)}\n\n{script.about.to(language)}\n\n{lines}\n"


def _card(browser: Browser, script: Script, language: str, screen: Screen) -> bytes:
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height}, device_scale_factor=screen.sharp
    )
    page = context.new_page()
    title, about = (html.escape(one.to(language)) for one in (script.title, script.about))
    page.set_content(CARD.format(title=title, about=about))
    settled(page)
    picture = page.screenshot(type="png")
    context.close()
    return picture


def main() -> None:
    """Film what was named, or everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("films", nargs="*", help="names of folders; all when none is named")
    asked.add_argument("--language", choices=LANGUAGES, help="only in this language")
    named = asked.parse_args()
    chromium = next((path for one in CHROMIUM if (path := shutil.which(one))), None)
    if chromium is None or shutil.which("ffmpeg") is None:
        sys.exit("filming needs chromium and ffmpeg; on Debian: apt-get install chromium ffmpeg fonts-roboto-unhinted")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in named.films or [film for course in courses() for film in course.films]:
            for language in [named.language] if named.language else LANGUAGES:
                record(name, language, browser)
        browser.close()


if __name__ == "__main__":
    main()
