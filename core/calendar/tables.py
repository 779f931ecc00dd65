"""Which days and hours are worked: the decreed list, and a company's own days, weeks and closures.

What belongs to a company holds from one version of its calendar (`since`) until another (`until`); nothing is deleted,
so that what held when a promise was given or a leave was counted can always be read again.
"""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.database import CompanyTable
from core.people.tables import Location, Person


class Holiday(Table):
    """A national holiday or a day of collective leave (cuti bersama), for every company of the installation."""

    id: Serial
    date = Date(default=None)
    name = Varchar(length=120)
    name_en = Varchar(length=120, default="")
    kind = Varchar(length=12)  # national | collective
    status = Varchar(length=10)  # decreed | amended | published | estimated
    decree = Varchar(length=120, null=True, default=None)


class CalendarVersion(CompanyTable):
    """A change of a company's calendar; the newest says what holds."""

    id: Serial
    number = Integer()
    mark = Varchar(length=22)  # tells two attempts at the same number apart
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    why = Varchar(length=200)
    collective = Varchar(length=6)  # closed | open: whether days of collective leave are free days here


class CompanyDay(CompanyTable):
    """What a company says of one day, everywhere or in one place; it stands above the national list."""

    id: Serial
    date = Date(default=None)
    kind = Varchar(length=12)  # national | collective | company: free; working: worked all the same
    name = Varchar(length=120)
    name_en = Varchar(length=120)
    status = Varchar(length=10)
    source = Varchar(length=120, null=True, default=None)  # the decree, or whose decision it was
    location = ForeignKey(Location, null=True, default=None, on_delete=OnDelete.restrict)
    since = Integer()
    until = Integer(null=True, default=None)


class WorkingWeek(CompanyTable):
    """The hours of a week from `from_` on, before `to`; of one place, or of all that have none of their own."""

    id: Serial
    location = ForeignKey(Location, null=True, default=None, on_delete=OnDelete.restrict)
    from_ = Date(default=None)
    to = Date(null=True, default=None)
    hours = Text()  # {"0": [["08:00", "12:00"], ["13:00", "17:00"]], ...}, Monday is 0
    since = Integer()
    until = Integer(null=True, default=None)


class Closure(CompanyTable):
    """Time taken out of the calendar by what nobody could help; it holds once a second person has approved it."""

    id: Serial
    starts = Timestamptz(default=None)
    ends = Timestamptz(null=True, default=None)
    location = ForeignKey(Location, null=True, default=None, on_delete=OnDelete.restrict)
    reason = Varchar(length=200)
    desk = Boolean(default=False)  # only the clocks of the help desk stop; days and leave stay as they are
    asked_by = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    asked_at = Timestamptz(default=None)
    approved_by = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    approved_at = Timestamptz(null=True, default=None)
    since = Integer(null=True, default=None)  # null: not in force
    until = Integer(null=True, default=None)
    dropped_at = Timestamptz(null=True, default=None)  # refused or taken back before it held
    attachment = BigInt(null=True, default=None)  # the file that shows it


class CalendarFeed(CompanyTable):
    """A secret address at which a telephone reads leave; only its digest is kept."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=8)  # own | team
    digest = Varchar(length=64)
    made_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)
