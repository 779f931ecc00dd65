"""Who may open the register of processing and what was given to others: a part of the table of test_roles.py."""

from core.accounts.roles import ADMINISTRATOR, PROTECTION, SUPER

READS = {SUPER, ADMINISTRATOR, PROTECTION}
REGISTER: dict[tuple[str, str], set[str]] = {
    ("GET", "/{company:str}/privacy/register"): READS,
    ("POST", "/{company:str}/privacy/register/export"): READS,
    ("POST", "/{company:str}/privacy/register/assessment"): READS,
    ("POST", "/{company:str}/privacy/register/processors/{name:str}"): {SUPER, PROTECTION},
    ("GET", "/{company:str}/privacy/statistics"): READS,
    ("POST", "/{company:str}/privacy/statistics/export"): READS,
    ("GET", "/{company:str}/privacy/consents"): READS,
    ("POST", "/{company:str}/privacy/consents/export"): READS,
    ("GET", "/{company:str}/privacy/disclosures"): READS,
    ("POST", "/{company:str}/privacy/disclosures"): {SUPER, PROTECTION},
    ("POST", "/{company:str}/privacy/disclosures/export"): READS,
}
BREACHES = {SUPER, PROTECTION}
REGISTER |= {
    ("GET", "/{company:str}/privacy/breaches"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches"): BREACHES,
    ("GET", "/{company:str}/privacy/breaches/{public:str}"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches/{public:str}/send"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches/{public:str}/authority"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches/{public:str}/close"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches/{public:str}/notice"): BREACHES,
    ("POST", "/{company:str}/privacy/breaches/{public:str}/export"): BREACHES,
}
REGISTER |= {
    ("GET", "/{company:str}/settings/terms"): {SUPER},
    ("POST", "/{company:str}/settings/terms"): {SUPER},
}
