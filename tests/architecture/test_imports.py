"""Who may know whom. The directions are those of the map in knowledge_base/developers/map.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, dotted, imports, modules, tree

MAY_KNOW = {
    "core": {"core"},
    "bot": {"bot", "core"},
    "backoffice": {"backoffice", "core"},
    "serambi": {"serambi", "backoffice", "bot", "core"},
}
OURS = {*MAY_KNOW, "tests"}
# Inside core a slice knows only what stands on a lower floor, or beside it.
FLOORS = (
    {"people", "accounts", "calendar"},
    {"approvals", "messaging"},
    {
        "leave",
        "attendance",
        "loans",
        "helpdesk",
        "knowledge",
        "training",
        "bookings",
        "privacy",
        "notices",
        "billing",
        "programs",
    },
    {"payroll"},
)
# What looks at all slices at once: the list of tables and its migrations, the health checks, the demo company.
ROOF = {
    "piccolo_app",
    "changes",
    "key_renewal",
    "migrate",
    "migrations",
    "health",
    "figures",
    "backups",
    "backup_rows",
    "backup_proof",
    "backup_hourly",
    "backup_commands",
    "account_commands",
    "commands",
    "privacy_commands",
    "command_line",
    "demo",
    "demo_folder",
    "demo_story",
    "demo_privacy",
    "desk_figures",  # what the help desk may fill in, of other slices
    "purges",
}
# The engine is bound to every table when it opens; the import stands inside the function that does it.
ALLOWED = {("core.database", "core.piccolo_app")}
# Libraries that belong to one room.
ROOMS = {
    "telegram": ("bot.channels",),
    "slack_sdk": ("bot.channels",),
    "litestar": ("bot", "backoffice", "serambi"),
    "dramatiq": ("core.doorbell",),
    "fluent": ("core.phrases",),
    "babel": ("core.phrases",),
    "argon2": ("core.accounts",),
    "webauthn": ("core.accounts",),
}


def ours() -> Iterator[tuple[str, str, str]]:
    """Each import of our own code by our own code: (importer, imported, where)."""
    for path in modules():
        for imported, line in imports(path):
            if imported.partition(".")[0] in OURS:
                yield dotted(path), imported, f"{path}:{line}"


def test_core_knows_nobody_and_bot_and_backoffice_never_meet() -> None:
    wrong = [
        f"{where} imports {imported}"
        for importer, imported, where in ours()
        if imported.partition(".")[0] not in MAY_KNOW[importer.partition(".")[0]]
    ]
    assert not wrong


def floor(module: str) -> int:
    """The floor of a module of core: 0 is the ground, the roof is above everything."""
    name = module.split(".")[1] if "." in module else ""
    if name in ROOF:
        return len(FLOORS) + 1
    return next((number for number, slices in enumerate(FLOORS, 1) if name in slices), 0)


def test_core_imports_downwards() -> None:
    wrong = [
        f"{where} imports {imported}"
        for importer, imported, where in ours()
        if importer.startswith("core") and floor(imported) > floor(importer) and (importer, imported) not in ALLOWED
    ]
    assert not wrong


def test_modules_do_not_go_in_circles() -> None:
    """A circle works until somebody imports its other end first."""
    edges: dict[str, set[str]] = {}
    for importer, imported, _ in ours():
        if importer != imported and (importer, imported) not in ALLOWED and not _is_folder(imported):
            edges.setdefault(importer, set()).add(imported)
    assert [one for one in sorted(edges) if one in _reachable(one, edges)] == []


def _is_folder(module: str) -> bool:
    return (ROOT / module.replace(".", "/") / "__init__.py").is_file()


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for other in edges.get(waiting.pop(), set()) - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def test_every_room_of_core_has_a_floor() -> None:
    rooms = {path.parts[1] for path in modules() if path.parts[0] == "core" and len(path.parts) > 2}
    assert rooms <= set().union(*FLOORS, ROOF)


def test_channels_and_flows_meet_only_in_conversation_and_delivery() -> None:
    wrong = []
    for path in modules():
        if path.parts[0] != "bot" or dotted(path) in {"bot.conversation", "bot.delivery"}:
            continue
        known = {name for imported, _ in imports(path) if (name := _bot_room(imported))}
        known |= {name} if (name := _bot_room(dotted(path))) else set()
        if {"channels", "flows"} <= known:
            wrong.append(str(path))
    assert not wrong


def _bot_room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "bot" and parts[1] in {"channels", "flows"} else None


def test_the_dialog_knows_neither_channels_nor_flows() -> None:
    wrong = [where for one, other, where in ours() if one.startswith("bot.dialog") and _bot_room(other)]
    assert not wrong


def test_each_library_stays_in_its_room() -> None:
    wrong = []
    for path in modules():
        for imported, line in imports(path):
            rooms = ROOMS.get(imported.partition(".")[0])
            if rooms and not any(dotted(path) == room or dotted(path).startswith(f"{room}.") for room in rooms):
                wrong.append(f"{path}:{line} imports {imported}, which belongs in {' or '.join(rooms)}")
    assert not wrong


def test_only_the_clock_asks_what_time_it_is() -> None:
    asked = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    wrong = [
        f"{path}:{node.lineno}"
        for path in modules()
        if path != Path("core/clock.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in asked
    ]
    assert not wrong
