"""The way of a misuse report from its receipt to its end, and what each step needs. Pure."""

from collections.abc import Mapping, Sequence

from core.errors import Refused

DATA, ACCOUNT, SERVICE = "data", "account", "service"
ABOUT = (DATA, ACCOUNT, SERVICE)
COMPANY, OPERATOR = "company", "operator"
RECEIVED, LOOKING, PROPOSED, MEASURE, UNFOUNDED = "received", "looking", "proposed", "measure", "unfounded"
CARRIED = "carried"  # to the operator's desk: what is left says nothing
STATES = (RECEIVED, LOOKING, PROPOSED, MEASURE, UNFOUNDED, CARRIED)
OPEN, OUTCOMES = (RECEIVED, LOOKING, PROPOSED), (MEASURE, UNFOUNDED)
STEPS: Mapping[str, frozenset[str]] = {
    RECEIVED: frozenset({LOOKING, CARRIED}), LOOKING: frozenset({PROPOSED, CARRIED}),
    PROPOSED: frozenset({LOOKING, MEASURE, UNFOUNDED}),
    MEASURE: frozenset(), UNFOUNDED: frozenset(), CARRIED: frozenset(),
}  # fmt: skip
BLOCK, BREACH, ACCESS, WARNING, OTHER = "block", "breach", "access", "warning", "other"
MEASURES = (BLOCK, BREACH, ACCESS, WARNING, OTHER)
ADDED, NOTED, ASKED, EVIDENCE, NAMED, BACK = "added", "noted", "asked", "evidence", "named", "back"
EVENTS = (*STATES, ADDED, NOTED, ASKED, EVIDENCE, NAMED, BACK)
LONGEST, LONGEST_ACCUSED, SHORTEST_ANSWER = 4000, 200, 10


def check(now: str, to: str) -> None:
    """Refused where a report can't go there from where it stands."""
    if to not in STEPS[now]:
        raise Refused("misuse.no_such_step")


def check_told(about: str, accused: str, words: str) -> None:
    """Refused where a report lacks what it must have."""
    if about not in ABOUT:
        raise Refused("misuse.about_needed")
    if not words:
        raise Refused("misuse.words_needed")
    if len(words) > LONGEST or len(accused) > LONGEST_ACCUSED:
        raise Refused("misuse.too_long", most=LONGEST, accused=LONGEST_ACCUSED)


def check_outcome(outcome: str, answer: str, measures: Sequence[str], *, breach: str, named: bool) -> None:
    """Refused where an end lacks its reasons, its measures, or what a measure needs."""
    if outcome not in OUTCOMES:
        raise Refused("misuse.no_such_step")
    if not SHORTEST_ANSWER <= len(answer) <= LONGEST:
        raise Refused("misuse.answer_needed", least=SHORTEST_ANSWER, most=LONGEST)
    if any(one not in MEASURES for one in measures) or (outcome == MEASURE) != bool(measures):
        raise Refused("misuse.measures_needed")
    if BLOCK in measures and not named:
        raise Refused("misuse.nobody_named")
    if (BREACH in measures) != bool(breach):
        raise Refused("misuse.breach_needed")
