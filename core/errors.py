"""How a rule says no. Faults of ours stay ordinary exceptions and name the way out."""

from typing import Any


class Refused(Exception):
    """A rule said no, politely: `key` names the phrase, `facts` what it needs to be said in either language."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.key}({told})"
