"""Who may let other programs in, and what programs may ask: a part of the table of test_roles.py."""

from core.accounts.roles import SUPER

PROGRAMS: dict[tuple[str, str], set[str]] = {
    ("GET", "/{company:str}/settings/api"): {SUPER},
    ("POST", "/{company:str}/settings/api/make"): {SUPER},
    ("POST", "/{company:str}/settings/api/{public:str}/end"): {SUPER},
    ("GET", "/{company:str}/settings/webhooks"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/make"): {SUPER},
    ("GET", "/{company:str}/settings/webhooks/{public:str}"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/change"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/rotate"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/pause"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/resume"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/ping"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/again"): {SUPER},
    ("POST", "/{company:str}/settings/webhooks/{public:str}/end"): {SUPER},
}
# Each with the scope that opens it; "" is any token, None nobody is asked for one. Written out a second time on purpose.
API: dict[tuple[str, str], str | None] = {
    ("GET", "/api/v1/openapi.json"): None,
    ("GET", "/api/v1/token"): "",
    ("GET", "/api/v1/people"): "people:read",
    ("POST", "/api/v1/people"): "people:write",
    ("GET", "/api/v1/people/{person:str}"): "people:read",
    ("PATCH", "/api/v1/people/{person:str}"): "people:write",
    ("GET", "/api/v1/people/{person:str}/leave/balances"): "leave:read",
    ("GET", "/api/v1/departments"): "people:read",
    ("GET", "/api/v1/locations"): "people:read",
    ("GET", "/api/v1/calendar/days-off"): "calendar:read",
    ("GET", "/api/v1/calendar/due"): "calendar:read",
    ("GET", "/api/v1/leave/kinds"): "leave:read",
    ("GET", "/api/v1/leave/requests"): "leave:read",
    ("POST", "/api/v1/leave/requests"): "leave:write",
    ("GET", "/api/v1/leave/requests/{number:str}"): "leave:read",
    ("GET", "/api/v1/approvals"): "approvals:read",
    ("GET", "/api/v1/tickets"): "tickets:read",
    ("POST", "/api/v1/tickets"): "tickets:write",
    ("GET", "/api/v1/tickets/{ticket:str}"): "tickets:read",
    ("POST", "/api/v1/tickets/{ticket:str}/answers"): "tickets:write",
    ("POST", "/api/v1/tickets/{ticket:str}/solution"): "tickets:write",
    ("GET", "/api/v1/knowledge"): "knowledge:read",
    ("GET", "/api/v1/privacy/requests"): "privacy:read",
    ("GET", "/api/v1/privacy/clock"): "privacy:read",
    ("GET", "/api/v1/audit"): "audit:read",
}
