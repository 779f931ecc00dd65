"""What is wrong with an installation's rows, as far as rows say so without the keys.

They are read while a backup is written, and again where it was put back. A backup is whole when both say the same; what
was wrong before is told, not hidden.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core import audit, backup_rows, settings
from core.backup_file import Manifest
from core.backup_rows import SPENT


class Findings:
    """What the rows say together, in whichever order the tables come."""

    def __init__(self) -> None:
        self.ends: dict[int, tuple[int, str]] = {}  # company -> number and hash of its newest audit entry
        self._wrong: list[str] = []
        self._companies: set[int] = set()
        self._of: Counter[tuple[str, int]] = Counter()
        self._lots: dict[int, tuple[int, str]] = {}
        self._entries: Counter[tuple[int, str]] = Counter()
        self._left: Counter[int] = Counter()
        self._balances: dict[tuple[int, str], tuple[int, int, int]] = {}

    def read(self, table: str, row: Mapping[str, Any]) -> None:
        """Take one row into account."""
        if row.get("company"):  # 0 is the installation itself
            self._of[table, row["company"]] += 1
        match table:
            case "company":
                self._companies.add(row["id"])
            case "audit_entry":
                self._read_audit(row)
            case "lot":
                self._lots[row["id"]] = (row["employment"], row["leave_type"])
            case "leave_entry":
                self._entries[row["lot"], row["kind"]] += row["quantity"]
                self._left[row["lot"]] += row["quantity"]
            case "leave_balance":
                told = (row["available"], row["held"], row["taken"])
                self._balances[row["employment"], row["leave_type"]] = told

    def _read_audit(self, row: Mapping[str, Any]) -> None:
        seq, prev = self.ends.get(row["company"], (0, audit.START))
        acted = (row["actor"], row["channel"], row["action"], row["object"], row["meta"])
        made = audit.digest(row["company"], row["seq"], datetime.fromisoformat(row["at"]), *acted, row["prev"])
        if row["seq"] != seq + 1 or row["prev"] != prev or row["hash"] != made:
            self._wrong.append(f"the audit of company {row['company']} breaks at entry {row['seq']}")
        self.ends[row["company"]] = (row["seq"], row["hash"])

    def told(self) -> list[str]:
        """What is wrong, one sentence each."""
        wrong = [
            f"{count} rows of {table} are of company {company}, which is not there"
            for (table, company), count in sorted(self._of.items())
            if company not in self._companies
        ]
        sums: dict[tuple[int, str], Counter[str]] = {whose: Counter() for whose in self._balances}
        for (lot, kind), quantity in self._entries.items():
            if lot in self._lots:
                sums.setdefault(self._lots[lot], Counter())[kind] += quantity
        for whose, kinds in sorted(sums.items()):
            counted = (kinds.total(), -kinds["hold"] - kinds["release"], -kinds["consume"])
            if counted != (told := self._balances.get(whose, (0, 0, 0))):
                wrong.append(f"the leave {whose[1]} of employment {whose[0]} says {told}, its entries {counted}")
        return [*self._wrong, *wrong]


async def differences(manifest: Manifest) -> list[str]:
    """What the database that the settings name says otherwise than the backup it was made of."""
    found, wrong = Findings(), []
    async with backup_rows.source(settings.current()) as source:
        for name, columns in (await source.tables()).items():
            count = 0
            async for part in source.rows(name):
                count += len(part)
                for row in part:
                    found.read(name, dict(zip(columns, row, strict=True)))
            table = manifest.tables.get(name)
            if table is not None and name not in SPENT and count != table.rows:
                wrong.append(f"{name} has {count} rows, the backup {table.rows}")
    ends = {str(company): list(end) for company, end in found.ends.items()}
    if ends != manifest.audit:
        wrong.append(f"the audits end at {ends}, in the backup at {manifest.audit}")
    return wrong + [one for one in found.told() if one not in manifest.wrong]
