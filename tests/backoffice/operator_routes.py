"""Who of a company may open what has to do with the operator: a part of the table of test_roles.py.

What is the operator's own is no page of a company: nobody there has a role for it, and it is not found.
"""

from core.accounts.roles import ADMINISTRATOR, AGENT, APPROVER, EMPLOYEE, PROTECTION, SUPER, SUPPORTING

OPERATOR: dict[tuple[str, str], set[str]] = {
    ("GET", "/{company:str}/operator"): {SUPER, ADMINISTRATOR, PROTECTION},
    ("POST", "/{company:str}/operator/{public:str}/give"): {SUPER},
    ("POST", "/{company:str}/operator/{public:str}/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/me/tickets/{public:str}/share/{name:str}"): {APPROVER, EMPLOYEE},
    ("GET", "/me/tickets/claim"): {APPROVER, EMPLOYEE},
    ("POST", "/me/tickets/claim"): {APPROVER, EMPLOYEE},
    ("POST", "/{company:str}/tickets/{public:str}/claim/ask"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/claim/off"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/move"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/move/off"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/move/back"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/privacy"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION},
    ("GET", "/{company:str}/defects"): set(),
    ("POST", "/{company:str}/defects"): set(),
    ("GET", "/{company:str}/defects/{public:str}"): set(),
    ("POST", "/{company:str}/defects/{public:str}/fix"): set(),
    ("POST", "/{company:str}/tickets/{public:str}/defect"): set(),
    ("GET", "/{company:str}/releases"): set(),
    ("GET", "/{company:str}/releases/{quarter:str}"): set(),
    ("POST", "/{company:str}/releases/{quarter:str}/count"): set(),
    ("POST", "/{company:str}/releases/{quarter:str}/send"): set(),
    ("POST", "/{company:str}/releases/{quarter:str}/back"): set(),
    ("GET", "/{company:str}/companies"): set(),
    ("GET", "/{company:str}/companies/{slug:str}"): set(),
    ("POST", "/{company:str}/companies/{slug:str}/ask"): set(),
}
