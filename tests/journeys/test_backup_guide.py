"""The commands of the operators' guide to backups, taken from it word for word, one after the other."""

from pathlib import Path

from tests.docker.test_commands import surroundings
from tests.journeys.test_readme import blocks, said

SCRIPTS = blocks("knowledge_base/operators/backup.md")


def test_what_the_guide_says_is_what_happens(tmp_path: Path) -> None:
    for folder in ("backups", "new"):
        (tmp_path / folder).mkdir()
    environment = surroundings() | {
        "SERAMBI_DATABASE_URL": f"sqlite:///{tmp_path}/serambi.db",
        "SERAMBI_KEYS": f"{tmp_path}/keys.db",
        "SERAMBI_FILES": f"{tmp_path}/files",
        "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
        "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters",
        "BACKUPS": str(tmp_path / "backups"),
        "NEW": str(tmp_path / "new"),
    }
    said("serambi migrate && serambi company add 'PT Contoh' --admin hr@contoh.example", environment, tmp_path)
    assert set(SCRIPTS) == {"backup", "check", "restore"}
    made = said(SCRIPTS["backup"], environment, tmp_path)
    assert "it was whole" in made and f"{tmp_path}/keys.db" in made
    assert "Nothing was changed here" in said(SCRIPTS["check"], environment, tmp_path)
    back = said(SCRIPTS["restore"], environment, tmp_path)
    assert "are back" in back and "ok    secrets" in back
    there = environment | {"SERAMBI_DATABASE_URL": f"sqlite:///{tmp_path}/new/serambi.db"}
    assert "Nothing to run" in said("serambi migrate", there, tmp_path)
