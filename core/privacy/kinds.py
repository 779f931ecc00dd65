"""What people may ask about their personal data, the article that gives the right, and what each kind needs. Pure.

The law is UU 27/2022 (UU PDP). It asks for a recorded request and has no rule on identity: who asks is found out inside
the clock, never before it.
"""

from collections.abc import Mapping

ACCESS, COPY, PORTABLE = "access", "copy", "portable"
COMPLETE, UPDATE, CORRECT = "complete", "update", "correct"
RESTRICT, OBJECT, WITHDRAW, DELETE = "restrict", "object", "withdraw", "delete"
COMPLAIN, REVIEW = "complain", "review"
KINDS = (
    ACCESS, COPY, PORTABLE, COMPLETE, UPDATE, CORRECT, RESTRICT, OBJECT, WITHDRAW, DELETE, COMPLAIN, REVIEW,
)  # fmt: skip
ARTICLE: Mapping[str, str] = {
    ACCESS: "7", COPY: "7", PORTABLE: "13", COMPLETE: "6", UPDATE: "6", CORRECT: "6", RESTRICT: "11", OBJECT: "10",
    WITHDRAW: "9", DELETE: "8", COMPLAIN: "12", REVIEW: "10",
}  # fmt: skip
GIVES = frozenset({ACCESS, COPY, PORTABLE})  # a pack is made of what is held
REWRITES = frozenset({COMPLETE, UPDATE, CORRECT})  # the record says something else afterwards
# What may be done only for whoever has shown more than a linked chat: it gives data away, or takes it away for good.
# What must be shown for a correction hangs on its field: corrections.GUARDED.
GUARDED = frozenset({*GIVES, DELETE})
NEEDS_SECOND = frozenset({DELETE})  # a second person agrees before it is granted, be it in part

CHAT, PORTAL, FORM, AGENT = "chat", "portal", "form", "agent"
DOORS = (CHAT, PORTAL, FORM, AGENT)
# How it is known who asks. An address or a number alone is none of these.
UNKNOWN, LINKED, SESSION, STEPPED, VOUCHED = "unknown", "linked", "session", "stepped", "vouched"
IDENTITIES = (UNKNOWN, LINKED, SESSION, STEPPED, VOUCHED)
CERTAIN = frozenset({SESSION, STEPPED, VOUCHED})


def is_known_enough(kind: str, identity: str) -> bool:
    """Whether a request of this kind may be granted to somebody known in this way."""
    return identity in CERTAIN or (identity == LINKED and kind not in GUARDED)
