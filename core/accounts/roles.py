"""Who may do what, as data: a resource, an action, and the roles that have it. What is not written here is refused.

`employee` and `approver` are not given by hand: they follow from working here and from being asked to decide.
"""

from collections.abc import Collection, Mapping

SUPER, ADMINISTRATOR, SUPPORTING = "super_administrator", "administrator", "supporting_administrator"
AGENT, PROTECTION = "agent", "data_protection_officer"
APPROVER, EMPLOYEE = "approver", "employee"
ROLES = (SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, APPROVER, EMPLOYEE)
# Whoever runs Serambi, at their own desk (`/operator`) and nowhere else; in a company they are a guest, and only while
# it lets them in (`grants`).
OPERATOR_ADMINISTRATOR, OPERATOR_LEAD = "operator_administrator", "operator_lead"
OPERATOR_AGENT, GUEST = "operator_agent", "guest"
OPERATORS = (OPERATOR_ADMINISTRATOR, OPERATOR_LEAD, OPERATOR_AGENT)
EVERY = (*ROLES, *OPERATORS)  # but a guest, whom nobody appoints
LEADERS = frozenset({OPERATOR_ADMINISTRATOR, OPERATOR_LEAD})

PROGRAM = "token"  # how the audit names a program of the company, which acts as a Supporting Administrator would

# Who may act on what belongs to somebody with a role given by hand. An Administrator already may do all that her own
# desk may; whoever must have a second factor is for a Super Administrator alone.
OVER: Mapping[str, frozenset[str]] = {
    SUPER: frozenset({SUPER}),
    ADMINISTRATOR: frozenset({SUPER}),
    SUPPORTING: frozenset({SUPER, ADMINISTRATOR}),
    AGENT: frozenset({SUPER, ADMINISTRATOR}),
    PROTECTION: frozenset({SUPER}),
    OPERATOR_ADMINISTRATOR: frozenset({OPERATOR_ADMINISTRATOR}),
    OPERATOR_LEAD: frozenset({OPERATOR_ADMINISTRATOR}),
    OPERATOR_AGENT: frozenset({OPERATOR_ADMINISTRATOR}),
}

