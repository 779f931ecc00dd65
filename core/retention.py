"""How long what is needed only for a while is kept, in one place; `classification.toml` says the same by column."""

from datetime import timedelta

MONTH = timedelta(days=30)
YEAR = timedelta(days=365)

# table -> after its end (or, of a message, after it came), by what `core/purges.py` looks at.
KEPT = {
    "session": MONTH,
    "token": MONTH,
    "guess": timedelta(days=1),
    "pace": timedelta(days=1),
    "button": MONTH,
    "proof_link": MONTH,
    "invitation": 6 * MONTH,
    "invitation_batch": 6 * MONTH,
    "invited": 6 * MONTH,
    "inbound": YEAR,
    "outbound": YEAR,
    "conversation": YEAR,
    "miss": YEAR,
    "search_log": YEAR,
    "moved_contact": MONTH,
    "import_batch": YEAR,
    "import_row": YEAR,
    "channel_identity": YEAR,  # who writes there; that it was linked and ended, five years after the employment
    "job": timedelta(days=7),
    "cron_run": 2 * MONTH,
    "clock_seen": MONTH,
    "work": 3 * MONTH,
    "export_file": timedelta(days=1),
    "desk_replay": 3 * MONTH,
    "saved_view": MONTH,
    "draft": timedelta(days=14),
    "calendar_feed": YEAR,
    "slack_workspace": YEAR,
    "slack_app": YEAR,
    "bot_account": YEAR,
    "message_template": YEAR,
    "chat_frame": YEAR,
    "api_write": timedelta(days=1),
    "api_token": YEAR,
    "webhook_delivery": MONTH,
    "webhook": YEAR,
}
