"""The articles that a company writes: both languages at once, by version; what is saved is found at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from core import audit, clock
from core.accounts.roles import ROLES
from core.audit import Actor
from core.errors import Refused
from core.knowledge import articles, blocks
from core.knowledge.articles import Article
from core.knowledge.tables import ArticleVersion

LONGEST, LONGEST_TITLE, LONGEST_ALIASES, LONGEST_SOURCE = 12_000, 120, 1_000, 300
MOST_ARTICLES = 500


@dataclass(frozen=True)
class Written:
    """What somebody wrote in the two columns of the form."""

    code: str
    title_id: str = ""
    title_en: str = ""
    short_id: str = ""
    short_en: str = ""
    aliases_id: str = ""
    aliases_en: str = ""
    body_id: str = ""
    body_en: str = ""
    audience: str = "employees"
    roles: str = "employee"
    valid_from: str = ""
    review_by: str = ""
    source: str = ""


def read(written: Written, language: str) -> Article:
    """One language of it as an article; refused with what is missing or wrong in it."""
    told = {one.name: str(getattr(written, one.name)).strip() for one in fields(Written)}
    title, short = told[f"title_{language}"], told[f"short_{language}"]
    if not articles.ID.fullmatch(told["code"]):
        raise Refused("articles.no_code", code=told["code"])
    if not title or len(title) > LONGEST_TITLE:
        raise Refused("articles.no_title", spoken=language)
    if len(short or title) > articles.MOST_TITLE:
        raise Refused("articles.no_short", spoken=language)
    if not told[f"aliases_{language}"] or len(told[f"aliases_{language}"]) > LONGEST_ALIASES:
        raise Refused("articles.no_aliases", spoken=language)
    body = told[f"body_{language}"].replace("\r\n", "\n")
    if not body or len(body) > LONGEST:
        raise Refused("articles.no_body", spoken=language)
    if told["audience"] not in articles.AUDIENCES:
        raise Refused("articles.no_audience")
    roles = frozenset(told["roles"].split())
    if not roles or not roles <= frozenset(ROLES):
        raise Refused("articles.no_roles")
    if not told["source"] or len(told["source"]) > LONGEST_SOURCE:
        raise Refused("articles.no_source")
    valid_from, review_by = _day(told["valid_from"]), _day(told["review_by"])
    if review_by <= valid_from:
        raise Refused("articles.review_before")
    made = Article(
        id=told["code"], language=language, title=title, short=short, audience=told["audience"], roles=roles,
        aliases=tuple(one.strip() for one in told[f"aliases_{language}"].split(",") if one.strip()),
        valid_from=valid_from, review_by=review_by, source=told["source"], body=body, own=True,
    )  # fmt: skip
    if not made.paragraphs:
        raise Refused("articles.no_body", spoken=language)
    wrong = next(blocks.unknown(body, valid_from), None)
    if wrong is not None:
        raise Refused("articles.no_block", wrong=wrong)
    return made


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Refused("articles.no_day", day=said) from None


async def save(written: Written, *, seen: int, by: Actor) -> int:
    """Write the next version of an article, from now on the one that holds; returns its number.

    `seen` is the version that the form was filled with. Refused: what `read` refuses, a version that somebody else
    wrote meanwhile, more articles than a company may have.
    """
    both = {language: read(written, language) for language in articles.LANGUAGES}
    newest = await _newest(written.code.strip())
    if newest != seen:
        raise Refused("articles.newer", number=newest)
    if newest == 0 and len(await held()) >= MOST_ARTICLES:
        raise Refused("articles.too_many", most_articles=MOST_ARTICLES)
    first = both["id"]
    made = ArticleVersion(
        code=first.id, number=newest + 1, audience=first.audience, roles=" ".join(sorted(first.roles)),
        valid_from=first.valid_from, review_by=first.review_by, source=first.source, retired=False, by=by.name,
        made_at=clock.now(), **_words(both),
    )  # fmt: skip
    await ArticleVersion.insert(made)
    audit.record("article.written", f"article:{first.id}", by=by, number=newest + 1)
    return newest + 1


def _words(both: Mapping[str, Article]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language, one in both.items():
        found |= {
            f"title_{language}": one.title, f"short_{language}": one.short,
            f"aliases_{language}": ", ".join(one.aliases), f"body_{language}": one.body,
        }  # fmt: skip
    return found


async def retire(code: str, *, by: Actor) -> bool:
    """Show a company's article to nobody any more; if it took the place of the release's, that one is back.

    False when there is none.
    """
    row = next((one for one in await held() if one["code"] == code), None)
    if row is None:
        return False
    gone = {key: value for key, value in row.items() if key not in ("id", "company")}
    gone |= {"number": row["number"] + 1, "retired": True, "by": by.name, "made_at": clock.now()}
    await ArticleVersion.insert(ArticleVersion(**gone))
    audit.record("article.retired", f"article:{code}", by=by, number=row["number"] + 1)
    return True


async def held() -> Sequence[Mapping[str, Any]]:
    """The version that holds of each article of the company in scope, by its id; the retired ones left out."""
    rows = await ArticleVersion.select().order_by(ArticleVersion.id)
    newest = {row["code"]: row for row in rows}
    return [row for code, row in sorted(newest.items()) if not row["retired"]]


async def versions(code: str) -> Sequence[Mapping[str, Any]]:
    """Every version of an article, the newest first."""
    rows: Sequence[Mapping[str, Any]] = (
        await ArticleVersion.select().where(ArticleVersion.code == code).order_by(ArticleVersion.id, ascending=False)
    )
    return rows


async def mark() -> str:
    """What changes whenever an article of the company in scope does; empty where it never wrote one."""
    row = await ArticleVersion.select().order_by(ArticleVersion.id, ascending=False).first()
    if row is None:
        return ""
    told = (row[name] for name in ("id", "code", "number", "retired", "made_at", "title_id", "body_id", "body_en"))
    return hashlib.sha256("\0".join(map(str, told)).encode()).hexdigest()


async def _newest(code: str) -> int:
    row = (
        await ArticleVersion.select(ArticleVersion.number)
        .where(ArticleVersion.code == code)
        .order_by(ArticleVersion.number, ascending=False)
        .first()
    )
    return int(row["number"]) if row else 0


def as_articles(row: Mapping[str, Any]) -> list[Article]:
    """Both languages of a version; what the talk does with an article of the release stays with its place."""
    shipped = articles.shipped()
    found = [
        Article(
            id=row["code"], language=language, title=row[f"title_{language}"], short=row[f"short_{language}"],
            aliases=tuple(one.strip() for one in row[f"aliases_{language}"].split(",") if one.strip()),
            audience=row["audience"], roles=frozenset(row["roles"].split()), valid_from=row["valid_from"],
            review_by=row["review_by"], source=row["source"], body=row[f"body_{language}"], own=True,
        )
        for language in articles.LANGUAGES
    ]  # fmt: skip
    return [
        replace(
            one, intents=other.intents, before=other.before, opens=other.opens, opens_as=other.opens_as,
            opens_with=other.opens_with, asked=other.asked,
        )
        if (other := shipped.get((one.id, one.language))) is not None
        else one
        for one in found
    ]  # fmt: skip
