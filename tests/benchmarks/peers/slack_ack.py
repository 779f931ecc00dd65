"""slack-bolt on its own aiohttp server, acknowledging a press, as its documentation has it. `python slack_ack.py PORT`."""

# mypy: ignore-errors

import sys

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult


async def authorize(**_):
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-benchmark", bot_id="B1", bot_user_id="U9")


app = AsyncApp(signing_secret="benchmark-secret", authorize=authorize)


@app.action({"type": "block_actions", "action_id": "b:ok"})
async def pressed(ack):
    await ack()


app.start(port=int(sys.argv[1]), path="/hook")
