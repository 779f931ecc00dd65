"""The news of a quarter's releases on its way: what the operator sends, and how far it is in each company."""

from piccolo.columns import BigInt, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable


class ReleaseNews(CompanyTable):
    """The notes of one quarter, as the operator counted and sends them; a row of the operator's own."""

    id: Serial
    quarter = Varchar(length=7)  # 2026-Q4, unique
    by = Varchar(length=64)
    counted_at = Timestamptz(default=None)  # when the last count was asked for
    sendings = Integer(default=0)  # how often it was sent: what was taken back may go again
    sent_at = Timestamptz(null=True, default=None)
    stopped_at = Timestamptz(null=True, default=None)


class NewsReach(CompanyTable):
    """Of how many people of one company it is; a row of the operator's own, which holds numbers and nobody's name."""

    id: Serial
    news = ForeignKey(ReleaseNews, null=False, on_delete=OnDelete.restrict)
    origin = BigInt()  # the company
    people = Integer(null=True, default=None)  # null: not counted yet
    chats = Text(null=True, default=None)  # how many by which channel, as JSON
    unwanted = Integer(default=0)  # who wants no news
    told = Integer(default=0)
    taken = Integer(default=0)  # taken back before they left
    state = Varchar(length=8)  # counting | counted | sending | done | stopped


class NewsShare(CompanyTable):
    """How far the news of a quarter is in this company."""

    id: Serial
    quarter = Varchar(length=7)  # unique
    sending = Integer(default=0)  # the newest that was begun here
    state = Varchar(length=8)  # sending | done | stopped
    reached = Integer(default=0)  # the employment up to which people are told
    told = Integer(default=0)
    taken = Integer(default=0)
