"""python-telegram-bot's own webhook and echo bot, as documented; its network answers at once and nothing is stored.

`python telegram_echo.py PORT`
"""

# mypy: ignore-errors

import json
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

ME = {"id": 1, "is_bot": True, "first_name": "Echo", "username": "echo_bot"}
SAID = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
TOLD = {"getMe": ME, "sendMessage": SAID}


class NoNetwork(BaseRequest):
    """Answers every call at once, as nobody would."""

    @property
    def read_timeout(self):
        return 5

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, **_):
        return 200, json.dumps({"ok": True, "result": TOLD.get(url.rpartition("/")[2], True)}).encode()


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text)


app = Application.builder().token("1:benchmark").request(NoNetwork()).get_updates_request(NoNetwork()).build()
app.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
app.run_webhook(
    listen="127.0.0.1", port=int(sys.argv[1]), url_path="hook", secret_token="benchmark-secret",
    webhook_url="https://bot.example/hook",
)  # fmt: skip
