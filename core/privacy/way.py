"""The way of a request about personal data from its receipt to its end, and what each step needs. Pure."""

import re
from collections.abc import Mapping

from core.errors import Refused
from core.privacy import kinds

RECEIVED, WORKING, SECOND = "received", "in_progress", "waiting_second_person"
FULFILLED, PARTLY, REFUSED = "fulfilled", "partly", "refused"
DELIVERED, CLOSED, WITHDRAWN, DUPLICATE = "delivered", "closed", "withdrawn", "duplicate"
STATES = (RECEIVED, WORKING, SECOND, FULFILLED, PARTLY, REFUSED, DELIVERED, CLOSED, WITHDRAWN, DUPLICATE)
OPEN = (RECEIVED, WORKING, SECOND)  # unanswered: the clock runs
OUTCOMES = (FULFILLED, PARTLY, REFUSED)
STEPS: Mapping[str, frozenset[str]] = {
    RECEIVED: frozenset({WORKING, SECOND, *OUTCOMES, WITHDRAWN, DUPLICATE}),
    WORKING: frozenset({SECOND, *OUTCOMES, WITHDRAWN, DUPLICATE}),
    SECOND: frozenset({WORKING, FULFILLED, PARTLY, WITHDRAWN}),
    FULFILLED: frozenset({DELIVERED}), PARTLY: frozenset({DELIVERED}), REFUSED: frozenset({DELIVERED}),
    DELIVERED: frozenset({CLOSED}),
    CLOSED: frozenset(), WITHDRAWN: frozenset(), DUPLICATE: frozenset(),
}  # fmt: skip
LONGEST_ARTICLE, LONGEST_REASON = 120, 2000


def check(now: str, to: str) -> None:
    """Refused where a request can't go there from where it stands."""
    if to not in STEPS[now]:
        raise Refused("privacy.no_such_step")


def check_answer(kind: str, outcome: str, *, article: str, reason: str, identity: str, subject: int | None) -> None:
    """Refused where an answer lacks what it must have.

    A no, also to a part of it, names the article and the reason; a yes needs to be known to be theirs.
    """
    if outcome not in OUTCOMES:
        raise Refused("privacy.no_such_step")
    if outcome != FULFILLED:
        if not re.search(r"\d", article) or len(article) > LONGEST_ARTICLE:
            raise Refused("privacy.article_needed", most=LONGEST_ARTICLE)
        if len(reason.strip()) < 10:
            raise Refused("privacy.reason_needed")
    if not reason.strip():
        raise Refused("privacy.done_needed")
    if len(reason) > LONGEST_REASON:
        raise Refused("privacy.too_long", most=LONGEST_REASON)
    if outcome != REFUSED and kind != kinds.COMPLAIN and (
        subject is None or not kinds.is_known_enough(kind, identity)
    ):  # fmt: skip
        raise Refused("privacy.identity_needed")
