"""Calls of Meta's Graph API: the connections, what a call proves itself with, and what an answer says about it."""

from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from bot.channels import reading, whatsapp_reading
from bot.channels.contract import DISCONNECTED, NO_ACCOUNT, Kept, Later, Never, Shut, Slower, Unknown, about_to_call
from core import database, log, settings
from core.messaging import bot_accounts

NAME = whatsapp_reading.NAME
PATIENCE = 15.0  # seconds for an answer
AFTER_REFUSED_TOKEN = 300.0  # seconds: an operator has to put it right
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# What each code says about the message; 131047 is the closed window.
WINDOW = 131047
PAIR, SECONDS_OF_PAIR = 131056, 6.0
TOO_MANY = {4, 80007, 130429, 131048, 133016}
OPERATOR = {0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010}
ILL = {1, 2, 131000, 131016, 131057}
GONE = {131026, 131030}

_clients: WeakKeyDictionary[AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()


@dataclass(frozen=True)
class Line:
    """One business number, and what speaks for it."""

    phone: str  # the id that Meta gives the number
    token: str
    business: str = ""  # the WhatsApp Business Account that the number is of

    async def post(self, path: str, **given: Any) -> Any:
        """What Meta answers to this; raises Later, Unknown or Never as its code says."""
        return await self._call("POST", path, **given)

    async def get(self, path: str, **given: Any) -> Any:
        """The same for a question, which may be asked again."""
        try:
            return await self._call("GET", path, **given)
        except Unknown:
            raise Later(None, "lost") from None

    async def delete(self, path: str) -> Any:
        """The same for what is to be gone."""
        return await self._call("DELETE", path)

    async def _call(self, method: str, path: str, **given: Any) -> Any:
        try:
            answer = await client().request(method, f"{base()}/{path}", headers=self.proof, **given)
        except UNSENT as fault:
            raise Later(None, type(fault).__name__) from fault
        except httpx.HTTPError as fault:
            raise Unknown from fault
        if answer.status_code != 200:
            raise refusal(answer)
        return read(answer)

    @property
    def proof(self) -> Mapping[str, str]:
        """What a call carries to show that it is ours."""
        return {"authorization": f"Bearer {self.token}"}


async def line(account: str = "") -> Line:
    """The number that Meta calls so, a company's own or the installation's: Kept where that has none, Never where the
    number was a company's and is not any more, or is nobody's here.
    """
    about_to_call()
    made = settings.current()
    if account not in ("", made.whatsapp_phone_id):
        async with database.installation(writes=False):
            own = await bot_accounts.of_account(NAME, account)
        if own is not None and own.ended_at is not None:
            raise Never(DISCONNECTED, gone=True)
        if own is not None:
            return Line(own.account, own.token, own.business)
        if made.whatsapp_token:
            log.error("account_unknown", channel=NAME, account=account, advice="serambi doctor")
            raise Never(NO_ACCOUNT)
    if not made.whatsapp_token:
        raise Kept
    return Line(made.whatsapp_phone_id, made.whatsapp_token, made.whatsapp_account_id)


def client() -> httpx.AsyncClient:
    """The connections of this event loop; they can't be shared between loops."""
    about_to_call()
    loop = get_running_loop()
    found = _clients.get(loop)
    if found is None:
        found = _clients[loop] = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False)
    return found


async def close() -> None:
    """Close the connections of the running event loop."""
    found = _clients.pop(get_running_loop(), None)
    if found is not None:
        await found.aclose()


def base() -> str:
    """Where the Graph API is, in the version that is spoken here."""
    made = settings.current()
    return f"{made.whatsapp_api.rstrip('/')}/{made.whatsapp_api_version}"


def read(answer: httpx.Response) -> Any:
    """The JSON of an answer; None where it is none."""
    try:
        return answer.json()
    except ValueError:
        return None


def refusal(answer: httpx.Response) -> Exception:
    """What a refused call says about the message."""
    found = reading.at(read(answer), "error", "code")
    code = found if isinstance(found, int) and not isinstance(found, bool) else None
    if code is None:
        # A gateway that stopped waiting knows no more than we do; one that reached nobody brought nothing out.
        if answer.status_code == 429:
            return Slower(None, "too many", everybody=True)
        if answer.status_code in (502, 503):
            return Later(None, f"status {answer.status_code}")
        return Unknown() if answer.status_code >= 500 else Never(f"status {answer.status_code}")
    return meaning(code)


def meaning(code: int) -> Exception:
    """What an error code says about the message, told at once or in a status later."""
    if code == WINDOW:
        return Kept("window", window=True)
    if code == PAIR:
        return Slower(SECONDS_OF_PAIR, "pair rate")
    if code in TOO_MANY:
        return Slower(None, f"rate {code}", everybody=True)
    if code in OPERATOR or 200 <= code < 300:
        log.error("whatsapp.refused", channel=NAME, code=code, advice="look at the number and its token at Meta")
        return Shut(AFTER_REFUSED_TOKEN, f"refused {code}")
    if code in ILL:
        return Later(None, f"ill {code}")
    return Never(f"code {code}", gone=code in GONE)
