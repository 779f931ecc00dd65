"""Which tests are run, by whom and in what order: the longest first, together what belongs together (decisions 0062, 0071)."""

import os
import re
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# What runs on one worker, one test after the other: because its first test sets up much that the others use (a process
# from which commands are forked, too), or because it shares a server's queues. Faults wait more than they compute, so that the others have the cores meanwhile.
TOGETHER = {
    "faults": re.compile(r"tests/faults/|amqp|rabbit|accounts/test_commands|::test_the_command_"),
    "journey": re.compile(r"tests/journeys/test_\w+"),
    "phrases": re.compile(r"tests/core/test_phrases"),
}
# What takes longest begins first, so that nobody computes alone at the end.
FIRST = (
    "tests/faults/", "tests/journeys/test_server_guide", "tests/journeys/test_browser", "tests/journeys/test_walk",
    "tests/journeys/test_backup_guide", "tests/journeys/", "tests/core/approvals/test_machine",
    "tests/core/leave/test_machine", "tests/core/leave/test_nights", "tests/core/leave/test_collective_preview",
    "tests/core/test_phrases", "tests/backoffice/test_every_form", "tests/docker/test_commands",
)  # fmt: skip
# Pages and talks ask the database by verbs that tests/core tries on both kinds. Each of their tests runs on one of the
# two, dealt out by its name; on both where the answer is made by the database: order, search, sums, locks, who sees what.
ON_ONE = ("tests/backoffice/", "tests/bot/")
ON_BOTH = re.compile(
    r"backoffice/test_(approvals|balances|calendar|canaries|collective|desk_fields|exports|grants|listing|live|people"
    r"|people_list|query_counts|recounts|reports|taken|tickets|today|two_companies|views)\.py"
    r"|bot/test_(cost_of_a_turn|delivery|door|limits|polling|simulator)\.py"
)
BOTH = os.environ.get("DATABASES") == "both"
KINDS = ("sqlite", "postgres")


class Workers(LoadScopeScheduling):  # type: ignore[misc]
    """Who runs what: tests that belong together on one worker; all others wherever one is free, in the order collected."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        for name, belongs in TOGETHER.items():
            # At length, faults are spread over all workers.
            if (found := belongs.search(nodeid)) and not (name == "faults" and self.config.option.markexpr):
                return found.group() if name == "journey" else name
        return nodeid


def place(nodeid: str) -> int:
    """When this test begins: the earlier, the smaller."""
    return next((at for at, begins in enumerate(FIRST) if nodeid.startswith(begins)), len(FIRST))


def elsewhere(item: pytest.Item) -> bool:
    """Whether this test runs on the other kind of database."""
    given: Any = getattr(item, "callspec", None)
    kind = str(given.params.get("empty_url")) if given is not None else ""
    if kind not in KINDS or not item.nodeid.startswith(ON_ONE) or ON_BOTH.search(item.nodeid):
        return False
    return KINDS[crc32(item.nodeid.replace(kind, "").encode()) % 2] != kind


def dealt(config: pytest.Config, items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that are run, in order, and those left out; whoever names a test gets it on both kinds of database."""
    named = any("::" in one for one in config.args)
    left = [] if BOTH or named else [one for one in items if elsewhere(one)]
    out = set(left)
    return sorted((one for one in items if one not in out), key=lambda one: place(one.nodeid)), left
