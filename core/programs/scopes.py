"""What a program may be let do, as data; each request needs one of these, and none holds another."""

from core.accounts.roles import PROGRAM, SUPPORTING

SCOPES = (
    "people:read", "people:write", "calendar:read", "leave:read", "leave:write", "approvals:read",
    "tickets:read", "tickets:write", "knowledge:read", "privacy:read", "audit:read",
)  # fmt: skip
# A program reaches as far as a Supporting Administrator: nobody with a role given by hand, no pay, no appointing.
ROLE = SUPPORTING
KIND, CHANNEL = PROGRAM, "api"  # how the audit names a program, and its door
