"""What a night let go because it was kept long enough: counted, held back where a hold stands, and signed."""

import json
from collections.abc import Mapping, Sequence

from core import audit, clock, database
from core.privacy import ledger
from core.privacy.holding_tables import RetentionRun


async def note(counts: Mapping[str, int], held: Mapping[str, int], *, dry: bool = False) -> RetentionRun:
    """Write down what went, or with `dry` what would go; in the open transaction."""
    now, told, kept = clock.now(), json.dumps(dict(counts), sort_keys=True), json.dumps(dict(held), sort_keys=True)
    row = RetentionRun(
        public=database.new_public(), at=now, dry=dry, counts=told, held=kept,
        signature=ledger.signature(_said(database.company(), now.isoformat(), dry, told, kept)),
    )  # fmt: skip
    await RetentionRun.insert(row)
    if not dry:
        audit.record("retention.swept", f"company:{database.company()}", rows=sum(counts.values()))
    return row


async def newest(most: int = 20) -> Sequence[tuple[RetentionRun, int, int]]:
    """The last runs, with how many rows went and how many were held back."""
    rows = await RetentionRun.objects().order_by(RetentionRun.id, ascending=False).limit(most)
    return [(row, sum(json.loads(row.counts).values()), sum(json.loads(row.held).values())) for row in rows]


def is_ours(row: RetentionRun) -> bool:
    """Whether this installation has signed it as it stands."""
    return row.signature == ledger.signature(_said(row.company, row.at.isoformat(), row.dry, row.counts, row.held))


def _said(company: int, at: str, dry: bool, counts: str, held: str) -> str:
    return f"retention|{company}|{at}|{dry}|{counts}|{held}"
