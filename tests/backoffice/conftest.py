"""What the tests of pages ask for: two companies, the application as it is mounted, and visitors with a browser's habits."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

import serambi
from core import database, vault
from core.accounts import joining, second_factor, sign_in, totp
from core.accounts.tables import Account, Company, Membership
from tests.core import shelf
from tests.core.cast import Cast, lay
from tests.core.conftest import database_url, empty_url, open_database  # noqa: F401  pytest finds fixtures by name

HERE = "http://127.0.0.1:8000"
SINAR = """\
employee_number,name,email,manager,department,location,timezone,join_date,role
0001,Lina Gunawan,lina@{at},,Direksi,Jakarta,Asia/Jakarta,2016-03-01,super_administrator
0002,Bambang Irawan,bambang@{at},0001,Gudang,Jakarta,Asia/Jakarta,2019-02-04,
"""


class Visitor:
    """A browser without a screen: it keeps cookies and sends the token of the page it has seen."""

    def __init__(self, app: Litestar, **headers: str) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=cast(Any, app), raise_app_exceptions=False),
            base_url=HERE,
            headers=headers,
        )

    async def get(self, path: str, **more: Any) -> httpx.Response:
        answer = await self.http.get(path, **more)
        assert answer.headers.get("content-type", "").count("charset") < 2, answer.headers["content-type"]
        return answer

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """Fill in a form: its token comes from a page, as it would."""
        return await self.http.post(path, data={"csrf": await self.token(), **fields})

    async def token(self) -> str:
        page = await self.http.get("/sign-in/none")
        return page.text.partition('name="csrf" content="')[2].partition('"')[0]

    def holds(self, secret: str) -> None:
        """Have this session's cookie."""
        self.http.cookies.set("session", secret, domain="127.0.0.1", path="/")


@dataclass
class Installation:
    """Two companies, the application, and how to visit it."""

    app: Litestar
    maju: Cast
    sinar: Cast

    def visitor(self, **headers: str) -> Visitor:
        return Visitor(self.app, **headers)

    async def as_person(self, cast: Cast, name: str) -> Visitor:
        """Somebody of a company, signed in."""
        async with database.reading(cast.company):
            row = (
                await Membership.select(Membership.account).where(Membership.person == cast.people[name].person).first()
            )
            account = row["account"] if row else None
        if account is None:
            async with database.transaction(cast.company):
                account = await joining.join(
                    f"{name}@pages.example", "employee", person=cast.people[name].person, language="id"
                )
        return await self.as_account(account)

    async def as_role(self, cast: Cast, role: str) -> Visitor:
        """An account with one role and nothing else, signed in."""
        async with database.transaction(cast.company):
            account = await joining.join(f"{role}@pages.example", role, person=None, language="id")
        return await self.as_account(account)

    async def as_account(self, account: int) -> Visitor:
        """An account, signed in; with a second factor where a company demands one."""
        if await second_factor.demanded_by(account) and not await second_factor.is_on(account):
            async with database.installation():
                secret = vault.seal(totp.new_secret(), company=0, column=second_factor.SECRET)
                await Account.update({Account.totp: secret}).where(Account.id == account)
        visitor = self.visitor()
        visitor.holds(await sign_in.open_for(account))
        return visitor

    async def slug(self, cast: Cast) -> str:
        async with database.installation(writes=False):
            company = await Company.objects().get(Company.id == cast.company)
        assert company is not None
        return str(company.slug)


@lru_cache
def _app() -> Litestar:
    """The application, once a process: it keeps nothing of a request, and its three hundred routes take their time."""
    return serambi.make_app()


@pytest.fixture
async def house(open_database: str, monkeypatch: pytest.MonkeyPatch) -> Installation:  # noqa: F811
    """PT Maju Bersama and PT Sinar Laut behind one application."""
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)

    async def both() -> tuple[Cast, Cast]:
        maju = await lay("PT Maju Bersama", granted=("budi", "tono", "sari"))
        return maju, await lay("PT Sinar Laut", at="sinar.example", people=SINAR)

    maju, sinar = await shelf.laid("house", both)
    return Installation(_app(), maju, sinar)
