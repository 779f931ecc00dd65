"""What an article says to a question on the command line: without a company, and so without own figures."""

from typing import Any

from core import clock
from core.accounts.roles import EMPLOYEE
from core.knowledge import blocks, library, search
from core.people.directory import DEFAULT_ZONE


def asked(question: str, language: str) -> dict[str, Any]:
    """What an employee would be answered: the outcome, the answer if there is one, what came near with its score."""
    today = clock.today(DEFAULT_ZONE)
    found, named = library.shipped().find(question, language, {EMPLOYEE}, today)
    answer = None
    if found.outcome == search.ANSWER:
        answer = blocks.fill(named[0].answer, language, on=today, known={}).text
    near = [
        {"article": one.id, "title": one.title, "score": round(hit.score, 3)}
        for one, hit in zip(named, found.hits, strict=True)
    ]
    lines = [answer or found.outcome, *(f"{one['score']:.3f}  {one['article']}  {one['title']}" for one in near)]
    return {
        "outcome": found.outcome,
        "answer": answer,
        "near": near,
        "heard": list(found.heard),
        "text": "\n".join(lines),
    }
