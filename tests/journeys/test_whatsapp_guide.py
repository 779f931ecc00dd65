"""The guide for whoever runs a number on WhatsApp: its own commands, word for word, against Meta's stand-in."""

import json
import re
from pathlib import Path

from tests.docker.test_commands import surroundings
from tests.journeys.test_readme import ROOT, blocks, said
from tests.outside.whatsapp import WhatsApp

GUIDE = (ROOT / "knowledge_base/operators/whatsapp.md").read_text(encoding="utf-8")
SCRIPTS = blocks("knowledge_base/operators/whatsapp.md")


def environment(meta: WhatsApp, folder: Path, **more: str) -> dict[str, str]:
    """What the guide has exported so far."""
    return surroundings() | {
        "SERAMBI_DATABASE_URL": f"sqlite:///{folder}/serambi.db",
        "SERAMBI_KEYS": f"{folder}/keys.db",
        "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
        "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters",
        "SERAMBI_BASE_URL": "https://hr.contoh.co.id",
        **meta.environ(),
        **more,
    }


def test_every_script_of_the_guide_is_run_here() -> None:
    assert set(SCRIPTS) == {"connect", "templates", "check", "disconnect"}


def test_a_number_is_connected_looked_at_and_let_go(tmp_path: Path) -> None:
    with WhatsApp() as meta:
        meta.templates.clear()
        here = environment(meta, tmp_path)
        said("serambi migrate", here, tmp_path)
        told = said(SCRIPTS["connect"], here, tmp_path)
        assert "https://hr.contoh.co.id/hooks/whatsapp" in told and "request_waiting (id)" in told
        assert meta.subscribed and len(meta.templates) == 10
        assert "Every template is there" in said(SCRIPTS["connect"], here, tmp_path)
        refused = said(f"{SCRIPTS['check'].strip()} 2>&1 || true", here, tmp_path)
        assert "FAIL  template notice (id): pending" in refused and "wait for Meta" in refused
        meta.approve_all()
        meta.reviewed("notice", "id", "REJECTED", reason="INVALID_FORMAT")
        assert "notice\tid\tUTILITY\trejected (INVALID_FORMAT)" in said(SCRIPTS["templates"], here, tmp_path)
        meta.approve_all()
        meta.recategorised("notice", "id", "MARKETING")
        assert "Meta charges it as marketing" in said(f"{SCRIPTS['check'].strip()} 2>&1 || true", here, tmp_path)
        meta.recategorised("notice", "id", "UTILITY")
        lines = re.findall(r"^ok +(\w+):", said(SCRIPTS["check"], here, tmp_path), re.M)
        assert lines == re.findall(r"^\| `(\w+)` \|", GUIDE.partition("## See how it goes")[2], re.M)
        assert all(one["well"] for one in json.loads(said("serambi whatsapp check --json", here, tmp_path))["checks"])
        said(SCRIPTS["disconnect"], here, tmp_path)
        assert not meta.subscribed and meta.refusals == []


def test_what_meta_refuses_is_said_with_what_to_do(tmp_path: Path) -> None:
    with WhatsApp() as meta:
        here = environment(meta, tmp_path, SERAMBI_WHATSAPP_TOKEN="EAAanothertokenaltogether")
        said("serambi migrate", here, tmp_path)
        refused = said("serambi whatsapp connect 2>&1 || true", here, tmp_path)
        assert "Meta refuses" in refused and "whatsapp_business_management" in refused
        without = said("SERAMBI_WHATSAPP_ACCOUNT_ID= serambi whatsapp connect 2>&1 || true", here, tmp_path)
        assert "set SERAMBI_WHATSAPP_ACCOUNT_ID first" in without
