"""Days of leave: the lots they come from, the entries that moved them, and the days asked for."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Employment
from core.vault import Sealed


class Lot(CompanyTable):
    """Days granted together, usable from `valid_from` through `valid_to`; its quantity is its grant entry."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    leave_type = Varchar(length=40)
    origin = Varchar(length=12)  # annual | adjustment
    year = Integer()
    valid_from = Date(default=None)
    valid_to = Date(default=None)


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
    requested_at = Timestamptz(default=None)


class LeaveDay(CompanyTable):
    """One day away, written once with the calendar that decided whether it counts."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    request = ForeignKey(LeaveRequest, null=True, default=None, on_delete=OnDelete.restrict)  # null: collective leave
    date = Date(default=None)
    fraction = Integer()  # thousandths of a day
    part = Varchar(length=2, null=True, default=None)
    counted = Boolean(default=True)
    why = Varchar(length=120, null=True, default=None)  # of a day that does not count, or the collective day's name
    ended_at = Timestamptz(null=True, default=None)  # given back


class LeaveEntry(CompanyTable):
    """A movement of days in a lot, in thousandths; never changed, never deleted."""

    id: Serial
    lot = ForeignKey(Lot, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=8)  # grant | hold | release | consume | adjust | expire
    quantity = Integer()  # signed
    request = ForeignKey(LeaveRequest, null=True, default=None, on_delete=OnDelete.restrict)
    leave_day = ForeignKey(LeaveDay, null=True, default=None, on_delete=OnDelete.restrict)
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
    version = Integer(default=0)
