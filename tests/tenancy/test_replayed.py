"""Every request there can be, by one company with another's identifiers: no word of the other is said, no row changes.

The routes come from the application's own table and what each asks for from its handler, so that a route added tomorrow
is asked here unseen.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from core import database
from core.accounts import joining
from core.accounts.roles import ADMINISTRATOR, AGENT, PROTECTION, SUPER, SUPPORTING
from tests.backoffice.asking import Program, secret_of
from tests.backoffice.conftest import Installation, Visitor
from tests.tenancy import replaying
from tests.tenancy.replaying import Door
from tests.tenancy.twins import Twin, differences, rows_of

BY_HAND = (SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION)
PATIENCE = 60.0  # seconds; nothing is passed over because it was slow
# What ends the visitor's own session: afterwards nothing else could be asked.
ENDS = ("/sign-out", "/account/block", "/account/sessions/end", "/account/password")
NOT_THERE = (404, 410)
# Answered by whether the machine is well.
PROBES = ("/readyz", "/healthz", "/metrics")
# Parts of an address that are no identifier but a word of ours, by what stands before them.
WORDS = (
    ("/identity/", "nik"), ("/pay/", "basic_salary"), ("/types/", "annual"), ("/chains/", "leave_request"),
    ("/chats/", "telegram"), ("/consents/", "news"), ("/views/", "people"), ("/training/", "ajukan-cuti"),
)  # fmt: skip

# Where not even their own people find the row that was laid, by why. Everything else is found by them.
CANNOT: Mapping[str, str] = {
    "a passkey is an account's, and whoever asks has one of their own, not the one that was laid": """
        GET /account/passkeys/{public:str}
        POST /account/passkeys/{public:str}/name
        POST /account/passkeys/{public:str}/remove
        POST /{company:str}/roles/{public:str}/passkeys/{passkey:str}/remove
    """,
    "opened by a secret of which only a hash is kept, or by a key that a platform proves": """
        GET /chat/frame/{key:str}
        GET /chat/frame/{key:str}/lines
        GET /chat/frame/{key:str}/live
        GET /hooks/whatsapp/{key:str}
        GET /reset/{secret:str}
        GET /sign-in/{secret:str}
        GET /{company:str}/feed/{secret:str}
        POST /chat/frame/{key:str}/enter
        POST /chat/frame/{key:str}/file
        POST /chat/frame/{key:str}/leave
        POST /chat/frame/{key:str}/say
        POST /d/{secret:str}
        POST /hooks/telegram/{key:str}
        POST /hooks/whatsapp/{key:str}
        POST /reset/{secret:str}
        POST /sign-in/{secret:str}
    """,
    "names a word or a file of the product, or of its list of settings, and no row": """
        GET /help/{name:str}
        GET /releases/{quarter:str}
        GET /static/{name:path}
        GET /training/{film:str}/{name:str}
        GET /{company:str}/articles/{name:str}
        GET /{company:str}/drafts/{name:str}/{thing:str}
        GET /{company:str}/releases/{quarter:str}
        POST /help/{name:str}/answered
        POST /me/calendar/{name:str}
        POST /me/calendar/{name:str}/end
        POST /me/tickets/{public:str}/share/{name:str}
        POST /{company:str}/articles/{name:str}/retire
        POST /{company:str}/drafts/{name:str}/{thing:str}
        POST /{company:str}/drafts/{name:str}/{thing:str}/drop
        POST /{company:str}/privacy/register/processors/{name:str}
        POST /{company:str}/releases/{quarter:str}/back
        POST /{company:str}/releases/{quarter:str}/count
        POST /{company:str}/releases/{quarter:str}/send
        POST /{company:str}/settings/{name:str}
        POST /{company:str}/views/{name:str}/{public:str}/{verb:str}
    """,
    "the desk of the operator alone has it": """
        GET /{company:str}/companies/{slug:str}
        GET /{company:str}/defects/{public:str}
        POST /{company:str}/companies/{slug:str}/ask
        POST /{company:str}/defects/{public:str}/fix
        POST /{company:str}/tickets/{public:str}/defect
    """,
    "wants a verb of ours beside the identifier, and such a verb is refused before the row is looked for": """
        POST /{company:str}/imports/{public:str}/{act:str}
        POST /{company:str}/leave/opening/{public:str}/{act:str}
        POST /{company:str}/privacy/holdings/{act:str}
        POST /{company:str}/privacy/holdings/{public:str}/{act:str}
        POST /{company:str}/privacy/{public:str}/{act:str}
        POST /{company:str}/settings/calendar/closure/{number:int}/{verb:str}
    """,
    "wants a batch, file or request of another kind or state than the one row that was laid, or an earlier request of the walk has ended it": """
        GET /{company:str}/imports/{public:str}/copy
        GET /{company:str}/leave/opening/{public:str}
        GET /{company:str}/leave/opening/{public:str}/copy
        GET /{company:str}/privacy/{public:str}
        GET /{company:str}/roles/{public:str}
        GET /{company:str}/work/{public:str}/file
        POST /me/tickets/{public:str}/files/{paper:str}
        POST /{company:str}/approvals/{public:str}
        POST /{company:str}/collective/{public:str}/undo
        POST /{company:str}/delegation/{public:str}
        POST /{company:str}/jobs/{number:int}/drop
        POST /{company:str}/leave/worked/{public:str}/undo
        POST /{company:str}/people/{public:str}/leave/adjust/{batch:str}/undo
        POST /{company:str}/people/{public:str}/leave/payout
        POST /{company:str}/people/{public:str}/leave/payout/{batch:str}/undo
        POST /{company:str}/people/{public:str}/leave/{number:str}/take-out
        POST /{company:str}/privacy/{public:str}/proof
        POST /{company:str}/rehearsals/{public:str}/replay
        POST /{company:str}/rehearsals/{public:str}/scene
        POST /{company:str}/roles/offers/{public:str}/revoke
        POST /{company:str}/roles/offers/{public:str}/send
        POST /{company:str}/roles/{public:str}/dismiss
        POST /{company:str}/roles/{public:str}/second-factor
        POST /{company:str}/roles/{public:str}/sign-out
        POST /{company:str}/settings/calendar/leave/{public:str}/undo
        POST /{company:str}/settings/closures/{number:int}/evidence
        POST /{company:str}/settings/slack/workspace/{name:str}/end
        POST /{company:str}/tickets/bulk/{public:str}/undo
        POST /{company:str}/tickets/team/{public:str}
        POST /{company:str}/types/{code:str}/{public:str}/publish
        POST /{company:str}/types/{code:str}/{public:str}/withdraw
        POST /{company:str}/settings/webhooks/{public:str}/pause
        POST /{company:str}/settings/webhooks/{public:str}/ping
        POST /{company:str}/settings/webhooks/{public:str}/resume
        POST /{company:str}/settings/webhooks/{public:str}/rotate
    """,
    "is not shown to whom the report is about, and that is who asks": """
        GET /{company:str}/privacy/misuse/{public:str}
        POST /{company:str}/privacy/misuse/{public:str}/{act:str}
    """,
}


@pytest.fixture
async def twins(house: Installation) -> tuple[Twin, Twin]:
    mine = await Twin(house.maju.company, 0xA0A0A, 800001).fill()
    theirs = await Twin(house.sinar.company, 0xB0B0B, 900001).fill()
    assert (mine.left, theirs.left) == ({}, {}), "tables without a row: say in twins.py what theirs has to hold"
    return mine, theirs


class Asker:
    """Somebody of a company who asks for a route with the identifiers of one of the two."""

    def __init__(self, visitor: Visitor, program: Program, of: Twin) -> None:
        self.visitor, self.program, self.of = visitor, program, of
        self.form = ""

    def address(self, door: Door, slug: str) -> str:
        told = {"company": slug, "int": str(self.of.number), "str": self.of.public, "path": self.of.public}
        if "{number:str}" in door.path:
            told["number"] = f"C-{self.of.number}"
        for before, word in WORDS:
            found = replaying.PART.match(door.path.partition(before)[2])
            if found:
                told[found[1]] = word
        return door.at(**told)

    async def asks(self, door: Door, slug: str, text: str) -> httpx.Response:
        """What comes of it."""
        at, fields = self.address(door, slug), replaying.filled(door, self.of.number, text)
        return await asyncio.wait_for(self._sent(door.method, at, fields), PATIENCE)

    async def _sent(self, method: str, at: str, fields: dict[str, Any]) -> httpx.Response:
        if at.startswith("/api/"):
            return await self.program.http.request(method, at, json=fields if method != "GET" else None)
        if method == "GET":
            return await self.visitor.http.get(at)
        if at.startswith("/hooks/"):
            return await self.visitor.http.post(at, json=fields)
        self.form = self.form or await self.visitor.token()
        return await self.visitor.http.post(at, data={"csrf": self.form, **fields})


async def everything_may(house: Installation, company: int, person: int) -> Visitor:
    """Somebody who has every role of their company at once."""
    async with database.transaction(company):
        for role in BY_HAND:
            account = await joining.join(f"all@{company}.example", role, person=person, language="en")
    return await house.as_account(account)


def told_of(twin: Twin, answer: httpx.Response) -> list[str]:
    """Which words of a company an answer says."""
    said = replaying.said(answer)
    return [one for one in (twin.sings, twin.name, "Bambang Irawan", "Lina Gunawan", "PT Sinar Laut") if one in said]


@pytest.mark.timeout(400)
async def test_no_route_tells_or_changes_anything_of_another_company(
    house: Installation, twins: tuple[Twin, Twin]
) -> None:
    _, theirs = twins
    here, there = await house.slug(house.maju), await house.slug(house.sinar)
    program = Program(house.app, await secret_of(house.maju))
    chief = Asker(await everything_may(house, house.maju.company, house.maju.hendra.person), program, theirs)
    employee = Asker(await house.as_person(house.maju, "budi"), program, theirs)
    before = await rows_of(theirs)
    faults: list[Any] = []
    for door in replaying.doors(house.app):
        if door.path in (*ENDS, *PROBES):
            continue
        of_company = "{company" in door.path
        texts = (theirs.public, str(theirs.number)) if door.method != "GET" else (theirs.public,)
        tries = [(chief, here, text) for text in texts]
        tries += [(chief, there, theirs.public)] if of_company else [(employee, here, theirs.public)]
        for who, slug, text in tries:
            answer = await who.asks(door, slug, text)
            told = told_of(theirs, answer)
            if told or answer.status_code >= 500 or (slug == there and answer.status_code != 404):
                faults.append((door.method, who.address(door, slug), answer.status_code, told))
    assert faults == []
    assert differences(before, await rows_of(theirs)) == {}


@pytest.mark.timeout(400)
async def test_their_own_people_do_find_and_read_it(house: Installation, twins: tuple[Twin, Twin]) -> None:
    """The same requests by whose the rows are: what is asked for above is there."""
    _, theirs = twins
    there, person = await house.slug(house.sinar), theirs.person
    program = Program(house.app, await secret_of(house.sinar))
    own = Asker(await everything_may(house, theirs.company, person), program, theirs)
    missed: set[str] = set()
    read, ways = 0, sorted(replaying.doors(house.app), key=lambda one: one.method != "GET")
    for door in ways:
        if door.path in (*ENDS, *PROBES) or not replaying.PART.search(door.path.replace("{company:str}", "")):
            continue
        answer = await own.asks(door, there, theirs.public)
        if answer.status_code in NOT_THERE:
            missed.add(f"{door.method} {door.path}")
        read += bool(told_of(theirs, answer))
    listed = {" ".join(line.split()) for told in CANNOT.values() for line in told.splitlines() if line.strip()}
    assert missed == listed
    assert read > 20
