"""The commands that let people in again: `company appoint`, `account unblock`, `account reset`."""

import argparse
from typing import Any

from core import clock, database, phrases
from core.accounts import appointing, blocks, joining, operators, resets
from core.accounts.roles import OPERATOR_ADMINISTRATOR, OPERATORS, SUPER
from core.accounts.tables import Company
from core.command_line import Command, option
from core.commands import COMMAND, COMPANY, company_of, opened
from core.helpdesk import reports
from core.privacy import public_form
from core.settings import Settings


async def company_appoint(made: Settings, given: argparse.Namespace) -> Any:
    """Make an address Super Administrator of a company: the way back when the only one has left."""
    async with opened(made):
        company = await company_of(given.company)
        async with database.transaction(company):
            account, asked = await appointing.appoint(given.email, SUPER, by=COMMAND)
            secret = await joining.sign_in_link(account)
    link = f"{made.public_url}/sign-in/{secret}"
    told = "becomes Super Administrator by using this link" if asked else "is Super Administrator. Sign-in"
    return {"link": link, "text": f"{given.email} {told} (once, 3 days): {link}"}


async def account_unblock(made: Settings, given: argparse.Namespace) -> Any:
    """Open a blocked account again, an administrator's too."""
    async with opened(made):
        company = await company_of(given.company)
        async with database.transaction(company):
            await blocks.lift_account(await joining.account_of(given.email), given.reason, by=COMMAND)
    return {"text": f"{given.email} may sign in again. Chats are linked anew with: serambi people invite"}


async def account_reset(made: Settings, given: argparse.Namespace) -> Any:
    """Print the link by which somebody who has a password sets another, where no mail brings it to them."""
    async with opened(made):
        company = await company_of(given.company)
        async with database.transaction(company):
            secret = await resets.by_hand(given.email, by=COMMAND)
            place = await Company.select(Company.zone).where(Company.id == company).first()
    assert place is not None
    link, until = f"{made.public_url}/reset/{secret}", clock.now() + resets.LIFE
    lines = [
        f"New password of {given.email} (once, until {phrases.saat(until, place['zone'], 'en')}): {link}",
        "Make sure who asks, and hand it to nobody else: it ends every session. A second step is asked for as before.",
    ]
    return {"link": link, "expires": until.isoformat(), "text": "\n".join(lines)}


async def report_unmatched(made: Settings, _: argparse.Namespace) -> Any:
    """Print the reports of the public form about companies that are not on this server."""
    async with opened(made):
        found = [*await reports.unmatched(), *await public_form.unmatched()]
    lines = [f"{one['number']}\t{one['at']}\t{one['state']}\n{one['words']}\n" for one in found]
    return {"reports": list(found), "text": "\n".join(lines) or "No report is about a company that is not here."}


async def operator_add(made: Settings, given: argparse.Namespace) -> Any:
    """Give an address a role at the operator's own desk; the first one comes to be by this."""
    async with opened(made):
        secret, asked = await operators.add(given.email, given.role, by=COMMAND)
    link = f"{made.public_url}/sign-in/{secret}"
    told = "begins at the operator's desk by using this link" if asked else "has the role. Sign-in"
    after = "A second step (an authenticator app) is set up then; the desk is at /operator."
    return {"link": link, "role": given.role, "text": f"{given.email} {told} (once, 3 days): {link}\n{after}"}


COMMANDS = (
    Command("report unmatched", "reports of the public form about companies that are not here", report_unmatched),
    Command(
        "company appoint", "make an address Super Administrator, when the only one has left", company_appoint,
        (option("email", metavar="EMAIL"), COMPANY),
    ),
    Command(
        "operator add", "let an address work at the operator's own desk, /operator", operator_add,
        (option("email", metavar="EMAIL"), option("--role", choices=OPERATORS, default=OPERATOR_ADMINISTRATOR)),
    ),
    Command(
        "account unblock", "lift the block of an account, an administrator's too", account_unblock,
        (option("email", metavar="EMAIL"), COMPANY, option("--reason", required=True)),
    ),
    Command(
        "account reset", "print the link that sets a new password, for who has one and gets no mail", account_reset,
        (option("email", metavar="EMAIL"), COMPANY),
    ),
)  # fmt: skip
