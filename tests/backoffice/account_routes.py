"""One's own account and the ways to prove who one is: a part of the table of test_roles.py."""

from core.accounts.roles import ADMINISTRATOR, AGENT, APPROVER, EMPLOYEE, PROTECTION, SUPER, SUPPORTING

EVERYBODY = {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, APPROVER, EMPLOYEE}
ACCOUNT: dict[tuple[str, str], set[str]] = {
    ("GET", "/account"): EVERYBODY,
    ("GET", "/account/awake"): EVERYBODY,
    ("POST", "/account/password"): EVERYBODY,
    ("GET", "/account/codes"): EVERYBODY,
    ("POST", "/account/codes"): EVERYBODY,
    ("GET", "/account/block"): EVERYBODY,
    ("POST", "/account/sessions/{public:str}/end"): EVERYBODY,
    ("POST", "/account/sessions/end"): EVERYBODY,
    ("POST", "/account/answers"): EVERYBODY,
    ("POST", "/account/nights"): EVERYBODY,
    ("POST", "/account/chats/{channel:str}/confirm"): EVERYBODY,
    ("POST", "/account/chats/{channel:str}/end"): EVERYBODY,
    ("GET", "/account/passkeys/{public:str}"): EVERYBODY,
    ("POST", "/account/passkeys/{public:str}/name"): EVERYBODY,
    ("POST", "/account/passkeys/{public:str}/remove"): EVERYBODY,
    ("POST", "/{company:str}/roles/{public:str}/passkeys/{passkey:str}/remove"): {SUPER, ADMINISTRATOR},
}
# They ask nobody who they are, or for a session that waits for a second step.
SECOND_STEPS = {
    ("GET", "/forgot"), ("POST", "/forgot"), ("GET", "/second-factor"), ("POST", "/second-factor"),
    ("GET", "/second-factor/setup"), ("POST", "/second-factor/setup"),
    ("GET", "/account/second-factor"), ("POST", "/account/second-factor"),
    ("GET", "/sign-in/passkey"), ("POST", "/sign-in/passkey"),
    ("GET", "/second-factor/passkey"), ("POST", "/second-factor/passkey"),
    ("GET", "/second-factor/setup/passkey"), ("POST", "/second-factor/setup/passkey"),
    ("GET", "/second-factor/setup/passkey/options"),
    ("GET", "/account/passkeys/new"), ("POST", "/account/passkeys/new"), ("GET", "/account/passkeys/new/options"),
}  # fmt: skip
