"""Defects of the product, as the operator's desk knows them, and the tickets that told of them."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.helpdesk.tables import Ticket


class Defect(CompanyTable):
    """Something that is wrong in a release, and the release that mends it once that is known."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # B-3: what people quote
    title = Varchar(length=120)
    title_en = Varchar(length=120)
    affected = Varchar(length=32)
    fixed_in = Varchar(length=32, null=True, default=None)
    by = Varchar(length=64)  # who answers for it: in their name its reporters are told
    found_at = Timestamptz(default=None)
    told_at = Timestamptz(null=True, default=None)  # when the release was there that mends it


class DefectTicket(CompanyTable):
    """A ticket that tells of a defect."""

    id: Serial
    defect = ForeignKey(Defect, null=False, on_delete=OnDelete.restrict)
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(default=None)
    told_at = Timestamptz(null=True, default=None)
