"""Many requests decided in one go: each by itself, so that what a rule refuses takes nothing else along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import standing
from backoffice.rendering import refusal
from core import database
from core.approvals import decisions
from core.approvals.kinds import APPROVE, REJECT
from core.errors import Refused
from core.phrases import one_line

WEB = "web"
MOST = 50


class Ticked(Struct):
    """What was ticked, each as `address:version`; the verdict on all of it, and its reason."""

    item: str | list[str] = ""
    verdict: str = APPROVE
    reason: str = ""
    state: str = ""  # the filters and the order of the list it was ticked in

    @property
    def lacks_reason(self) -> bool:
        """Whether it rejects without saying why: one reason is asked for all of it, before anything is decided."""
        return self.verdict == REJECT and not one_line(self.reason)

    @property
    def items(self) -> Sequence[tuple[str, int]]:
        """The addresses with the version of what was read; what isn't written so is left out."""
        ticked = [self.item] if isinstance(self.item, str) else self.item
        parts = [one.partition(":") for one in ticked]
        return [(public, int(version[:9])) for public, _, version in parts if version.isdecimal()][:MOST]


@dataclass(frozen=True)
class Answered:
    """What became of it: the addresses of those decided, in the order of asking, and of the others why not."""

    done: Sequence[str]
    refused: Mapping[str, str]


async def decide(request: Web, items: Sequence[tuple[str, int]], verdict: str, reason: str = "") -> Answered:
    """Give this verdict on each of these, in a transaction of its own."""
    where = standing(request)
    done, refused = [], {}
    for public, version in items:
        async with database.reading(where.company):
            asked = await decisions.by_public(public)
        if asked is None:
            continue
        try:
            await decisions.decide(
                asked, verdict, reason=reason, person=where.decides or 0, version=version, channel=WEB
            )
        except Refused as no:
            refused[public] = refusal(request, no, where.zone)
        else:
            done.append(public)
    return Answered(done, refused)
