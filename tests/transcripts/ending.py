"""The line `=`: the message a scene ends with, and every row it wrote. What is not named there must not exist."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

KINDS = ("Text", "Choices", "Card")
ENTRIES = ("hold", "release", "consume", "reverse", "adjust", "expire", "grant")
STATES = ("in_review", "applied", "rejected", "withdrawn", "returned", "cancel_requested", "cancelled")


@dataclass(frozen=True)
class Verdict:
    """A decision: what, whose, where it was made, on which version of the request."""

    verdict: str
    who: str
    channel: str
    version: int


@dataclass(frozen=True)
class Written:
    """What a scene changed, counted and added up."""

    leave_requests: int = 0
    leave_days: int = 0
    not_counted: int = 0
    halves: tuple[str, ...] = ()  # am or pm, one for each half day
    given_back: int = 0
    entries: tuple[tuple[str, Decimal], ...] = ()  # kind and its sum in days
    requests: tuple[str, ...] = ()  # the state of each that is new or was changed
    steps: tuple[str, ...] = ()  # of each new one, who is asked
    decisions: tuple[Verdict, ...] = ()
    delegations: tuple[str, ...] = ()  # whose place, and who takes it
    languages: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()  # their channels
    invitations_used: int = 0
    identities_ended: int = 0
    blocks: int = 0
    tickets: tuple[str, ...] = ()  # the state of each that is new or was changed
    events: tuple[str, ...] = ()  # what happened to them, in order
    ideas: tuple[str, ...] = ()  # the state of each new wish
    votes: tuple[str, ...] = ()  # the number of the wish each new vote is for
    data: tuple[str, ...] = ()  # kind and state of each request about personal data that is new or was changed
    lessons: tuple[str, ...] = ()  # each film that was begun or watched
    others: tuple[str, ...] = ()  # tables that may not grow and did


@dataclass(frozen=True)
class Ending:
    """The last message to the scene's person, and what was written."""

    kind: str
    key: str
    written: Written
    messages: tuple[tuple[int, str], ...] = ()  # so many to this person

    @classmethod
    def read(cls, line: str) -> "Ending":
        """The line without its mark, or ValueError at the first word that is not known."""
        if line.strip() == "…":
            return UNSAID
        shown, _, rows = line.partition("|")
        kind, _, key = shown.strip().partition(" ")
        if kind not in KINDS or not re.fullmatch(r"[a-z]+\.[a-z_]+", key) or not rows.strip():
            raise ValueError("= begins with Text, Choices or Card, a phrase's key, | and the rows or nothing")
        if rows.strip() == "…":
            return cls(kind, key, UNNAMED)
        ending = cls(kind, key, Written())
        for item in re.split(r"\s*[;+]\s+|\s*;\s*", rows.strip()):
            ending = ending._with(item.strip())
        return replace(ending, written=replace(ending.written, entries=tuple(sorted(ending.written.entries))))

    def _with(self, item: str) -> "Ending":
        now = self.written
        if found := re.fullmatch(r"(\d+) messages? to (\w+)", item):
            return replace(self, messages=(*self.messages, (int(found[1]), found[2])))
        if item == "nothing":
            return self
        if item == "LeaveRequest":
            made = replace(now, leave_requests=now.leave_requests + 1)
        elif found := re.fullmatch(r"LeaveDay x(\d+) given back", item):
            made = replace(now, given_back=int(found[1]))
        elif found := re.fullmatch(r"LeaveDay x(\d+)(?: \((am|pm)\))?(?: \((\d+) not counted\))?", item):
            halves = (found[2],) * int(found[1]) if found[2] else ()
            made = replace(now, leave_days=int(found[1]), halves=halves, not_counted=int(found[3] or 0))
        elif (found := re.fullmatch(r"(\w+) ([+−-])([\d.,]+)", item)) and found[1] in ENTRIES:
            sum_ = Decimal(found[3].replace(",", ".")) * (1 if found[2] == "+" else -1)
            made = replace(now, entries=(*now.entries, (found[1], sum_)))
        elif (found := re.fullmatch(r"Request(?: (\w+))?", item)) and (found[1] or "in_review") in STATES:
            made = replace(now, requests=(*now.requests, found[1] or "in_review"))
        elif found := re.fullmatch(r"Step\((\w+(?:, \w+)*)\)", item):
            made = replace(now, steps=(*now.steps, found[1]))
        elif found := re.fullmatch(r"Decision\((approve|reject|change), (\w+), (\w+), v(\d+)\)", item):
            made = replace(now, decisions=(*now.decisions, Verdict(found[1], found[2], found[3], int(found[4]))))
        elif found := re.fullmatch(r"Delegation\((\w+, \w+)\)", item):
            made = replace(now, delegations=(*now.delegations, found[1]))
        elif found := re.fullmatch(r"Person\.language=(id|en)", item):
            made = replace(now, languages=(*now.languages, found[1]))
        elif found := re.fullmatch(r"ChannelIdentity\((\w+)\)", item):
            made = replace(now, identities=(*now.identities, found[1]))
        elif found := re.fullmatch(r"(Attachment|LeavePaper|TicketLink|DeskMove|ImportBatch|ImportRow)", item):
            made = replace(now, others=(*now.others, f"{found[1]} x1"))
        elif found := re.fullmatch(r"ChannelIdentity x(\d+) ended", item):
            made = replace(now, identities_ended=int(found[1]))
        elif found := re.fullmatch(r"Ticket\((new|open|waiting_requester|resolved|closed)\)", item):
            made = replace(now, tickets=(*now.tickets, found[1]))
        elif found := re.fullmatch(r"TicketEvent\((\w+(?:, \w+)*)\)", item):
            made = replace(now, events=(*now.events, *found[1].split(", ")))
        elif found := re.fullmatch(r"FeatureRequest\((new|reviewing|planned)\)", item):
            made = replace(now, ideas=(*now.ideas, found[1]))
        elif found := re.fullmatch(r"DataRequest\((\w+)(?:, (\w+))?\)", item):
            made = replace(now, data=(*now.data, f"{found[1]} {found[2] or 'received'}"))
        elif found := re.fullmatch(r"(ConsentEvent|DataCheck|Breach|BreachLetter) x(\d+)", item):
            made = replace(now, others=(*now.others, item))
        elif item in ("Correction", "Erasure", "NewsShare"):
            made = replace(now, others=(*now.others, f"{item} x1"))
        elif found := re.fullmatch(r"LessonProgress\((watched|begun)\)", item):
            made = replace(now, lessons=(*now.lessons, found[1]))
        elif found := re.fullmatch(r"Vote\((U-\d+)\)", item):
            made = replace(now, votes=(*now.votes, found[1]))
        elif item == "Block":
            made = replace(now, blocks=now.blocks + 1)
        elif item == "Invitation used":
            made = replace(now, invitations_used=now.invitations_used + 1)
        else:
            raise ValueError(f"{item!r} is not in the words of the line =; see tests/transcripts/README.md")
        return replace(self, written=made)

    def told_of(self, people: dict[str, str], channel_of: Callable[[str], str]) -> "Ending":
        """The same with other people in it, each on their own channel."""
        now = self.written
        steps = tuple(", ".join(people.get(one, one) for one in step.split(", ")) for step in now.steps)
        who = [people.get(one.who, one.who) for one in now.decisions]
        decisions = tuple(
            replace(one, who=name, channel=channel_of(name)) for one, name in zip(now.decisions, who, strict=True)
        )
        messages = tuple((count, people.get(who, who)) for count, who in self.messages)
        return replace(self, written=replace(now, steps=steps, decisions=decisions), messages=messages)


# Of a chat that a company kept nobody has said yet what it writes; how it ends may be known.
UNNAMED = Written(others=("…",))
UNSAID = Ending("", "", Written())
