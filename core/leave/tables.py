"""Days of leave: the kinds there are, the lots they come from, the entries that moved them, and the days asked for."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.messaging.tables import Attachment
from core.people.tables import Department, Employment, Location
from core.vault import Sealed


class LeaveType(CompanyTable):
    """A kind of leave as this company wants it from a date on; without a row the shipped kind holds."""

    id: Serial
    public = Varchar(length=22, unique=True)
    code = Varchar(length=40)
    from_ = Date(default=None)
    terms = Text()  # the fields of types.Kind that differ from the shipped ones, as JSON
    examples = Text()  # inputs and what must come of them, run before publishing, as JSON
    published_at = Timestamptz(null=True, default=None)  # null: a draft, which nobody goes by
    published_by = Varchar(length=64, null=True, default=None)


class LeaveBatch(CompanyTable):
    """Changes to many people's leave that were made, and can be undone, as one."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=12)  # collective | opening | payout | recount | worked | adjust
    year = Integer()
    short = Varchar(length=8, null=True, default=None)  # collective: who has no days left: advance | unpaid | exempt
    file_hash = Varchar(length=64, null=True, default=None)
    people = Integer(default=0)
    made_by = Varchar(length=64)
    made_at = Timestamptz(default=None)
    undone_at = Timestamptz(null=True, default=None)
    why = Sealed(of=None, null=True)  # of a payout, of days that were worked, of a correction by hand


class Lot(CompanyTable):
    """Days granted together, usable from `valid_from` through `valid_to`; its quantity is its grant entries."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40)
    origin = Varchar(length=12)  # annual | adjustment | carry | restored | opening
    year = Integer()
    valid_from = Date(default=None)
    valid_to = Date(default=None)
    overdraft = Integer(default=0)  # how far below nothing it may fall
    encashable = Boolean(default=False)


class AccrualLine(CompanyTable):
    """A grant that is due on a day; the plan of a year is written at once and posted line by line."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40)
    year = Integer()
    due = Date(default=None)
    quantity = Integer()
    valid_to = Date(default=None)
    state = Varchar(length=8)  # planned | posted | failed | skipped
    why = Varchar(length=120, null=True, default=None)


class LeaveNight(CompanyTable):
    """The last day up to which an employee's leave was brought, as a night does."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    day = Date(default=None)


class LeaveRequest(CompanyTable):
    """An employee asks to be away from `starts` through `ends`, both days included. Its state is its Request's."""

    id: Serial
    public = Varchar(length=22, unique=True)
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40)
    starts = Date(default=None)
    ends = Date(default=None)
    part = Varchar(length=2, null=True, default=None)  # am | pm: half of one day
    reason = Sealed(of="employment.person", null=True)
    calendar_version = Varchar(length=16)
    clash = Text(null=True, default=None)  # the day on which too few were left, as JSON
    document_due = Date(null=True, default=None)
    document_met_at = Timestamptz(null=True, default=None)
    attachment = BigInt(null=True, default=None)  # the first of its LeavePaper rows, for a release that knows but one
    requested_at = Timestamptz(default=None)


class LeavePaper(CompanyTable):
    """A file that proves a leave; there may be several."""

    id: Serial
    request = ForeignKey(LeaveRequest, null=False, on_delete=OnDelete.restrict)
    attachment = ForeignKey(Attachment, null=False, on_delete=OnDelete.restrict)
    added_at = Timestamptz(default=None)


class LeaveDay(CompanyTable):
    """One day away, written once with the calendar that decided whether it counts."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    request = ForeignKey(LeaveRequest, null=True, default=None, on_delete=OnDelete.restrict)  # null: collective leave
    leave_type = Varchar(length=40, default="annual")
    date = Date(default=None)
    fraction = Integer()  # thousandths of a day
    part = Varchar(length=2, null=True, default=None)
    counted = Boolean(default=True)
    why = Varchar(length=120, null=True, default=None)  # of a day that does not count, or the collective day's name
    batch = ForeignKey(LeaveBatch, null=True, default=None, on_delete=OnDelete.restrict)  # of collective leave
    taken_at = Timestamptz(null=True, default=None)  # approved, acknowledged, or come; null while it is set aside
    cancel_asked_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)  # given back
    gave_way_to = ForeignKey(LeaveRequest, null=True, default=None, on_delete=OnDelete.restrict)  # a record on that day
    stays = Varchar(length=8, null=True, default=None)  # why it did not hold again when that record was taken back


class WorkedDay(CompanyTable):
    """A collective day on which somebody worked, which comes back: recorded by HR, or agreed to by a head before."""

    id: Serial
    leave_day = ForeignKey(LeaveDay, null=False, on_delete=OnDelete.restrict)
    batch = ForeignKey(LeaveBatch, null=True, default=None, on_delete=OnDelete.restrict)  # null: a head's yes
    given_at = Timestamptz(null=True, default=None)  # null: its turn is still to come
    put_back_at = Timestamptz(null=True, default=None)  # when it counted as collective leave again
    stays = Boolean(default=False)  # it was to be put back, and what had come of it was spent


class LeaveEntry(CompanyTable):
    """A movement of days in a lot, in thousandths; never changed, never deleted."""

    id: Serial
    lot = ForeignKey(Lot, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=8)  # grant | hold | release | consume | reverse | adjust | expire | encash
    quantity = Integer()  # signed
    request = ForeignKey(LeaveRequest, null=True, default=None, on_delete=OnDelete.restrict)
    leave_day = ForeignKey(LeaveDay, null=True, default=None, on_delete=OnDelete.restrict)
    reversal_of = BigInt(null=True, default=None)
    batch = Varchar(length=40)
    effective_on = Date(default=None)
    recorded_at = Timestamptz(default=None)


class LeaveBalance(CompanyTable):
    """The sum of an employee's entries, kept beside them and compared with them each night."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40)
    available = Integer(default=0)
    held = Integer(default=0)
    taken = Integer(default=0)
    floor = Integer(default=0)  # the least that `available` was ever allowed to be
    version = Integer(default=0)


class Blackout(CompanyTable):
    """Days on which nobody, or nobody of a department or a place, takes leave that needs a yes."""

    id: Serial
    public = Varchar(length=22, unique=True)
    starts = Date(default=None)
    ends = Date(default=None)
    department = ForeignKey(Department, null=True, default=None, on_delete=OnDelete.restrict)
    location = ForeignKey(Location, null=True, default=None, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40, null=True, default=None)  # null: every kind that needs a yes
    why = Varchar(length=120)
    made_by = Varchar(length=64)
    ended_at = Timestamptz(null=True, default=None)
