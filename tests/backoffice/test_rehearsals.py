"""Chats that are kept: pasted, said how they should go, replayed without effect, taken away as a scene."""

import html
import io
import zipfile
from pathlib import Path

import pytest

from core import database, jobs
from core.accounts.roles import SUPPORTING
from core.approvals.tables import Request
from core.audit import AuditEntry
from core.jobs import Job
from core.messaging import misses, rehearsals
from core.messaging.tables import Rehearsal
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY  # noqa: F401
from tests.transcripts import scene
from tests.transcripts.ending import UNNAMED

WHATSAPP = """\
03/07/26 09.15 - Pesan dan panggilan dienkripsi secara end-to-end.
03/07/26 09.15 - Budi Gudang: kalo tono sakit, sisa cutiku
brp?
03/07/26 09.16 - Bu Ratna HR: bentar saya cek ya
03/07/26 09.17 - Budi Gudang: <Media tidak disertakan>
03/07/26 09.18 - Budi Gudang: kulkas dapur berbunyi terus
"""
KULKAS = "Budi > kulkas dapur berbunyi terus"


async def kept(visitor: Visitor, slug: str, **fields: str) -> str:
    """Keep a chat; returns its page's address."""
    made = {"chat": KULKAS, "as": "0412", "writer": "Budi", "words0": "kulkas dapur berbunyi terus", **fields}
    answer = await visitor.post(f"/{slug}/rehearsals", **{"title": "Kulkas", **made})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


async def shown(visitor: Visitor, address: str) -> str:
    return html.unescape((await visitor.get(address)).text)


