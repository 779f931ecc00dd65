"""What people send is fetched from the platform itself, no larger than may be kept, and our token goes nowhere else."""

import json

import pytest
from msgspec.structs import replace

from bot.channels import Later, Never, slack, slack_files, telegram
from core.files import MOST
from core.messaging.messages import Enclosed
from tests.outside.serving import Answer
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram

BUDI, SARI = 5550001, "U1SARI"


def enclosed(channel: object, hook: object) -> Enclosed:
    (heard,) = channel.parse(json.loads(hook.body))  # type: ignore[attr-defined]
    assert heard.kind == "file"
    assert isinstance(heard.file, Enclosed)
    return replace(heard.file, account="")  # through the installation's own app


async def test_a_photo_on_telegram(telegram_api: Telegram) -> None:
    file = enclosed(telegram.CHANNEL, telegram_api.upload(b"jpeg", BUDI, caption="surat"))
    assert await telegram.CHANNEL.fetch(file) == b"jpeg"


async def test_a_document_on_telegram_keeps_its_name(telegram_api: Telegram) -> None:
    file = enclosed(telegram.CHANNEL, telegram_api.upload(b"%PDF-", BUDI, name="surat.pdf"))
    assert (file.name, file.size) == ("surat.pdf", 5)
    assert await telegram.CHANNEL.fetch(file) == b"%PDF-"


async def test_telegram_is_asked_no_more_when_the_file_is_too_large(telegram_api: Telegram) -> None:
    file = enclosed(telegram.CHANNEL, telegram_api.upload(b"x" * (MOST + 1), BUDI, name="a.pdf"))
    with pytest.raises(Never):
        await telegram.CHANNEL.fetch(file)


async def test_a_file_that_telegram_forgot_never_comes(telegram_api: Telegram) -> None:
    with pytest.raises(Never):
        await telegram.CHANNEL.fetch(Enclosed("gone"))


@pytest.mark.parametrize("trouble", ["fail", "drop"])
async def test_a_sick_telegram_is_asked_again(telegram_api: Telegram, trouble: str) -> None:
    file = enclosed(telegram.CHANNEL, telegram_api.upload(b"jpeg", BUDI))
    if trouble == "fail":
        telegram_api.fail(502, methods=("getFile",))
    else:
        telegram_api.accept_then_drop(methods=("getFile",))
    with pytest.raises(Later):
        await telegram.CHANNEL.fetch(file)
    assert await telegram.CHANNEL.fetch(file) == b"jpeg"


async def test_a_file_on_slack(slack_api: Slack) -> None:
    file = enclosed(slack.CHANNEL, slack_api.upload(b"jpeg", SARI, name="surat.jpg", words="ini suratnya"))
    assert file.name == "surat.jpg"
    assert await slack.CHANNEL.fetch(file) == b"jpeg"


async def test_slack_is_read_no_further_than_may_be_kept(slack_api: Slack) -> None:
    file = enclosed(slack.CHANNEL, slack_api.upload(b"x" * (3 * MOST), SARI))
    assert MOST < len(await slack.CHANNEL.fetch(file)) <= MOST + 64 * 1024


async def test_a_token_that_may_not_read_files_is_named(slack_api: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    file = enclosed(slack.CHANNEL, slack_api.upload(b"jpeg", SARI))
    monkeypatch.setattr(slack_api, "_download", lambda *_: Answer(302, b"", {"location": "https://slack.com/"}))
    with pytest.raises(Never, match="files:read"):
        await slack.CHANNEL.fetch(file)


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/x", "http://files.slack.com/x", "http://169.254.169.254/latest", "", "file:///etc/passwd"],
)
def test_the_token_goes_to_slack_alone(address: str) -> None:
    with pytest.raises(Never):
        slack_files.address({"file": {"url_private_download": address}}, "https://slack.com/api/")


def test_slacks_own_address_of_files_is_good() -> None:
    told = {"file": {"url_private": "https://files.slack.com/files-pri/T1-F1/surat.jpg"}}
    assert slack_files.address(told, "https://slack.com/api/").host == "files.slack.com"
