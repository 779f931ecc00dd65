"""What stands around the queue before a ticket is read: categories, fields and kept views, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core import database, views
from core.audit import Actor
from core.helpdesk.tables import DeskField, Ticket, TicketCategory
from core.views import View

# Columns that a part has not stand as a null of the type that another gives them: PostgreSQL asks for it.
ALL = """
select 'category' as what, id, name, name_en, case when ended_at is null then 0 else 1 end as ended,
  cast(null as varchar(6)) as kind, cast(null as integer) as category, cast(null as text) as choices,
  cast(null as varchar(22)) as public, cast(null as varchar(64)) as owner, cast(null as text) as state, 0 as shared
from ticket_category where company = :company
union all select 'field', id, name, name_en, 0, kind, category, choices, null, null, null, 0
from desk_field where company = :company and ended_at is null
union all select 'view', id, name, null, 0, null, null, null, public, "by", state, case when shared then 1 else 0 end
from saved_view where company = :company and list = {} and dropped_at is null and ("by" = {} or shared)
"""


@dataclass(frozen=True)
class SetUp:
    """Categories by name, ended ones too; the fields that are asked for, in their order; the views of who asks."""

    categories: Sequence[TicketCategory]
    ended: frozenset[int]  # categories that only older tickets have
    fields: Sequence[DeskField]
    views: Sequence[View]


async def of_list(list_: str, *, by: Actor) -> SetUp:
    """What a company set up for its desk, and the views of a list that this actor sees."""
    rows = await database.tally(Ticket, ALL, list_, by.name)
    kinds: dict[str, list[dict[str, Any]]] = {"category": [], "field": [], "view": []}
    for row in rows:
        kinds[row["what"]].append(row)
    sorts = sorted(kinds["category"], key=lambda one: (str(one["name"]).casefold(), one["id"]))
    asked = sorted(kinds["field"], key=lambda one: int(one["id"]))
    kept = [
        views.opened(one["public"], one["name"], one["state"], shared=bool(one["shared"]), own=one["owner"] == by.name)
        for one in kinds["view"]
    ]
    return SetUp(
        [TicketCategory(id=one["id"], name=one["name"], name_en=one["name_en"]) for one in sorts],
        frozenset(one["id"] for one in sorts if one["ended"]),
        [
            DeskField(id=one["id"], kind=one["kind"], name=one["name"], name_en=one["name_en"],
                      category=one["category"], choices=one["choices"])
            for one in asked
        ],
        sorted(kept, key=lambda one: one.name.casefold()),
    )  # fmt: skip
