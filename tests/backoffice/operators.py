"""Somebody of the operator, for the tests of the operator's desk and of what companies let them see."""

from core import database
from core.accounts import joining, offers, operators
from core.accounts.roles import OPERATOR_AGENT
from core.audit import Actor
from tests.backoffice.conftest import Installation, Visitor

BY = Actor("command", "command")


async def account_of(role: str = OPERATOR_AGENT, name: str = "dian") -> int:
    """An account with this role at the operator's desk, whose owner has accepted it."""
    email = f"{name}@serambi.example"
    await operators.add(email, role, by=BY)
    async with database.transaction(await operators.company()):
        account = await joining.account_of(email)
        await offers.take(account)
    return account


async def visitor(house: Installation, role: str = OPERATOR_AGENT, name: str = "dian") -> Visitor:
    """The same, signed in with the second factor that is demanded of them."""
    return await house.as_account(await account_of(role, name))
