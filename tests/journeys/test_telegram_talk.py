"""Telegram whole, against the running product: linked by the own number, a file, an edit, a deletion, a chat shut and
opened again; every update asked for by polling, every call of ours held to the Bot API's own shapes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.test_plain_pdf import words as words_of
from tests.docker.test_commands import running, wait_until_ready
from tests.faults.books import Books, until
from tests.journeys.test_readme import said
from tests.journeys.test_telegram_guide import environment
from tests.outside import telegram as updates
from tests.outside.serving import Hook
from tests.outside.telegram import Telegram

BUDI, NUMBER = 9_700_001, "6281200000007"
PEOPLE = "employee_number,name,phone,manager,join_date\n0001,Sari Wulandari,,,2019-02-04\n0002,Budi Santoso,0812-0000-0007,0001,2020-03-02\n"


class Screen:
    """Budi's Telegram: what he does is asked for by the product, what it says stands here."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    async def does(self, hook: Hook, true: Callable[[], object], what: str) -> None:
        """Bring it, twice, as a platform may; and wait for what it leads to."""
        self.telegram.queue(hook, hook)
        await until(true, what, 60)

    async def hears(self, hook: Hook, leads_to: str) -> None:
        """Bring it, and wait for an answer that says this."""
        before = len(self.telegram.words(str(BUDI)))
        answered = lambda: len(self.telegram.words(str(BUDI))) > before and leads_to in self.newest  # noqa: E731
        await self.does(hook, answered, f"somebody says {leads_to!r}")

    async def writes(self, words: str, leads_to: str) -> None:
        await self.hears(self.telegram.update(words, BUDI), leads_to)

    async def presses(self, title: str, leads_to: str) -> None:
        await self.hears(self.telegram.press(title, BUDI), leads_to)

    @property
    def newest(self) -> str:
        found = self.telegram.words(str(BUDI))
        return found[-1] if found else ""

    @property
    def files(self) -> list[bytes]:
        return [one.file.raw for one in self.telegram.in_place(str(BUDI)) if one.file is not None]


@pytest.mark.timeout(240)
async def test_the_whole_of_it(tmp_path: Path) -> None:
    with Telegram() as telegram:
        here = environment(telegram, tmp_path, SERAMBI_TELEGRAM_MODE="polling")
        (tmp_path / "people.csv").write_text(PEOPLE)
        said("serambi migrate", here, tmp_path)
        said('serambi company add "PT Contoh" --admin hr@contoh.co.id', here, tmp_path)
        said('serambi people import people.csv --company "PT Contoh"', here, tmp_path)
        code = json.loads(said('serambi people invite 0002 --company "PT Contoh" --json', here, tmp_path))["code"]
        said("serambi telegram connect", here, tmp_path)
        screen = Screen(telegram)
        with running(["serambi", "run"], here, tmp_path) as process:
            wait_until_ready(process, here)
            await screen.writes("/start", "belum tersambung")
            await screen.presses("Saya punya kode", "Ketik 8 huruf-angka")
            assert telegram.keyboards == {str(BUDI): ["Pakai nomor HP-ku"]}
            theirs = telegram.contact(NUMBER, BUDI, of=BUDI + 1)
            await screen.hears(theirs, "bukan nomor akun")
            mine = telegram.contact(NUMBER, BUDI)
            await screen.hears(mine, "Cocok: Budi S.")
            await screen.presses("Ya, sambungkan", "Tersambung")
            assert telegram.keyboards == {}
            assert code not in "".join(telegram.words(str(BUDI)))

            await screen.writes("sisa cuti", "cuti tahunan")
            edited = telegram.update("sisa cuti tahun depan", BUDI, edited=True)
            await screen.hears(edited, "tidak saya baca ulang")
            await screen.writes("kirim rekap cuti saya", "Rekap cutimu")
            assert len(screen.files) == 1
            assert "Budi Santoso" in " ".join(words_of(screen.files[0]))
            hook = telegram.update("hapus", BUDI)
            await screen.does(hook, lambda: not screen.files, "the file is gone")
            await until(lambda: "saya hapus dari chat ini" in screen.newest, "and that is said", 60)

            books = Books(here["SERAMBI_DATABASE_URL"])

            async def shut() -> bool:
                row = await books.one(f"select unreachable_at from channel_identity where external_id = '{BUDI}'")
                return row["unreachable_at"] is not None

            async def opened() -> bool:
                return not await shut()

            telegram.queue(updates.blocks(BUDI))
            await until(shut, "the chat is shut", 60)
            telegram.queue(updates.unblocks(BUDI))
            await until(opened, "the chat is open again", 60)
            await screen.writes("sisa cuti", "cuti tahunan")
            await until(lambda: not telegram.pending, "all is confirmed", 60)
        answers = await books.rows("select key from outbound where key = 'leave.balance'")
        assert len(answers) == 2, "what came twice was answered once"
        assert telegram.refusals == [] and telegram.overlaps == 0
