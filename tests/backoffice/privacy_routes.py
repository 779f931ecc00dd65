"""Who may open the pages of the privacy desk, and one's own requests: a part of the table of test_roles.py."""

from core.accounts.roles import ADMINISTRATOR, AGENT, APPROVER, EMPLOYEE, PROTECTION, SUPER, SUPPORTING

READS = {SUPER, ADMINISTRATOR, PROTECTION}
RECEIVES = {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION}
OWN = {APPROVER, EMPLOYEE}
PRIVACY: dict[tuple[str, str], set[str]] = {
    ("GET", "/{company:str}/privacy"): READS,
    ("POST", "/{company:str}/privacy/export"): READS,
    ("POST", "/{company:str}/privacy/many"): READS,
    ("GET", "/{company:str}/privacy/new"): RECEIVES,
    ("POST", "/{company:str}/privacy/new"): RECEIVES,
    ("GET", "/{company:str}/privacy/{public:str}"): READS,
    ("POST", "/{company:str}/privacy/{public:str}/proof"): READS,
    ("POST", "/{company:str}/privacy/{public:str}/{act:str}"): READS,
    ("GET", "/{company:str}/privacy/holdings"): READS,
    ("POST", "/{company:str}/privacy/holdings/{act:str}"): READS,
    ("POST", "/{company:str}/privacy/holdings/{public:str}/{act:str}"): READS,
    ("GET", "/{company:str}/privacy/misuse"): {SUPER, PROTECTION},
    ("GET", "/{company:str}/privacy/misuse/{public:str}"): {SUPER, PROTECTION},
    ("POST", "/{company:str}/privacy/misuse/{public:str}/{act:str}"): {SUPER, PROTECTION},
    ("GET", "/me/misuse"): OWN,
    ("POST", "/me/misuse"): OWN,
    ("GET", "/me/data/pack"): OWN,
    ("POST", "/me/data/pack"): OWN,
    ("POST", "/me/data/pack/password"): OWN,
    ("POST", "/me/data/pack/file"): OWN,
    ("POST", "/me/data/checked"): OWN,
    ("GET", "/me/data/consents"): OWN,
    ("POST", "/me/data/consents/{purpose:str}/{act:str}"): OWN,
    ("GET", "/me/pin"): OWN,
    ("POST", "/me/pin"): OWN,
    ("GET", "/me/data/requests"): OWN,
    ("POST", "/me/data/requests"): OWN,
    ("GET", "/me/data/requests/{public:str}"): OWN,
    ("POST", "/me/data/requests/{public:str}/add"): OWN,
    ("POST", "/me/data/requests/{public:str}/file"): OWN,
    ("POST", "/me/data/requests/{public:str}/mine"): OWN,
    ("POST", "/me/data/requests/{public:str}/withdraw"): OWN,
    ("POST", "/me/data/requests/{public:str}/understood"): OWN,
    ("POST", "/me/data/requests/{public:str}/keep"): OWN,
}
