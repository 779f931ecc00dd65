"""Every route by every role, in its own company and in another's: what is not named here may not be there."""

from datetime import timedelta

import pytest
from litestar.routes import HTTPRoute

from backoffice.menu import OF_A_COMPANY
from core import database
from core.accounts.roles import EVERY, GUEST, MATRIX, ROLES, allowed, holders
from core.leave.policy import Period
from core.people.tables import Employment
from tests.backoffice.account_routes import ACCOUNT, SECOND_STEPS
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.ideas_routes import IDEAS
from tests.backoffice.operator_routes import OPERATOR
from tests.backoffice.privacy_routes import PRIVACY
from tests.backoffice.programs_routes import API, PROGRAMS
from tests.backoffice.promise_routes import PROMISE
from tests.backoffice.register_routes import REGISTER
from tests.backoffice.training_routes import FOR_ANYBODY, TRAINING
from tests.core.conftest import MONDAY

SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, APPROVER, EMPLOYEE = ROLES
# Who may open what. Written out a second time on purpose: a slip in the matrix shows here.
ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "/me"): {APPROVER, EMPLOYEE},
    ("GET", "/me/leave"): {APPROVER, EMPLOYEE},
    ("GET", "/me/leave/new"): {APPROVER, EMPLOYEE},
    ("POST", "/me/leave/new"): {APPROVER, EMPLOYEE},
    ("POST", "/me/leave/new/file"): {APPROVER, EMPLOYEE},
    ("POST", "/me/leave/{number:str}/file"): {APPROVER, EMPLOYEE},
    ("POST", "/me/leave/{number:str}/withdraw"): {APPROVER, EMPLOYEE},
    ("POST", "/me/leave/{number:str}/cancel"): {APPROVER, EMPLOYEE},
    ("GET", "/me/tickets"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets"): {APPROVER, EMPLOYEE},
    ("GET", "/me/tickets/{public:str}"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets/{public:str}/add"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets/{public:str}/files/{paper:str}"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets/{public:str}/file"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets/{public:str}/close"): {APPROVER, EMPLOYEE},
    ("GET", "/me/calendar"): {APPROVER, EMPLOYEE},
    ("POST", "/me/calendar/{name:str}"): {APPROVER, EMPLOYEE},
    ("POST", "/me/calendar/{name:str}/end"): {APPROVER, EMPLOYEE},
    ("GET", "/chat"): {APPROVER, EMPLOYEE},
    ("GET", "/chat/lines"): {APPROVER, EMPLOYEE},
    ("GET", "/live"): {APPROVER, EMPLOYEE},
    ("GET", "/chat/code"): {APPROVER, EMPLOYEE},
    ("POST", "/chat/code"): {APPROVER, EMPLOYEE},
    ("POST", "/chat"): {APPROVER, EMPLOYEE},
    ("POST", "/chat/file"): {APPROVER, EMPLOYEE},
    ("GET", "/go"): set(ROLES),
    ("GET", "/go/found"): set(ROLES),
    ("GET", "/{company:str}"): set(ROLES),
    ("GET", "/{company:str}/tickets/{public:str}/articles"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/articles"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/articles"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/articles/new"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/articles/{name:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/articles/{name:str}/retire"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/today"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/approvals"): {SUPER, ADMINISTRATOR, APPROVER},
    ("GET", "/{company:str}/approvals/news"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/approvals/{public:str}"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/approvals/bulk"): {SUPER, ADMINISTRATOR, APPROVER},
    ("GET", "/{company:str}/approvals/history"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/approvals/history/export"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/approvals/{public:str}"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/approvals/{public:str}/hand-over"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/named"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, APPROVER, PROTECTION},
    ("GET", "/{company:str}/chains"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/chains/{kind:str}"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/chains/{kind:str}"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/chains/{kind:str}/withdraw"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/chains/heads"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/delegation"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/delegation"): {SUPER, ADMINISTRATOR, APPROVER},
    ("POST", "/{company:str}/delegation/{public:str}"): {SUPER, ADMINISTRATOR, APPROVER},
    ("GET", "/{company:str}/leave"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/leave/decide"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/leave/closed"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/leave/closed"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/leave/closed/{public:str}/end"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/leave/worked"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/leave/worked"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/leave/worked/{public:str}/undo"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/leave/opening"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/leave/opening/file"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/leave/opening/template"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/leave/opening/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/leave/opening/{public:str}/copy"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/leave/opening/{public:str}/{act:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/reports"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/reports/departments"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/departments/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/types"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/types/new"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/types/new"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/types/{code:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/types/{code:str}/draft"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/types/{code:str}/{public:str}/publish"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/types/{code:str}/{public:str}/accept"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/types/{code:str}/{public:str}/withdraw"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/types/{code:str}/{public:str}/drop"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/collective"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/collective/people"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/collective"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/collective/{public:str}/undo"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/drafts/{name:str}/{thing:str}"): set(ROLES),
    ("POST", "/{company:str}/drafts/{name:str}/{thing:str}"): set(ROLES),
    ("POST", "/{company:str}/drafts/{name:str}/{thing:str}/drop"): set(ROLES),
    ("GET", "/{company:str}/settings"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/company"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/chat"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/chat/allow"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/chat/{public:str}/end"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/slack"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/slack/installed"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/telegram"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/telegram/keys"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/telegram/connect"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/telegram/end"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/mail"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/mail/keys"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/mail/end"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/whatsapp"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/whatsapp/keys"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/whatsapp/connect"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/whatsapp/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/slack/begin"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/slack/keys"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/slack/workspace/{name:str}/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/{name:str}"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/calendar"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/settings/calendar/leave"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/leave"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/leave/{public:str}/undo"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/day"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/day/{number:int}/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/collective"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/week"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/closure"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/closure/{number:int}/{verb:str}"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/decree"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/calendar"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, APPROVER},
    ("GET", "/{company:str}/simulator"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/simulator"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/rehearsals"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/rehearsals"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/rehearsals/paste"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/rehearsals/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/rehearsals/{public:str}/replay"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/rehearsals/{public:str}/remove"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/rehearsals/{public:str}/scene"): {SUPER, ADMINISTRATOR, SUPPORTING},
    **PROMISE,
    **PROGRAMS,
    **REGISTER,
    **IDEAS,
    **PRIVACY,
    **OPERATOR,
    **TRAINING,
    ("GET", "/{company:str}/tickets"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/tickets/call"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/call"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    **{
        (method, f"/{{company:str}}/tickets/{end}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT}
        for method, ends in (
            ("GET", "{public:str}/beside live {public:str}/news team"),
            ("POST", "{public:str}/resolve-next {public:str}/here team/{public:str} {public:str}/give"),
            ("POST", "next {public:str}/note {public:str}/take {public:str}/release"),
            ("POST", "{public:str}/resolve {public:str}/resume {public:str}/calm"),
            ("POST", "bulk bulk/do bulk/{public:str}/undo export"),
        )
        for end in ends.split()
    },
    ("GET", "/{company:str}/tickets/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/files/{paper:str}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/file"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/insert"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/macro"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/back/{answer:str}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/replies"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/replies"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/replies/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/replies/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/replies/{public:str}/remove"): {SUPER, ADMINISTRATOR, SUPPORTING},
    **{
        ("POST", f"/{{company:str}}/tickets/{{public:str}}/{act}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT}
        for act in "merge unmerge split tie untie tag untag snooze wake hand-back seen follow-up".split()
    },
    ("POST", "/{company:str}/tickets/{public:str}/answer"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/misses"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/misses/taught"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/misses/taught/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/misses/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/misses/{public:str}/label"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/costs"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/costs/export"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/undelivered"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/undelivered/{number:int}/again"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/undelivered/{number:int}/dismiss"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/undelivered/shut/{number:int}/seen"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/jobs"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/work/{public:str}"): set(ROLES),
    ("GET", "/{company:str}/work/{public:str}/file"): set(ROLES),
    ("POST", "/{company:str}/work/{public:str}/stop"): set(ROLES),
    ("POST", "/{company:str}/leave/export"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/jobs/{number:int}/again"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/jobs/{number:int}/drop"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/jobs/{number:int}/drop"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/attachments/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/me/data"): {APPROVER, EMPLOYEE},
    ("POST", "/me/data/unlink"): {APPROVER, EMPLOYEE},
    ("GET", "/me/looks"): {APPROVER, EMPLOYEE},
    ("GET", "/{company:str}/people/{public:str}/identity/{name:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/identity/{name:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/people/{public:str}/pay/{name:str}"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/people/{public:str}/pay/{name:str}"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/people"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/careers/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/careers"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/people/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/people/new"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/new"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/people/places"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/places/department"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/places/location"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/people/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/people/{public:str}/work"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/identity"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/end"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/invite"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/unlink"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/sign-out"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/people/{public:str}/leave"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/leave/record"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/people/{public:str}/leave/record"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/record"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/record/file"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/{number:str}/file"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/{number:str}/take-out"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/adjust"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/adjust/{batch:str}/undo"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/people/{public:str}/leave/payout"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/people/{public:str}/leave/payout/{batch:str}/undo"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/invitations"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/invitations/begin"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/invitations/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/invitations/{public:str}/revoke"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/invitations/{public:str}/sheet"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/imports"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/imports/file"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/imports/template"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/imports/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/imports/{public:str}/copy"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/imports/{public:str}/zones"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/imports/{public:str}/{act:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/views/{name:str}"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, APPROVER},
    ("POST", "/{company:str}/views/{name:str}/{public:str}/{verb:str}"): set(ROLES) - {EMPLOYEE},
    ("POST", "/{company:str}/audit/export"): {SUPER, ADMINISTRATOR, PROTECTION},
    ("GET", "/{company:str}/audit"): {SUPER, ADMINISTRATOR, PROTECTION},
    ("GET", "/{company:str}/roles"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/roles"): {SUPER},
    ("GET", "/{company:str}/roles/{public:str}"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/roles/{public:str}/dismiss"): {SUPER},
    ("POST", "/{company:str}/roles/{public:str}/sign-out"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/roles/{public:str}/second-factor"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/roles/offers/{public:str}/send"): {SUPER},
    ("POST", "/{company:str}/roles/offers/{public:str}/revoke"): {SUPER},
    ("GET", "/{company:str}/blocked"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/blocked/{public:str}"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/mail"): {SUPER},
    **ACCOUNT,
    # The last: after it nothing opens any more.
    ("POST", "/account/block"): set(ROLES),
}
# Asks nobody who they are.
OPEN = FOR_ANYBODY | set(API) | SECOND_STEPS | {
    ("GET", "/privacy"), ("GET", "/terms"), ("GET", "/privasi"), ("GET", "/cookies"), ("GET", "/syarat"), ("GET", "/releases"),
    ("GET", "/releases/{quarter:str}"), ("GET", "/rilis"), ("GET", "/d/{secret:str}"),
    ("POST", "/d/{secret:str}"), ("GET", "/p/{secret:str}"), ("POST", "/p/{secret:str}"),
    ("GET", "/report"), ("GET", "/lapor"), ("POST", "/report"), ("POST", "/report/follow"), ("POST", "/report/add"),
    ("POST", "/report/file"), ("POST", "/report/add-file"),
    ("GET", "/"), ("GET", "/en"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/sign-in/{secret:str}"),
    ("GET", "/{company:str}/feed/{secret:str}"),
    ("POST", "/sign-in/{secret:str}"), ("GET", "/reset/{secret:str}"), ("POST", "/reset/{secret:str}"),
    ("GET", "/account/offers"), ("POST", "/account/offers/accept"), ("POST", "/account/offers/decline"),  # so do these
    # They know a session of their own alone, as test_frames.py tries.
    ("GET", "/chat/frame/{key:str}"), ("GET", "/chat/frame/{key:str}/lines"), ("GET", "/chat/frame/{key:str}/live"),
    ("POST", "/chat/frame/{key:str}/enter"), ("POST", "/chat/frame/{key:str}/leave"),
    ("POST", "/chat/frame/{key:str}/say"), ("POST", "/chat/frame/{key:str}/file"),
    ("POST", "/sign-out"), ("POST", "/language"), ("POST", "/theme"),
    ("POST", "/hooks/slack/events/{key:str}"), ("POST", "/hooks/slack/interactions/{key:str}"),
    ("POST", "/hooks/slack/commands/{key:str}"),  # signed by Slack
    ("POST", "/hooks/telegram/{key:str}"), ("POST", "/hooks/whatsapp/{key:str}"),  # proved by Telegram, by Meta
    ("GET", "/hooks/whatsapp/{key:str}"),
    ("GET", "/static/{name:path}"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"),
}  # fmt: skip
SEEN = {200, 204, 303, 422}  # 422: the form may be sent, and lacks something


async def persona(house: Installation, role: str) -> Visitor:
    """Somebody who has this role, as purely as it can be had."""
    if role in (APPROVER, EMPLOYEE):  # an approver is an employee who heads somebody
        return await house.as_person(house.maju, "sari" if role == APPROVER else "budi")
    return await house.as_role(house.maju, role)


async def test_every_route_has_a_row(house: Installation) -> None:
    routes = {
        (method, route.path)
        for route in house.app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in ("HEAD", "OPTIONS")
    }
    assert routes == OPEN | set(ROUTES)


def test_no_two_pages_of_the_menu_have_the_same_key() -> None:
    keys = [line[5] for line in OF_A_COMPANY]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set("hlmvcz"), "these lead to one's own pages"


def test_the_matrix_names_known_roles_and_nothing_is_for_all_by_a_star() -> None:
    assert all(roles and roles <= {*EVERY, GUEST} for roles in MATRIX.values())
    assert allowed({SUPPORTING}, "leave", "read")
    assert not allowed({SUPPORTING}, "audit", "read")
    assert holders("audit", "read") == (SUPER, ADMINISTRATOR, PROTECTION)
    with pytest.raises(KeyError):
        allowed({SUPER}, "payroll", "approve")


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_opens_its_own_pages_and_is_told_what_the_others_need(house: Installation, role: str) -> None:
    visitor, slug = await persona(house, role), await house.slug(house.maju)
    for (method, path), roles in ROUTES.items():
        there = (
            path.replace("{company:str}", slug)
            .replace("{public:str}", "nothing")
            .replace("{number:int}", "7")
            .replace("{code:str}", "annual")
            .replace("{number:str}", "C-999")
            .replace("{name:str}", "nothing")
            .replace("{channel:str}", "telegram")
            .replace("holdings/{act:str}", "holdings/hold")
        )
        if method == "GET":
            answer = await visitor.get(there)
        else:
            answer = await visitor.post(there, words="sisa cuti", verdict="approve", version=1)
        if role not in roles:
            assert answer.status_code == (403 if roles else 404), (method, path, answer.status_code)
        elif (
            "{number" in path
            or path.startswith("/me/leave/new")
            or "collective" in path
            or "{name" in path
            or "settings" in path
        ):
            # Who is behind a preview is told while there is one: a post of this very walk may have ended it.
            posted = (303,) if path.endswith("/collective/people") or "/categories/" in path else ()
            assert answer.status_code in (200, 404, 409, 422, *posted), (method, path)
        elif path.startswith("/account/") or (method, path) == ("POST", "/{company:str}/roles"):
            missing = {404} if "/passkeys/" in path else set()  # nobody has one yet
            assert answer.status_code in {200, 204, 303, 422} | missing, (method, path)
        elif "{public" in path or "{kind" in path or (method, path) == ("POST", "/{company:str}/simulator"):
            assert answer.status_code == 404, (method, path)  # it may ask; there is no such request
        elif path == "/{company:str}" and role not in ROLES:
            assert answer.status_code == 404
        else:
            # A form that is sent empty may ask for what is missing.
            assert answer.status_code in SEEN | ({422} if method == "POST" else set()), (method, path)
            assert "sign-in" not in answer.headers.get("location", ""), (method, path)


@pytest.mark.parametrize("role", ROLES)
async def test_another_company_is_not_there_for_any_role(house: Installation, role: str) -> None:
    visitor, other = await persona(house, role), await house.slug(house.sinar)
    nowhere = await visitor.get("/no-such-company/leave")
    assert nowhere.status_code == 404
    for method, path in ROUTES:
        if "{company" in path:
            there = (
                path.replace("{company:str}", other)
                .replace("{public:str}", "nothing")
                .replace("{number:int}", "7")
                .replace("{code:str}", "annual")
                .replace("{number:str}", "C-999")
                .replace("{name:str}", "nothing")
            )
            answer = await (
                visitor.get(there) if method == "GET" else visitor.post(there, verdict="approve", version=1)
            )
            assert answer.status_code == 404, (method, path)
            assert answer.text.replace(other, "no-such-company") == nowhere.text.replace(
                "/leave", there.partition(other)[2]
            ) or ("PT Sinar Laut" not in answer.text)


async def test_a_stranger_is_led_to_the_sign_in_form_and_back(house: Installation) -> None:
    slug, visitor = await house.slug(house.maju), house.visitor()
    for path in (path for method, path in ROUTES if method == "GET"):
        there = (
            path.replace("{company:str}", slug)
            .replace("{number:int}", "7")
            .replace("{code:str}", "annual")
            .replace("{number:str}", "C-999")
            .replace("{name:str}", "nothing")
        )
        answer = await visitor.get(there)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in"), path


async def test_a_stranger_may_post_nothing(house: Installation) -> None:
    visitor, slug = house.visitor(), await house.slug(house.maju)
    for there in ("/chat", f"/{slug}/approvals/nothing"):
        answer = await visitor.post(there, words="sisa cuti", verdict="approve", version=1)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("word", ["me", "status", "static", "hooks", "try", "api", "operator", "x", "UPPER", "a-b_c"])
async def test_a_reserved_word_is_no_company(house: Installation, word: str) -> None:
    visitor = await house.as_role(house.maju, SUPER)
    assert (await visitor.get(f"/{word}/approvals")).status_code == 404


async def test_a_request_is_decided_by_its_own_approvers_only(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    day = MONDAY.date().replace(day=20)
    asked = await maju.asks(maju.budi, Period(day, day))
    approval = f"/{slug}/approvals/{asked.public}"
    for who in (
        await house.as_person(maju, "wayan"),
        await house.as_role(maju, SUPER),
        await house.as_person(maju, "ratna"),
    ):
        refused = await who.post(approval, verdict="approve", version=1)
        assert refused.status_code == 403
    own = await maju.asks(maju.sari, Period(day, day))
    sari = await house.as_person(maju, "sari")
    assert (await sari.post(f"/{slug}/approvals/{own.public}", verdict="approve", version=1)).status_code == 403
    other = await house.as_person(house.sinar, "lina")
    there = f"/{await house.slug(house.sinar)}/approvals/{asked.public}"
    assert (await other.post(there, verdict="approve", version=1)).status_code == 404
    assert (await maju.request(asked.number)).state == "in_review"
    assert (await sari.post(approval, verdict="approve", version=1)).status_code == 303
    assert (await maju.request(asked.number)).state == "applied"


async def test_nobody_sees_the_leave_or_the_talk_of_another(house: Installation) -> None:
    maju = house.maju
    day = MONDAY.date().replace(day=21)
    await maju.asks(maju.budi, Period(day, day), "antar ibu ke dokter")
    budi, tono = await house.as_person(maju, "budi"), await house.as_person(maju, "tono")
    assert "C-1" in (await budi.get("/me/leave")).text
    for path in ("/me/", "/me/leave", "/chat"):
        page = (await tono.get(path)).text
        assert "C-1" not in page
        assert "antar ibu" not in page


async def test_who_has_left_keeps_no_page_of_an_employee(house: Installation) -> None:
    maju = house.maju
    sari = await house.as_person(maju, "sari")
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: MONDAY.date() - timedelta(days=1)}).where(
            Employment.id == maju.sari.id
        )
    for path in ("/me/", "/me/leave", "/chat", f"/{await house.slug(maju)}/approvals"):
        assert (await sari.get(path)).status_code == 403


async def test_an_administrator_who_has_left_opens_nothing_of_the_company(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna = await house.as_person(house.maju, "ratna")
    pages = [f"/{slug}", f"/{slug}/approvals", f"/{slug}/leave", f"/{slug}/audit", "/me/"]
    assert [(await ratna.get(path)).status_code for path in pages] == [303, 200, 200, 200, 200]
    async with database.transaction(house.maju.company):
        await Employment.update({Employment.leaves: MONDAY.date() - timedelta(days=1)}).where(
            Employment.id == house.maju.ratna.id
        )
    assert [(await ratna.get(path)).status_code for path in pages] == [403] * 5
