"""Days on which nobody is expected to work."""

from piccolo.columns import Date, Serial, Varchar
from piccolo.table import Table


class Holiday(Table):
    """A national holiday or a day of collective leave (cuti bersama), for every company of the installation."""

    id: Serial
    date = Date(default=None)
    name = Varchar(length=120)
    kind = Varchar(length=12)  # national | collective
    status = Varchar(length=10)  # decreed | published | estimated
    decree = Varchar(length=120, null=True, default=None)
