"""What a company kept of files within a day is summed without reading the others."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0032-file-days"
VERSION = "1.38.0"
DESCRIPTION = "Files of a day are found by when they were kept"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    indexes=(
        ("attachment_kept", "attachment", "company, kept_at", None),
        ("attachment_person_kept", "attachment", "company, person, kept_at", None),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