async def test_a_chat_of_whatsapp_is_read_kept_without_names_and_replayed(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna, number = await house.as_person(maju, "ratna"), maju.budi.number
    read = await ratna.post(f"/{slug}/rehearsals/paste", chat=WHATSAPP, **{"as": number})
    told = html.unescape(read.text)
    assert read.status_code == 200
    assert 'name="words0" type="text" value="kalo {1} sakit, sisa cutiku brp?"' in told
    assert "Media" not in told.partition('id="h-turns"')[2]
    assert "Sekarang: " in told
    answer = await ratna.post(
        f"/{slug}/rehearsals", title="Sisa cuti Budi", chat=WHATSAPP, writer="Budi Gudang", words0="sisa cutiku brp?",
        asks0="leave_balance", answer0="hari cuti … sampai … [Ajukan cuti]", words1="kulkas dapur berbunyi terus", asks1="ticket_new",
        answer1="", **{"as": number},
    )  # fmt: skip
    page = await shown(ratna, answer.headers["location"])
    assert "Obrolan disimpan" in page
    assert ">berbeda<" in page
    assert "Seharusnya: lapor kendala" in page
    assert "Budi" not in page.partition("<h1>")[2].partition("</h1>")[0], "not even in what it is called"
    async with database.reading(maju.company):
        (row,) = await Rehearsal.select()
        assert row["differs_at"] == 1
        assert "tono" not in (rehearsals.told(row, "turns") or "").casefold()
        assert await Request.count() == 0
        assert await AuditEntry.exists().where(AuditEntry.action == "rehearsal.kept")
    assert "berbunyi" not in row["turns"], "sealed"


async def test_what_is_labelled_makes_it_pass_by_itself(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    address = await kept(ratna, slug, asks0="leave_balance")
    assert ">berbeda<" in await shown(ratna, address)
    async with database.transaction(maju.company):
        public = await misses.keep(
            "kulkas dapur berbunyi terus", person=maju.budi.person, language="id", why=misses.UNHEARD
        )
    for _ in range(2):  # several labels within a minute are one replay
        await ratna.post(f"/{slug}/misses/{public}/label", label="leave_balance")
    async with database.installation(writes=False):
        waiting = await Job.select().where((Job.name == "rehearsals.replay") & (Job.state == "queued"))
    assert [one["company"] for one in waiting] == [maju.company]
    await jobs.HANDLERS["rehearsals.replay"](maju.company)
    assert ">sesuai<" in await shown(ratna, address)
    async with database.reading(maju.company):
        before = await Rehearsal.select(Rehearsal.version).first()
    async with database.installation():
        await Job.delete().where(Job.name == "rehearsals.replay")
    await jobs.HANDLERS["rehearsals.hourly"](None)
    async with database.transaction(maju.company):
        await Rehearsal.update({Rehearsal.version: "an older release"}).where(Rehearsal.id > 0)
    await jobs.HANDLERS["rehearsals.hourly"](None)
    async with database.installation(writes=False):
        assert await Job.count().where(Job.name == "rehearsals.replay") == 1, "only after the lexicon has changed"
    await jobs.HANDLERS["rehearsals.replay"](maju.company)
    async with database.reading(maju.company):
        assert await Rehearsal.select(Rehearsal.version).first() == before


async def test_the_first_line_that_differs_is_named_and_a_press_goes_on(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    address = await kept(
        ratna, slug, words0="cuti 20-21 juli, nganter ibu", asks0="leave_request", answer0="2 hari kerja … [Ya, ajukan]",
        words1="[Ya, ajukan]", answer1="Terkirim: … menunggu Sari", words2="status", answer2="Ditolak", title="Dua hari",
    )  # fmt: skip
    page = await shown(ratna, address)
    assert "Seharusnya: Ditolak" in page
    assert page.count("Ternyata:") == 1
    assert "Ternyata: Cuti" in page or "menunggu" in page.partition("Ternyata:")[2]
    again = await ratna.post(f"{address}/replay")
    assert "Obrolan sudah diputar" in await shown(ratna, again.headers["location"])
    gone = await ratna.post(f"{address}/remove")
    assert "Obrolan dihapus" in await shown(ratna, gone.headers["location"])
    assert (await ratna.get(address)).status_code == 404
    async with database.reading(maju.company):
        assert await Request.count() == 0


async def test_a_scene_holds_nothing_of_the_company_and_can_be_read_by_the_tests(
    house: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    address = await kept(
        ratna, slug, title="Sisa dulu, lalu minta", words0="sisa cuti", asks0="leave_balance",
        words1="cuti 20-21 juli, nganter ibu", asks1="leave_request", words2="batal", answer2="Diajukan",
    )  # fmt: skip
    answer = await ratna.post(f"{address}/scene")
    assert answer.headers["content-disposition"].startswith('attachment; filename="company.')
    file = tmp_path / "id" / "company.one.chat"
    file.parent.mkdir()
    file.write_text(answer.text, encoding="utf-8")
    monkeypatch.setattr(scene, "FOLDER", tmp_path)
    made = scene.read(file)
    assert (made.language, made.channel, made.person) == ("id", "web", "Budi")
    assert [line.words for _, line in made.lines if isinstance(line, scene.Says)] == [
        "sisa cuti", "cuti 20-21 juli, nganter ibu", "batal",
    ]  # fmt: skip
    heard = [line for _, line in made.lines if isinstance(line, scene.Hears)]
    assert "Ya, ajukan" in heard[1].choices
    assert heard[-1].words == "… Diajukan …"
    for private in ("Sari", "Gudang", "Maju Bersama", "juli, 2", "Senin"):
        assert private not in answer.text.partition("\n!")[2].replace("20-21 juli", ""), private
    assert made.ending is None or made.ending.key == ""


async def test_with_every_line_in_both_languages_the_scene_comes_with_its_twin_and_its_end(
    house: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    fields = {
        "title": "Minta lalu batal", "words0": "cuti 20-21 juli, nganter ibu", "asks0": "leave_request",
        "twin0": "leave 20-21 july, taking my mother somewhere", "words1": "[Batal]", "twin1": "[Cancel]",
    }  # fmt: skip
    half = await kept(ratna, slug, **{**fields, "twin1": ""})
    assert "dalam satu bahasa saja" in await shown(ratna, half)
    assert (await ratna.post(f"{half}/scene")).headers["content-disposition"].endswith('.chat"')
    address = await kept(ratna, slug, **fields)
    page = await shown(ratna, address)
    assert "dalam dua bahasa;" in page and "taking my mother" in page
    answer = await ratna.post(f"{address}/scene")
    assert answer.headers["content-disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path)
    monkeypatch.setattr(scene, "FOLDER", tmp_path)
    (first, twin) = (scene.read(next((tmp_path / language).glob("*.chat"))) for language in ("id", "en"))
    assert (first.name, first.language, twin.language) == (twin.name, "id", "en")
    assert [line.words for _, line in twin.lines if isinstance(line, scene.Says)] == [fields["twin0"], "Cancel"]
    assert next(line.choices for _, line in twin.lines if isinstance(line, scene.Hears))[0] == "Yes, send"
    assert first.ending is not None and (first.ending.kind, first.ending.key) == ("Text", "dialog.cancelled")
    assert first.ending.written == UNNAMED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words0": ""}, "Beri nama obrolannya"),
        ({}, "Isi sedikitnya untuk satu baris"),
        ({"asks0": "teleport"}, "tidak dikenal"),
    ],
)
async def test_what_is_missing_is_said_and_what_was_written_stays(
    house: Installation, fields: dict[str, str], said: str
) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    sent = {"chat": KULKAS, "as": "0412", "words0": "kulkas bunyi", "answer0": "", "title": "Kulkas", **fields}
    answer = await ratna.post(f"/{slug}/rehearsals", **sent)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert 'value="Kulkas"' in answer.text


async def test_nobody_is_played_who_may_do_more_and_another_company_sees_nothing(house: Installation) -> None:
    maju, slug, other = house.maju, await house.slug(house.maju), await house.slug(house.sinar)
    helper, lina = await house.as_role(maju, SUPPORTING), await house.as_person(house.sinar, "lina")
    ratna = await house.as_person(maju, "ratna")
    for number in ("0101", "0001"):
        answer = await helper.post(f"/{slug}/rehearsals/paste", chat=KULKAS, **{"as": number})
        assert answer.status_code == 422
    assert (await helper.post(f"/{slug}/rehearsals/paste", chat="hm", **{"as": "0412"})).status_code == 422
    nobody = await helper.post(f"/{slug}/rehearsals/paste", chat=KULKAS, **{"as": "Zz"})
    assert "Tidak ada karyawan" in nobody.text
    of_sari = await kept(ratna, slug, asks0="ticket_new", **{"as": "0101"})
    assert (await helper.get(of_sari)).status_code == 422
    public = of_sari.rpartition("/")[2]
    assert "Kulkas" not in (await lina.get(f"/{other}/rehearsals")).text
    assert (await lina.get(f"/{other}/rehearsals/{public}")).status_code == 404
    assert (await lina.post(f"/{other}/rehearsals/{public}/remove")).status_code == 404
    assert "Kulkas" in (await ratna.get(f"/{slug}/rehearsals")).text
