"""Walking through a script in a real browser, in front of a camera or none."""

import csv
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Error, Locator, Page, expect

from core import clock
from core.calendar.holidays import FILE
from core.phrases import phrase
from core.training.catalogue import Script, Step, Told

PATIENCE = 20_000  # milliseconds; the machine may have other things to do
MONTHS = {
    "id": "januari februari maret april mei juni juli agustus september oktober november desember".split(),
    "en": "january february march april may june july august september october november december".split(),
}
TALK = "[data-talk] .lines > .bubble:not(.unsent)"
_FACT = re.compile(r"\{(day|email|password)(?::(\d+))?\}")


class Camera(Protocol):
    """What looks on while somebody works."""

    def says(self, words: str) -> None:
        """These words stand from now on."""

    def turns_to(self, where: Locator, *, near: bool, framed: bool) -> None:
        """Look at this part of the page."""

    def presses(self) -> None:
        """It is pressed."""

    def sees(self, *, quick: bool = False) -> None:
        """Take what the page shows now; `quick` while somebody types."""


class Nobody:
    """No camera: the steps alone."""

    def says(self, words: str) -> None:
        """Nobody listens."""

    def turns_to(self, where: Locator, *, near: bool, framed: bool) -> None:
        """Nobody looks."""

    def presses(self) -> None:
        """Nobody looks."""

    def sees(self, *, quick: bool = False) -> None:
        """Nobody looks."""


@dataclass(frozen=True)
class Stage:
    """Whose pages can be opened, and what the words of a script stand for."""

    page_of: Callable[[str], Page]
    sign_ins: Mapping[str, tuple[str, str]]
    language: str

    def filled(self, words: Told | None, who: str) -> str:
        """The words with days, address and password in them."""

        def fact(found: re.Match[str]) -> str:
            if found[1] == "day":
                return working_day(int(found[2]), self.language)
            return self.sign_ins[who][found[1] == "password"]

        return _FACT.sub(fact, words.to(self.language) if words is not None else "")


def walk(script: Script, stage: Stage, camera: Camera) -> None:
    """Go through a film from its first step to its last; what does not find its page or its button raises."""
    for step in script.before:
        take(stage.page_of(step.who), step, stage, Nobody(), script.who)
    page = first_page(script, stage)
    page.goto(script.opens)
    settled(page)
    camera.sees()
    for step in script.step:
        if step.says is not None:
            camera.says(step.says.to(stage.language))
        take(page, step, stage, camera, script.who)


def first_page(script: Script, stage: Stage) -> Page:
    """Before whom the camera stands."""
    return stage.page_of("" if script.newcomer else script.who)


def take(page: Page, step: Step, stage: Stage, camera: Camera, who: str) -> None:
    """One step."""
    before = page.locator(TALK).count()
    if step.do == "go":
        page.goto(step.on)
    elif step.do == "wait":
        pass
    else:
        where = named(page, step.on, stage.language)
        expect(where).to_be_visible(timeout=PATIENCE)
        camera.turns_to(where, near=step.zoom, framed=step.do == "show")
        _act(page, where, step, stage.filled(step.words, who), camera)
    talks = step.key == "Enter" or (step.do == "press" and step.on.startswith(("said:", "choice:")))
    if talks and page.locator("[data-talk]").count():
        page.wait_for_function(
            "([talk, count]) => document.querySelectorAll(talk).length >= count", arg=[TALK, before + 2],
            timeout=PATIENCE,
        )  # fmt: skip
    if step.do == "show":
        return
    if step.until:
        expect(named(page, step.until, stage.language)).to_be_visible(timeout=PATIENCE)
    settled(page)
    camera.sees()


def _act(page: Page, where: Locator, step: Step, words: str, camera: Camera) -> None:
    if step.do == "show":
        return
    if step.do == "choose":
        camera.presses()
        where.select_option(label=words)
    elif step.do == "file":
        camera.presses()
        name, _, rows = words.partition("\n")
        sheet = Path(tempfile.mkdtemp()) / name
        sheet.write_text(rows, encoding="utf-8")
        where.set_input_files(sheet)
    elif step.do == "type":
        camera.presses()
        where.click()
        where.fill("")
        for at in range(0, len(words), 2):
            page.keyboard.type(words[at : at + 2])
            camera.sees(quick=True)
        if step.key:
            page.keyboard.press(step.key)
    else:
        camera.presses()
        where.click()


def named(page: Page, name: str, language: str) -> Locator:
    """What a script means: `phrase:` a button or a link of those words, `said:` the newest such choice in the talk,
    `choice:` one of those by its place, `reply` what was said last in it, `label:` a field, else a selector."""
    kind, _, key = name.partition(":")
    if kind == "label":
        return page.get_by_label(phrase(key, language)).locator("visible=true").first
    if kind == "choice":
        return page.locator("[data-talk] .lines .choices").last.locator("button").nth(int(key) - 1)
    if name == "reply":
        return page.locator(TALK).last
    if kind == "said":
        return page.locator("[data-talk] .lines").get_by_role("button", name=phrase(key, language), exact=True).last
    if kind == "phrase":
        words = phrase(key, language)
        one = page.get_by_role("button", name=words, exact=True).or_(page.get_by_role("link", name=words, exact=True))
        return one.locator("visible=true").first
    return page.locator(name).locator("visible=true").first


def settled(page: Page) -> None:
    """Wait until nothing is on its way any more, and what was to be drawn is."""
    for tries_left in (2, 1, 0):
        page.wait_for_load_state("load")
        try:
            page.wait_for_function("() => !document.querySelector('.htmx-request')", timeout=PATIENCE)
            page.evaluate(
                "() => document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => done(1))))"
            )
            return
        except Error:  # the page went on to another meanwhile
            if not tries_left:
                raise


def working_day(number: int, language: str) -> str:
    """The day, so many working days from today, as people type it."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        off = {date.fromisoformat(row["date"]) for row in csv.DictReader(opened)}
    day = clock.today("Asia/Jakarta")
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in off
    return f"{day.day} {MONTHS[language][day.month - 1]}"
