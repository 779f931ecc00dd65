"""Every table there is, for Piccolo's migrations and for binding them to the engine."""

from functools import lru_cache
from typing import Any

from piccolo.engine.postgres import PostgresEngine
from piccolo.engine.sqlite import SQLiteEngine

from core import changes, settings
from core.accounts.tables import (
    Account,
    AccountReason,
    Block,
    ChatFrame,
    Company,
    Guess,
    Invitation,
    InvitationBatch,
    Invited,
    KeyRenewal,
    Membership,
    MembershipOffer,
    OperatorGrant,
    Passkey,
    RecoveryCode,
    Session,
    Token,
)  # fmt: skip
from core.approvals.tables import (
    Chain,
    Counter,
    Decision,
    Delegation,
    Request,
    RequestEvent,
    Signer,
    Step,
    StepApprover,
)
from core.audit import AuditEntry
from core.calendar.tables import CalendarFeed, CalendarVersion, Closure, CompanyDay, Holiday, WorkingWeek
from core.choices import Choice
from core.database import sqlite_path
from core.drafts import Draft
from core.helpdesk.defect_tables import Defect, DefectTicket
from core.helpdesk.desk_tables import DeskCarried, DeskMove, TicketClaim
from core.helpdesk.mail_in import MailIn
from core.helpdesk.outsiders import Outsider
from core.helpdesk.reports import ReportAccess
from core.helpdesk.tables import (
    DeskAgent,
    DeskField,
    DeskPresence,
    DeskReplay,
    DeskTerms,
    OutgoingAnswer,
    SavedReply,
    Ticket,
    TicketAlarm,
    TicketCategory,
    TicketEvent,
    TicketLink,
    TicketMention,
    TicketTag,
    TicketValue,
)  # fmt: skip
from core.jobs import CronRun, Job
from core.knowledge.tables import ArticleVersion, SearchLog
from core.leave.tables import (
    AccrualLine,
    Blackout,
    LeaveBalance,
    LeaveBatch,
    LeaveDay,
    LeaveEntry,
    LeaveNight,
    LeavePaper,
    LeaveRequest,
    LeaveType,
    Lot,
    WorkedDay,
)
from core.messaging.bot_accounts import BotAccount
from core.messaging.mail_threads import MailThread
from core.messaging.mailboxes import Mailbox
from core.messaging.tables import (
    Attachment,
    Button,
    Circuit,
    Conversation,
    Inbound,
    Lesson,
    MessageTemplate,
    Miss,
    Outbound,
    Pace,
    Polled,
    Rehearsal,
)  # fmt: skip
from core.messaging.workspaces import SlackApp, SlackWorkspace
from core.notices.release_tables import NewsReach, NewsShare, ReleaseNews
from core.notices.tables import FeatureRequest, Vote
from core.people.consent_tables import ConsentEvent
from core.people.tables import (
    Assignment,
    ChannelIdentity,
    Department,
    Employment,
    ImportBatch,
    ImportRow,
    Location,
    MovedContact,
    Person,
    RevealRecord,
)  # fmt: skip
from core.privacy.breach_tables import Breach, BreachLetter
from core.privacy.holding_tables import AccessPack, Erasure, LegalHold, Restriction, Retained, RetentionRun
from core.privacy.misuse_tables import MisuseEvent, MisuseNamed, MisuseReport
from core.privacy.pin_tables import Pin, ProofLink
from core.privacy.registry_tables import Disclosure, PolicyAcceptance, ProcessorApproval
from core.privacy.tables import Correction, DataCheck, DataRequest, DataRequestEvent, DataRequestReminder
from core.programs.tables import ApiToken, ApiWrite, Webhook, WebhookDelivery
from core.set_back import ClockSeen
from core.training.tables import LessonProgress
from core.views import SavedView
from core.work import ExportFile, Work

TABLES = [
    Company, Account, Session, Token, RecoveryCode, Passkey, Guess, Holiday, Inbound, Polled, Pace, Circuit, Job,
    CronRun, Person, Department, Location, Employment, Assignment, ChannelIdentity, Membership, Invitation, Block,
    AccountReason, ImportBatch, ImportRow, RevealRecord, KeyRenewal,
    CalendarVersion, CompanyDay, WorkingWeek, Closure, CalendarFeed,
    Counter, Chain, Request, Step, StepApprover, Decision, Delegation, RequestEvent, Signer,
    LeaveType, LeaveBatch, Lot, AccrualLine, LeaveRequest, LeaveDay, LeaveEntry, LeaveBalance, LeaveNight, Blackout,
    Conversation, Outbound, Button, Attachment, Miss, Lesson, Rehearsal, AuditEntry,
    Work, ExportFile, Choice, SavedView, LeavePaper, Draft, MovedContact, WorkedDay,
    InvitationBatch, Invited, SlackApp, SlackWorkspace, MembershipOffer, BotAccount, MessageTemplate,
    ChatFrame, ClockSeen, DeskTerms, TicketCategory, DeskAgent, DeskPresence, Ticket, TicketEvent, TicketAlarm,
    DeskReplay, SavedReply, OutgoingAnswer, TicketLink, TicketTag, TicketMention, DeskField, TicketValue,
    FeatureRequest, Vote, SearchLog, ArticleVersion,
    Mailbox, Outsider, MailThread, MailIn, ReportAccess, OperatorGrant, DeskMove, DeskCarried, TicketClaim,
    Defect, DefectTicket, MisuseReport, MisuseNamed, MisuseEvent,
    ReleaseNews, NewsReach, NewsShare,
    LessonProgress,
    Erasure, Retained, LegalHold, Restriction, AccessPack, RetentionRun,
    DataRequest, DataRequestEvent, DataRequestReminder, Correction, DataCheck,
    ApiToken, ApiWrite, Webhook, WebhookDelivery,
    ProcessorApproval, Disclosure, Breach, BreachLetter, PolicyAcceptance, ConsentEvent, Pin, ProofLink,
]  # fmt: skip


@lru_cache(maxsize=1)
def _owner_engine(url: str) -> PostgresEngine | SQLiteEngine:
    if url.startswith("sqlite"):
        return SQLiteEngine(path=str(sqlite_path(url)))
    return PostgresEngine(config={"dsn": url})


def owner_engine() -> PostgresEngine | SQLiteEngine:
    """A plain engine under the owner of the tables."""
    made = settings.current()
    return _owner_engine(made.migration_url or made.database_url if made.on_postgres else made.database_url)


def __getattr__(name: str) -> Any:
    # What Piccolo's migrations read from this module is made only when asked for: DB connects, and what the others are
    # made of brings a formatter of source text with it.
    if name == "DB":
        return owner_engine()
    if name == "APP_CONFIG":
        from piccolo.conf.apps import AppConfig

        return AppConfig(app_name="core", migrations_folder_path=str(changes.MIGRATIONS), table_classes=TABLES)
    if name == "APP_REGISTRY":
        from piccolo.conf.apps import AppRegistry

        return AppRegistry(apps=["core.piccolo_app"])
    raise AttributeError(name)