MATRIX: Mapping[tuple[str, str], frozenset[str]] = {
    ("account", "own"): frozenset(EVERY),
    ("articles", "write"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),
    ("approvals", "decide"): frozenset({SUPER, ADMINISTRATOR, APPROVER}),  # each card: only the step's own approvers
    ("approvals", "reassign"): frozenset({SUPER, ADMINISTRATOR}),
    ("attachments", "open"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # certificates: HR, never a head
    ("accounts", "secure"): frozenset(
        {SUPER, ADMINISTRATOR, OPERATOR_ADMINISTRATOR}
    ),  # end sessions, lift blocks, take a lost factor off
    ("audit", "read"): frozenset({SUPER, ADMINISTRATOR, PROTECTION, OPERATOR_ADMINISTRATOR}),
    ("breaches", "handle"): frozenset({SUPER, PROTECTION}),
    ("calendar", "change"): frozenset({SUPER, ADMINISTRATOR, GUEST}),
    ("calendar", "read"): frozenset(
        {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, APPROVER, GUEST}
    ),  # a head: only those under him
    ("calendar", "whole"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, AGENT, GUEST}),
    ("collective", "post"): frozenset({SUPER, ADMINISTRATOR}),
    ("chains", "edit"): frozenset({SUPER, ADMINISTRATOR, GUEST}),
    ("chat", "own"): frozenset({EMPLOYEE}),
    ("companies", "read"): frozenset(OPERATORS),  # their names, and whether they let somebody in; nothing of theirs
    ("delegation", "own"): frozenset({SUPER, ADMINISTRATOR, APPROVER}),
    ("costs", "read"): frozenset({SUPER, ADMINISTRATOR}),
    ("data", "own"): frozenset({EMPLOYEE}),
    ("defects", "mark"): LEADERS,
    ("defects", "read"): frozenset(OPERATORS),
    ("desk", "report"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, GUEST}) | LEADERS,  # how its promise was kept
    ("desk", "terms"): frozenset({SUPER, ADMINISTRATOR, GUEST}) | LEADERS,  # what it promises, and sorts by
    ("drafts", "own"): frozenset(EVERY),  # of forms they may fill in
    ("grants", "ask"): frozenset(OPERATORS),
    ("grants", "end"): frozenset({SUPER, ADMINISTRATOR}),
    ("grants", "give"): frozenset({SUPER}),
    ("grants", "read"): frozenset({SUPER, ADMINISTRATOR, PROTECTION}),
    ("ideas", "own"): frozenset({EMPLOYEE}),
    ("ideas", "review"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),
    ("help", "read"): frozenset(EVERY),  # each article: only the roles it names
    ("holdings", "decide"): frozenset({SUPER, ADMINISTRATOR, PROTECTION}),  # two persons erase: core/privacy/erasure.py
    ("identity", "reveal"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),
    ("jobs", "read"): frozenset({SUPER, ADMINISTRATOR, GUEST}),
    ("looks", "own"): frozenset({EMPLOYEE}),
    ("privacy", "read"): frozenset({SUPER, ADMINISTRATOR, PROTECTION})
    | LEADERS,  # who decides on which: core/privacy/officers.py
    ("privacy", "receive"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION})
    | LEADERS,  # from paper or telephone
    ("pay", "reveal"): frozenset({SUPER, ADMINISTRATOR}),  # bank account and wage
    ("leave", "correct"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # opening balances, days without leave
    ("leave", "own"): frozenset({EMPLOYEE}),
    ("leave", "paper"): frozenset({SUPER, ADMINISTRATOR}),  # answers for a yes on paper, which passes the chain
    ("leave", "pay_out"): frozenset({SUPER, ADMINISTRATOR}),  # days for money: remuneration
    ("leave", "read"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, AGENT, GUEST}),
    ("leave", "record"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # what somebody told by telephone or on paper
    ("people", "name"): frozenset(
        {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, APPROVER, PROTECTION, *OPERATORS}
    ),  # find whom to name in a form
    ("people", "read"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, AGENT, GUEST}),
    ("people", "write"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),
    ("releases", "publish"): LEADERS,
    ("releases", "read"): frozenset(OPERATORS),
    ("replies", "write"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING})
    | LEADERS,  # what the desk sends in the company's name
    ("programs", "manage"): frozenset({SUPER}),  # what lets another program in
    ("reports", "read"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, GUEST}),
    ("register", "change"): frozenset({SUPER, PROTECTION}),  # agrees to processors, writes down what was given away
    ("register", "read"): frozenset({SUPER, ADMINISTRATOR, PROTECTION}),
    ("misuse", "handle"): frozenset({SUPER, PROTECTION}) | LEADERS,  # none that names them: core/privacy/misuse_desk.py
    ("misses", "label"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # what people wrote, without who
    ("simulator", "use"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # never as one who may do more
    ("mail", "read"): frozenset({SUPER}),  # it holds links that sign in
    ("roles", "appoint"): frozenset({SUPER, OPERATOR_ADMINISTRATOR}),
    ("roles", "read"): frozenset({SUPER, ADMINISTRATOR, OPERATOR_ADMINISTRATOR}),
    ("settings", "change"): frozenset({SUPER, ADMINISTRATOR, GUEST}),
    ("terms", "accept"): frozenset({SUPER}),  # for the company, by name
    ("tickets", "own"): frozenset({EMPLOYEE}),
    ("tickets", "work"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, AGENT, *OPERATORS}),
    ("tickets", "lead"): frozenset({SUPER, ADMINISTRATOR}) | LEADERS,  # what others are given
    ("today", "read"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, GUEST}),
    ("undelivered", "settle"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}),  # who was not reached, never what it said
    ("types", "change"): frozenset({SUPER, ADMINISTRATOR}),
    ("training", "own"): frozenset(EVERY),  # each film: only the roles of its course
    ("types", "read"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING, GUEST}),
    ("views", "own"): frozenset(
        {SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION, APPROVER, *OPERATORS}
    ),  # of lists they read
    ("views", "share"): frozenset({SUPER, ADMINISTRATOR, SUPPORTING}) | LEADERS,
}


def allowed(roles: Collection[str], resource: str, action: str) -> bool:
    """Whether one of these roles may do it."""
    return not MATRIX[resource, action].isdisjoint(roles)


def barred(roles: Collection[str]) -> tuple[str, ...]:
    """The columns of the people file that these roles may not fill in: pay is not for everybody, and only a Super
    Administrator appoints."""
    if SUPER in roles:
        return ()
    return ("role",) if ADMINISTRATOR in roles else ("role", "grade", "basic_salary")


def holders(resource: str, action: str, *, among: Collection[str] = ROLES) -> tuple[str, ...]:
    """The roles that may do it, in their order."""
    return tuple(role for role in among if role in MATRIX[resource, action])
