"""Who may open the pages of wishes: a part of the table of test_roles.py."""

from core.accounts.roles import ADMINISTRATOR, APPROVER, EMPLOYEE, SUPER, SUPPORTING

IDEAS: dict[tuple[str, str], set[str]] = {
    ("GET", "/me/ideas"): {APPROVER, EMPLOYEE},
    ("POST", "/me/ideas"): {APPROVER, EMPLOYEE},
    ("POST", "/me/ideas/{public:str}/support"): {APPROVER, EMPLOYEE},
    ("POST", "/me/ideas/{public:str}/leave"): {APPROVER, EMPLOYEE},
    ("GET", "/{company:str}/ideas"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/ideas/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/ideas/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/ideas/{public:str}/move"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/ideas/{public:str}/merge"): {SUPER, ADMINISTRATOR, SUPPORTING},
}
