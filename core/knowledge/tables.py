"""What was asked of the articles and what became of it, and the articles that a company writes."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class SearchLog(CompanyTable):
    """A question put to the articles: what it found, and whether whoever asked said that it was answered."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # whose key seals it
    words = Sealed(of="person")  # without names and long numbers
    language = Varchar(length=2)
    place = Varchar(length=4)  # chat | page
    outcome = Varchar(length=7)  # answer | choices | nothing
    article = Varchar(length=80, null=True, default=None)  # what was shown, or chosen of what was offered
    confirmed = Boolean(null=True, default=None)  # answered? null: they did not say
    asked_at = Timestamptz(default=None)


class ArticleVersion(CompanyTable):
    """One version of an article of a company, both languages side by side; never changed. The newest one holds."""

    id: Serial
    code = Varchar(length=80)  # the article's id; that of one of the release takes its place
    number = Integer()
    title_id = Varchar(length=120)
    title_en = Varchar(length=120)
    short_id = Varchar(length=20)
    short_en = Varchar(length=20)
    aliases_id = Text()
    aliases_en = Text()
    body_id = Text()
    body_en = Text()
    audience = Varchar(length=10)
    roles = Varchar(length=200)
    valid_from = Date(default=None)
    review_by = Date(default=None)
    source = Varchar(length=300)
    retired = Boolean(default=False)  # from this version on it is shown to nobody
    by = Varchar(length=64)
    made_at = Timestamptz(default=None)
