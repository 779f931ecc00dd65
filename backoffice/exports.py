"""A list as a file: the same filter and order, every row, as CSV or as a workbook; very long ones as work of their own.

An export is declared once, beside its page: which rows an address asks for, and how a row is written. The page and the
file ask the same functions, so they cannot differ. The file says at its end what it holds, when and by whom it was
made, and the audit says that it was.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.response import Redirect

from backoffice import actors, asker
from backoffice.asker import Web
from backoffice.guards import acting, standing
from backoffice.listing import Listing
from core import audit, clock, database, foot, jobs, log, sheets, vault, work
from core.accounts import taking
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.tables import Account
from core.approvals import signers
from core.audit import Actor
from core.phrases import angka, hari, phrase
from core.work import Work

AT_ONCE = 5000  # a longer one is made by a job
PART = 1000
JOB, KIND = "exports.make", "export"


@dataclass(frozen=True)
class Reader:
    """For whom the rows are put into words."""

    language: str
    zone: str
    by: Actor | None = None  # who takes a file away


@dataclass(frozen=True)
class Export:
    """A list that can be taken away as a file; whoever may see the list may have it."""

    name: str
    resource: str
    action: str
    heads: Sequence[str]  # keys of phrases
    table: Any
    columns: Sequence[Any]
    listed: Callable[[Mapping[str, str], Reader], Awaitable[Listing]]
    where: Callable[[Listing], Awaitable[Any]] | None = None
    rows: Callable[[Sequence[Mapping[str, Any]], Reader], Awaitable[list[Sequence[object]]]] | None = None
    personal: bool = True
    # In place of `where` and `rows`, for a list that no table holds: every line at once, and how many there are where
    # they may be more than a request takes.
    every: Callable[[Listing, Reader], Awaitable[list[Sequence[object]]]] | None = None
    number: Callable[[Listing, Reader], Awaitable[int]] | None = None


EXPORTS: dict[str, Export] = {}


def exported(made: Export) -> Export:
    """Register an export, so that a job finds it by its name."""
    EXPORTS[made.name] = made
    return made


async def answer(request: Web, made: Export, *, kind: str, state: str) -> Response[Any]:
    """The file, or the page of the work that makes it; counted as one that is taken away."""
    await taking.claim(taking.FILES, standing(request).company, acting(request).name)
    return await given(request, made, kind=kind, state=state)


async def given(request: Web, made: Export, *, kind: str, state: str) -> Response[Any]:
    """As `answer`, where it was counted already."""
    where, language, by = standing(request), asker.of(request).language, acting(request)
    reader = Reader(language, where.place.zone, by)
    kind = kind if kind in sheets.KINDS else sheets.CSV
    lines, more = list[Sequence[object]](), await _is_long(where.company, made, state, reader)
    if not more:
        lines, more = await _read(where.company, made, state, reader, most=AT_ONCE)
    if more:
        async with database.transaction(where.company):
            listed = await made.listed(asked(state), reader)
            if made.number is not None:
                total = await made.number(listed, reader)
            else:
                total = await made.table.count().where(await _where(made, listed))
            facts = {"export": made.name, "state": state, "format": kind, "language": language, "zone": reader.zone}
            begun = await work.begin(KIND, total, facts, by=by)
            await jobs.enqueue(JOB, begun.id)
        return Redirect(f"/{where.place.slug}/work/{begun.public}", status_code=303)
    raw = await _file(where.company, made, lines, state, reader, kind, by)
    return Response(
        raw, status_code=200, media_type=sheets.KINDS[kind],
        headers={"content-disposition": f'attachment; filename="{file_name(made, kind, reader.zone)}"'},
    )  # fmt: skip


@jobs.job(JOB, lane=jobs.BULK)
async def make(company: int, number: int) -> None:
    """Read the rows part after part, saying how far it is; where a part fails, it ends."""
    async with database.reading(company):
        begun = await Work.objects().get(Work.id == number)
        assert begun is not None
        facts = work.facts_of(begun)
    made, by = EXPORTS[facts["export"]], Actor(begun.by, "web")
    reader = Reader(facts["language"], facts["zone"], by)
    try:
        lines, stopped = await _read(company, made, facts["state"], reader, most=None, work_of=number)
        if not stopped:
            raw = await _file(company, made, lines, facts["state"], reader, facts["format"], by)
            name = file_name(made, facts["format"], reader.zone)
            async with database.transaction(company):
                await work.keep(number, raw, name=name, type_=sheets.KINDS[facts["format"]])
        end = work.STOPPED if stopped else work.DONE
    except Exception as fault:  # a worker meets the world here; the page says that it failed
        log.error("export_failed", company=company, number=number, fault=fault)
        end = work.FAILED
    async with database.transaction(company):
        await work.finish(number, end)


async def _is_long(company: int, made: Export, state: str, reader: Reader) -> bool:
    """Whether a list that is read at once is too long for a request."""
    if made.number is None:
        return False
    async with database.reading(company):
        return await made.number(await made.listed(asked(state), reader), reader) > AT_ONCE


async def _read(
    company: int, made: Export, state: str, reader: Reader, *, most: int | None, work_of: int | None = None
) -> tuple[list[Sequence[object]], bool]:
    """Every row in words; and whether it ended before the last, because of `most` or because it was told to stop."""
    lines: list[Sequence[object]] = []
    if made.every is not None:
        async with database.reading(company):
            return await made.every(await made.listed(asked(state), reader), reader), False
    after: tuple[Any, int] | None = None
    while True:
        async with database.reading(company):
            listed = await made.listed(asked(state), reader)
            query = made.table.select(*made.columns).where(await _where(made, listed))
            rows = await listed.ordered(query, PART, after)
            assert made.rows is not None, made.name
            lines += await made.rows(rows, reader)
            after = listed.mark(rows[-1]) if rows else None
        if most is not None and len(lines) > most:
            return lines, True
        if work_of is not None:
            async with database.transaction(company):
                if not await work.advance(work_of, len(lines)):
                    return lines, True
        if len(rows) < PART:
            return lines, False


async def _where(made: Export, listed: Listing) -> Any:
    assert made.where is not None, made.name
    return await made.where(listed)


async def _file(
    company: int, made: Export, lines: Sequence[Sequence[object]], state: str, reader: Reader, kind: str, by: Actor
) -> bytes:
    language, now = reader.language, clock.now()
    async with database.transaction(company):
        listed = await made.listed(asked(state), reader)
        who = await _called(by, language)
        if made.personal:
            filters = ",".join(name for name, value in listed.chosen.items() if value)
            audit.record("list.exported", f"export:{made.name}", by=by, rows=len(lines), filters=filters)
    chips = [
        (f"{phrase(one.label, language)}: " if one.label != "lists.filter" else "")  # the sentence says that already
        + (one.choices[value] if one.choices is not None else value)
        for one in listed.filters
        if (value := listed[one.name])
    ]
    notes = foot.lines(
        language, number=angka(len(lines), language), chosen="; ".join(chips), at=moment(now, reader.zone), who=who
    )
    head = [phrase(key, language) for key in made.heads]
    return sheets.written(kind, head, [*lines, *notes])


async def _called(by: Actor, language: str) -> str:
    """Who made the file, by name: an account that is nobody's employee by that of its address."""
    name = (await actors.names({by.name})).get(by.name)
    kind, _, number = by.name.partition(":")
    if name is None and kind == "account" and number.isdigit():
        row = await Account.select(Account.email).where(Account.id == int(number)).first()
        name = signers.name_of(vault.unseal(row["email"], company=0, column=EMAIL_COLUMN)) if row else None
    return name or phrase("web.audit_account", language, number=number)


def file_name(made: Export, kind: str, zone: str) -> str:
    """What the file is called on somebody's disk, with the day and time of the company."""
    return f"serambi-{made.name}-{clock.now().astimezone(ZoneInfo(zone)):%Y%m%d-%H%M}.{kind}"


def days(thousandths: int, language: str) -> sheets.Shown:
    """Days of leave as a cell: a number in a workbook, and in CSV as the reader writes them."""
    return sheets.Shown(hari(thousandths, language), thousandths / 1000)


def moment(instant: datetime, zone: str) -> str:
    """`2026-11-26 01:53:07+07:00`: a time as a cell that sorts and says its year and clock."""
    return instant.astimezone(ZoneInfo(zone)).isoformat(" ", "seconds")


def asked(state: str) -> dict[str, str]:
    return dict(parse_qsl(state[:2000]))
