"""The same stage where the company talks over a bot and a number of its own, beside those of the installation."""

from dataclasses import dataclass, field

from core import database
from core.accounts.roles import SUPER
from core.audit import Actor
from core.messaging import bot_accounts
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, Account, Named
from tests.outside.serving import Hook, StandIn
from tests.outside.whatsapp import LANGUAGES, TEMPLATES
from tests.outside.whatsapp_business import approved
from tests.transcripts.stage import Stage

BOT, NAME = "700001:own-bot-of-maju-standing-in", "SerambiBot"
TOKEN, SECRET = "EAAownnumberofmajustanding", "a" * 32
PHONE, BUSINESS = "200000000000001", "300000000000001"
# Whatever differs by who speaks: linking, groups, cards, edits, files, what nobody asked for.
SCENES = frozenset({
    "linking.first_contact", "linking.typed", "linking.unlink", "linking.unlinked", "linking.group",
    "dialog.group_refused", "approvals.telegram", "approvals.by_number", "approvals.reminder_escalation",
    "approvals.decided_elsewhere", "leave.one_sentence", "leave.recap", "leave.recap_whatsapp", "accounts.block",
})  # fmt: skip


@dataclass
class OwnStage(Stage):
    """What people say goes to the addresses of the company's own accounts; what is said comes from those."""

    shared: tuple[StandIn, ...] = ()
    _accounts: dict[str, Account] = field(default_factory=dict)

    async def prepare(self) -> None:
        """Bring the accounts, and look at their chats from now on."""
        self.shared = (self.telegram, self.whatsapp)
        self.telegram = self.telegram.another(BOT, NAME)
        self.whatsapp = self.whatsapp.another(TOKEN, SECRET, phone=PHONE, business=BUSINESS)
        self.whatsapp.templates = approved(TEMPLATES, LANGUAGES)
        by = Actor(SUPER, "web")
        async with database.transaction(self.company):
            for channel, given, named in (
                (TELEGRAM, {"token": BOT}, Named(BOT.partition(":")[0], NAME)),
                (WHATSAPP, {"token": TOKEN, "secret": SECRET, "business": BUSINESS}, Named(PHONE, "+62 21 500123")),
            ):
                self._accounts[channel] = await bot_accounts.save(channel, given, named, by=by)

    async def knock(self, hook: Hook) -> None:
        """The platform posts to the account that it was said to."""
        account = self._accounts.get(hook.path.removeprefix("/hooks/"))
        if account is not None:
            secret = {"x-telegram-bot-api-secret-token": account.secret} if account.channel == TELEGRAM else {}
            hook = Hook(account.path, {**hook.headers, **secret}, hook.body)
        await super().knock(hook)
