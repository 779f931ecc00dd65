"""What the pages say and do: figures from rows, one decision, and no word of the other language."""

import html
import re
from html.parser import HTMLParser

import pytest

from core import database
from core.approvals.tables import Request
from core.audit import AuditEntry
from core.leave.policy import Period
from core.phrases import LANGUAGES
from tests.backoffice.conftest import Installation
from tests.core.conftest import MONDAY

# Words that only one of the languages has, and that no name or place of the cast contains.
ONLY = {
    "id": {"yang", "dan", "untuk", "dari", "sisa", "cuti", "menunggu", "halaman", "masuk", "keluar", "bahasa"},
    "en": {"the", "and", "for", "from", "leave", "left", "waiting", "waits", "days", "page", "sign", "language"},
}
# What ends a cell and a row by beginning or ending itself, so that their own end may be left out (HTML, 13.1.2.4).
ENDS_A_CELL, ENDS_A_ROW = {"td", "th", "tr", "tbody"}, {"tr", "tbody"}
VOID = {"meta", "link", "input", "br", "img", "use", "path", "rect", "circle"}


class Reader(HTMLParser):
    """Reads a page as a browser would, and notes what would be wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.elsewhere = 0  # inside an element of another language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(str(given["id"]))
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in given:
            self.faults.append("a script in the page")
        for name in ("aria-label", "placeholder", "title", "content"):
            if name != "content" or given.get("name") == "description":
                self.words += (given.get(name) or "").split() if "lang" not in given else []
        self._end_before(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.elsewhere += 1 if self.elsewhere or ("lang" in given and tag != "html") else 0

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == "tbody":
            self._end_before(tag)
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()
        self.elsewhere -= 1 if self.elsewhere else 0

    def _end_before(self, tag: str) -> None:
        if tag in ENDS_A_CELL and self.open[-1:] in (["td"], ["th"]):
            self.handle_endtag(self.open[-1])
        if tag in ENDS_A_ROW and self.open[-1:] == ["tr"]:
            self.handle_endtag("tr")

    def handle_data(self, data: str) -> None:
        if not self.elsewhere:
            self.words += data.split()


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


async def story(house: Installation) -> tuple[str, Request, Request, Request]:
    """One request that waits, one approved, one rejected."""
    maju, july = house.maju, MONDAY.date()
    waits = await maju.asks(maju.budi, Period(july.replace(day=20), july.replace(day=21)))
    approved = await maju.asks(maju.tono, Period(july.replace(day=13), july.replace(day=13)))
    await maju.decides(maju.sari, approved, "approve")
    rejected = await maju.asks(maju.tono, Period(july.replace(day=14), july.replace(day=14)))
    await maju.decides(maju.sari, rejected, "reject", "Stok opname")
    return await house.slug(maju), waits, approved, rejected


async def test_every_page_is_whole_and_speaks_one_language(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    visits = {
        "sari": ["/me/", "/me/leave", "/chat", f"/{slug}/approvals", f"/{slug}/delegation"],
        "ratna": [
            f"/{slug}/leave",
            f"/{slug}/leave?show=all",
            f"/{slug}/approvals",
            f"/{slug}/audit",
            "/nothing/here",
            f"/{slug}/approvals/history",
            f"/{slug}/approvals/{waits.public}",
            f"/{slug}/chains",
            f"/{slug}/chains?who=0412&days=3&away=0101",
            f"/{slug}/chains/leave_request",
        ],
        "budi": ["/me/", "/me/leave", f"/{slug}/audit"],
        "": ["/", "/en", "/sign-in", "/sign-in/spent"],
    }
    for name, paths in visits.items():
        visitor = await house.as_person(house.maju, name) if name else house.visitor()
        titles = {}
        for language in LANGUAGES:
            await visitor.post("/language", language=language)
            for path in paths:
                if path in ("/", "/en") and language != ("en" if path == "/en" else "id"):
                    continue
                page = (await visitor.get(path)).text
                reader = read(page)
                assert reader.faults == [] == reader.open, (path, language, reader.faults, reader.open)
                assert len(reader.ids) == len(set(reader.ids)), (path, sorted(reader.ids))
                assert page.count("<h1") == 1, path
                assert f'<html lang="{language}"' in page
                # What people wrote, and what Serambi wrote to them, stays in the language of the talk.
                said = set(re.findall(r"[a-z]+", " ".join(read(without_talk(page)).words).lower()))
                other = ONLY["en" if language == "id" else "id"]
                assert said.isdisjoint(other), (path, language, said & other)
                titles[path, language] = page.partition("<title>")[2].partition("</title>")[0]
        assert len(set(titles.values())) == len(titles), titles


def without_talk(page: str) -> str:
    return re.sub(
        r'<div class="lines".*?</div>\n?</div>\n?(?:<noscript>.*?</noscript>\n?)?<div class="composer">',
        '</div><div class="composer">',
        page,
        flags=re.S,
    )


async def test_the_portal_shows_what_the_rows_say(house: Installation) -> None:
    await story(house)
    page = html.unescape((await (await house.as_person(house.maju, "budi")).get("/me/leave")).text)
    assert "hari cuti tahunan, berlaku sampai Kamis 31 Desember." in page
    assert "Senin 20 - Selasa 21 Juli" in page
    assert "Menunggu Sari" in page
    sums = [int(found.replace("−", "-")) for found in re.findall(r'<td class="number">([+−]?\d+)</td>', page)]
    assert sum(sums) == int(page.partition("<h1>")[2].split()[0])


async def test_a_newcomer_is_told_when_leave_begins(house: Installation) -> None:
    page = (await (await house.as_person(house.maju, "ika")).get("/me/")).text
    assert "Jatah pertama diberikan Kamis 1 Oktober." in page


async def test_a_card_is_decided_without_a_script(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    sari = await house.as_person(house.maju, "sari")
    page = html.unescape((await sari.get(f"/{slug}/approvals")).text)
    assert "1 menunggu keputusan Anda." in page
    assert f'action="/{slug}/approvals/{waits.public}"' in page
    answer = await sari.post(f"/{slug}/approvals/{waits.public}", version=1, verdict="approve")
    assert answer.status_code == 303
    after = html.unescape((await sari.get(answer.headers["location"])).text)
    assert f"{waits.number} dari Budi disetujui." in after
    assert "Tak ada yang menunggu Anda." in after


async def test_a_rejection_needs_a_reason_that_the_asker_reads(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    sari = await house.as_person(house.maju, "sari")
    empty = await sari.post(f"/{slug}/approvals/{waits.public}", version=1, verdict="reject", reason="  ")
    assert empty.status_code == 422
    assert "<title>Kesalahan:" in empty.text
    assert f'href="#reason-{waits.public}"' in empty.text
    await sari.post(f"/{slug}/approvals/{waits.public}", version=1, verdict="reject", reason="Gudang <b>sepi</b>")
    budi = (await (await house.as_person(house.maju, "budi")).get("/me/")).text
    assert "Gudang &lt;b&gt;sepi&lt;/b&gt;" in budi


async def test_a_card_that_was_decided_elsewhere_says_by_whom_and_when(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    sari = await house.as_person(house.maju, "sari")
    await house.maju.decides(house.maju.sari, waits, "approve")
    late = await sari.post(f"/{slug}/approvals/{waits.public}", version=1, verdict="reject", reason="Terlambat")
    assert late.status_code == 409
    assert "09.00 WIB" in late.text
    assert (await house.maju.request(waits.number)).state == "applied"


async def test_the_page_says_when_a_card_was_decided_elsewhere_and_changes_nothing(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    sari = await house.as_person(house.maju, "sari")
    page = (await sari.get(f"/{slug}/approvals")).text
    (news,) = re.findall(r'hx-get="([^"]*/news[^"]*)"', page)
    assert (await sari.get(news)).status_code == 204
    await house.maju.decides(house.maju.sari, waits, "approve")
    assert "sudah diputus di tempat lain" in (await sari.get(news)).text


async def test_the_company_s_list_filters_by_address(house: Installation) -> None:
    slug, waits, approved, rejected = await story(house)
    ratna = await house.as_person(house.maju, "ratna")

    async def numbers(query: str) -> list[str]:
        return re.findall(r'nowrap">(?:<a [^>]*>)?(C-\d+)<', (await ratna.get(f"/{slug}/leave{query}")).text)

    assert await numbers("") == [waits.number]
    assert await numbers("?show=decided") == [rejected.number, approved.number]
    assert await numbers("?show=all") == [rejected.number, approved.number, waits.number]
    assert await numbers("?show=nonsense") == [waits.number]
    assert await numbers("?show=all&sort=asked") == [waits.number, approved.number, rejected.number]


async def test_the_audit_names_people_and_notices_a_changed_entry(house: Installation) -> None:
    slug, waits, *_ = await story(house)
    ratna = await house.as_person(house.maju, "ratna")
    page = (await ratna.get(f"/{slug}/audit")).text
    assert "Rantai utuh sampai entri" in page
    assert f"pengajuan {waits.number}" in page
    only = (await ratna.get(f"/{slug}/audit?action=request.reject")).text
    assert only.count('<th scope="row"') == 1
    assert "Sari Wulandari" in only
    if database.engine().__class__.__name__ == "PooledSQLite":
        await _tamper(house.maju.company)
        assert "Rantai putus di entri 3." in (await ratna.get(f"/{slug}/audit?check=1")).text


async def _tamper(company: int) -> None:
    """As somebody would who has the file in hands: the triggers are dropped first."""
    async with database.transaction(company):
        transaction = database.engine().current_transaction.get()
        assert transaction is not None
        names = await transaction.connection.execute_fetchall(
            "select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_entry'"
        )
        for row in names:
            await transaction.connection.execute(f'drop trigger "{row["name"]}"')
        await AuditEntry.update({AuditEntry.actor: "somebody:else"}).where(AuditEntry.seq == 3)


async def test_what_is_written_in_the_page_reaches_the_inbox_once(house: Installation) -> None:
    from core.messaging.tables import Inbound

    budi = await house.as_person(house.maju, "budi")
    for _ in range(2):
        assert (await budi.post("/chat", words="cuti besok", id="one-and-the-same")).status_code == 303
    assert (await budi.post("/chat", words="   ", id="another")).status_code == 303
    async with database.installation(writes=False):
        assert await Inbound.count() == 1
    assert "cuti besok" in (await budi.get("/chat")).text


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "' or 1=1 --"]
)
async def test_hostile_words_are_only_words(house: Installation, words: str) -> None:
    budi = await house.as_person(house.maju, "budi")
    await budi.post("/chat", words=words)
    page = (await budi.get("/chat")).text
    assert html.escape(words, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    assert read(page).faults == []


async def test_a_phone_has_the_talk_among_its_four_and_everybody_a_way_to_the_account(house: Installation) -> None:
    slug = await house.slug(house.maju)
    for name, path in (("budi", "/me/"), ("ratna", f"/{slug}/today")):
        page = (await (await house.as_person(house.maju, name)).get(path)).text
        assert re.search(r'<header class="eave">.*<a class="who" href="/account">.*</header>', page, re.DOTALL)
        bar = page.partition('<nav class="tabs"')[2].partition("<details")[0]
        assert len(re.findall("<a ", bar)) == 4
        assert ('href="/chat"' in bar) == (name == "budi")


async def test_a_stand_in_is_named_and_accepts_on_the_page(house: Installation) -> None:
    slug = await house.slug(house.maju)
    sari, rina = await house.as_person(house.maju, "sari"), await house.as_person(house.maju, "rina")
    here, day = f"/{slug}/delegation", MONDAY.date().isoformat()
    assert (await sari.post(here, to="9999", starts=day, ends=day)).status_code == 422
    assert (await sari.post(here, to="0003", starts=day, ends=day)).status_code == 303
    page = (await rina.get(here)).text
    assert "<p>Senin 6 Juli - Senin 6 Juli" in page  # the day that was written, by the clock of who gave it
    (action,) = re.findall(rf'action="({here}/[^"]+)"', page)[:1]
    assert (await sari.post(action, answer="accept")).status_code == 403
    assert (await rina.post(action, answer="accept")).status_code == 303
    assert "berlaku" in (await sari.get(here)).text
