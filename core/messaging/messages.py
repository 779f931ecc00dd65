"""What is said and heard, before any channel's dialect: the only shapes that core, conversation and channels share."""

from datetime import datetime

from msgspec import Struct

# How people call the places they talk in.
CHANNEL_NAMES = {"telegram": "Telegram", "slack": "Slack", "whatsapp": "WhatsApp"}


# What happened to a chat, rather than being said in it: nothing is answered.
HAPPENED = frozenset({"blocked", "unblocked", "moved", "migrated"})


class Choice(Struct, frozen=True):
    """One way to answer by pressing: at most 20 characters to read, at most 64 bytes of ASCII to carry."""

    title: str
    token: str  # opaque, such as "a:" and 22 base64url characters: what it means is looked up when it comes back


class Enclosing(Struct, frozen=True):
    """A file that goes out with a message, whole: it is small, made for one person, and sealed with the words.

    A film of the release is the same for everybody: only its name waits, and its bytes are read as it leaves.
    """

    name: str
    type: str
    raw: bytes
    film: tuple[str, str] | None = None  # which, and in which language


class Message(Struct, frozen=True):
    """One thing we say to one person; `title` makes it a card, `dialog` a question asked in a window of its own."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    title: str | None = None
    dialog: str | None = (
        None  # Slack only: the token that the answer brings back; `text` is the label, `title` the head
    )
    only_to: str | None = None  # Slack only: shown to this user alone
    language: str = "id"  # of the few words a channel adds itself
    numbered: bool = False  # the choices stand in the text, as digits
    file: Enclosing | None = None  # where the channel takes files; the text stands beside it
    contact: str | None = None  # Telegram only: a button by which people show their own number; "" takes it away
    account: str = ""  # which of our bots says it; written in as it leaves, empty = the installation's own
    template: str | None = None  # WhatsApp only: the approved template that opens a talk; it has no words of its own


class Enclosed(Struct, frozen=True):
    """A file that came with a message: how its platform calls it, or our own number once it is `kept`."""

    ref: str
    name: str = ""
    size: int | None = None
    kept: bool = False  # `ref` is the number of its Attachment
    account: str = ""  # which of our bots it was sent to, or the workspace in which it lies


class Incoming(Struct, frozen=True):
    """One thing somebody did in a chat, whichever chat it was."""

    channel: str
    account: str  # which of our bots heard it: Telegram bot id, WhatsApp phone number id, Slack team id
    sender: str  # Telegram from.id, Slack user id
    external_id: str  # the same whenever the platform repeats itself
    words: str | None = None
    token: str | None = None  # of the button pressed
    at: datetime | None = None  # by the platform's clock
    place: str | None = None  # where replies go: Telegram chat.id, Slack channel id
    # The message the button sits on: Telegram message_id, Slack "channel:ts". On Telegram also its own, which an edit
    # of it brings again.
    ref: str | None = None
    callback: str | None = None  # Telegram's callback_query.id
    trigger: str | None = None  # Slack's trigger_id
    private: bool = True
    language: str | None = None  # of the person's app, where it tells
    # message | file | press | submission | edited | blocked | unblocked | voice | sticker | location | unsupported;
    # on Telegram contact (`words` is the number if it is their own) | migrated (a group that is called `ref` from now
    # on); on WhatsApp opened (a template's button) | moved (the account has another number now)
    kind: str = "message"
    view: str | None = None  # the dialog token of a submission
    file: Enclosed | None = None  # what it brought; `words` are then what was written beside it


class Report(Struct, frozen=True):
    """What a platform says became of a message of ours, told once or more and in any order."""

    channel: str
    account: str
    ref: str  # what Sent.ref said
    state: str  # sent | delivered | read | failed
    code: int | None = None  # why it failed
    category: str | None = None  # what is charged: service, utility, authentication, marketing
    billable: bool = False
    people: tuple[str, ...] = ()  # to whom it went, by every name the platform has for them
    at: datetime | None = None
