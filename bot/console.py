"""The talk in a terminal: the same inbox, conversation and outbox, without any platform."""

import asyncio
import json
import sys

from bot.channels import web_chat
from core import jobs
from core.messaging import inbox
from core.people.directory import Employee

LEAVE_WORDS = ("exit", "quit", "keluar")


async def talk(employee: Employee, *, as_json: bool) -> None:
    """Read lines until the end of input; print what Serambi says to this employee."""
    seen = {(line.number, line.text) for line in await _said(employee)}
    if not as_json and sys.stdin.isatty():
        print(f"{employee.name}, {employee.number}. Ctrl D ends the talk.")
    while True:
        words = await asyncio.to_thread(_line, not as_json)
        if words is None or words.strip().lower() in LEAVE_WORDS:
            return
        if not words.strip():
            continue
        token = await _pressed(employee, words.strip())
        await inbox.write(employee.company, employee.person, words=words, token=token, channel="console")
        await jobs.drain()
        for line in await _said(employee):
            # A card that was decided keeps its number and says something else.
            if (line.number, line.text) not in seen:
                seen.add((line.number, line.text))
                _show(line, as_json)


def _line(prompt: bool) -> str | None:
    try:
        return input("> " if prompt and sys.stdin.isatty() else "")
    except EOFError:
        return None


async def _said(employee: Employee) -> list[web_chat.Line]:
    return [line for line in await web_chat.read(employee.company, employee.person) if not line.mine]


async def _pressed(employee: Employee, words: str) -> str | None:
    """`[Ya, ajukan]` in brackets is a press on the choice of that name, as it was last shown."""
    if not (words.startswith("[") and words.endswith("]")):
        return None
    for line in reversed(await _said(employee)):
        for title, token in line.choices:
            if title.lower() == words[1:-1].strip().lower():
                return token
    return None


def _show(line: web_chat.Line, as_json: bool) -> None:
    if as_json:
        told = {"text": line.text, "title": line.title, "choices": [title for title, _ in line.choices]}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    print((f"{line.title} " if line.title else "") + line.text)
    if line.choices:
        print("  " + " ".join(f"[{title}]" for title, _ in line.choices))
