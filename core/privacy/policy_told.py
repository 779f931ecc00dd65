"""A version that is announced is told to every Super Administrator before it takes effect, once."""

from core import clock, database, jobs
from core.accounts.roles import SUPER
from core.accounts.tables import Company
from core.approvals import chains
from core.messaging import outbox
from core.messaging.messages import Message
from core.people.directory import DEFAULT_ZONE
from core.phrases import phrase, tanggal
from core.privacy import policies


@jobs.cron("40 6 * * *", "privacy.policies")
async def nightly() -> None:
    """Look whether something is announced, and tell each company's Super Administrators of it."""
    today = clock.today(DEFAULT_ZONE)
    ahead = [one for one in (policies.coming(kind, today) for kind in policies.KINDS) if one is not None]
    if not ahead:
        return
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id)]
    for company in companies:
        async with database.transaction(company):
            for person in await chains.holders([SUPER]):
                for one in ahead:
                    await _tell(person.person, person.language, one)


async def _tell(person: int, language: str, one: policies.Version) -> None:
    told = phrase(
        "policies.told", language, title=one.titles[language], day=tanggal(one.from_, language),
        changes="; ".join(one.changes[language]), address=f"/{one.kind}?version={one.number}",
    )  # fmt: skip
    await outbox.post_once(
        await outbox.address_of(person), Message("policies.told", told, language=language),
        dedupe=f"policy:{one.kind}:{one.number}:{person}",
    )  # fmt: skip
