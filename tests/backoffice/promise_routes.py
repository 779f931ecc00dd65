"""Who may open the pages of the help desk's promise: a part of the table of test_roles.py."""

from core.accounts.roles import ADMINISTRATOR, AGENT, SUPER, SUPPORTING

PROMISE: dict[tuple[str, str], set[str]] = {
    ("GET", "/{company:str}/settings/calendar/tickets"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/calendar/tickets"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/closures/{number:int}/file"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/closures/{number:int}/evidence"): {SUPER, ADMINISTRATOR},
    ("GET", "/{company:str}/reports/desk"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/desk/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/reports/desk/what-if"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/desk/what-if"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/reports/desk/what-if/{public:str}"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/desk/what-if/{public:str}/export"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("POST", "/{company:str}/reports/desk/print"): {SUPER, ADMINISTRATOR, SUPPORTING},
    ("GET", "/{company:str}/settings/desk"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/categories"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/categories/usual"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/categories/{number:int}/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/tickets/{public:str}/settling"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("POST", "/{company:str}/tickets/{public:str}/sorting"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
    ("GET", "/{company:str}/settings/desk/fields"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/fields"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/fields/{number:int}/change"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/settings/desk/fields/{number:int}/end"): {SUPER, ADMINISTRATOR},
    ("POST", "/{company:str}/tickets/{public:str}/fields"): {SUPER, ADMINISTRATOR, SUPPORTING, AGENT},
}
