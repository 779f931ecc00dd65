"""Who may open the pages of help and of the training films: a part of the table of test_roles.py."""

from core.accounts.roles import ROLES

TRAINING: dict[tuple[str, str], set[str]] = {
    ("GET", "/help"): set(ROLES),
    ("POST", "/help"): set(ROLES),
    ("GET", "/help/{name:str}"): set(ROLES),
    ("POST", "/help/{name:str}/answered"): set(ROLES),
    ("GET", "/me/training"): set(ROLES),
    ("GET", "/me/training/{name:str}"): set(ROLES),
    ("POST", "/me/training/{name:str}/seen"): set(ROLES),
    ("POST", "/me/training/{name:str}/done"): set(ROLES),
}
# A film shows invented people: whoever was sent its link may see it.
FOR_ANYBODY = {("GET", "/training/{film:str}"), ("GET", "/training/{film:str}/{name:str}")}
