"""What a person wants put right in their record: the value that stands there, the new one, its proof, and the writing.

The new value is checked when it is asked for, and written as a form of the people pages would, so that the old one is
kept with the batch and what is computed from it is computed anew. A proof is erased once it is decided; its fingerprint
stays.
"""

from collections.abc import Mapping

from core import audit, clock, database, vault
from core.accounts import leading
from core.approvals import chains
from core.audit import Actor
from core.errors import Refused
from core.messaging import attachments, outbox
from core.messaging.messages import Message
from core.messaging.tables import Attachment
from core.people import columns, imports, present
from core.people.columns import SEALED
from core.people.tables import Employment, Person
from core.phrases import phrase
from core.privacy import kinds, requests, way, whose, yearly
from core.privacy.tables import Correction, DataRequest

OTHER = "other"  # something that is no column of the record: HR puts it right by hand, and says so
FIELDS = ("name", *SEALED, "join_date", OTHER)
# By these wages are paid and somebody signs in: a linked chat alone does not change them.
GUARDED = frozenset({"bank", "bank_account", "bank_holder", "email", "phone"})
PROOF = "correction"
LONGEST = 200
# What others have from us too: whoever administers is told to bring it up to date there.
ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("name", "nik", "kk", "birth_date", "gender", "marital_status", "dependants"), "bpjs"),
    **dict.fromkeys(("npwp", "ptkp"), "tax"), **dict.fromkeys(("bank", "bank_account", "bank_holder"), "bank"),
}  # fmt: skip


async def propose(row: DataRequest, field: str, new: str, *, proof: int | None = None, by: Actor) -> Correction:
    """Write down what should stand in the record. Refused: no such field, a value it can't hold, the same value."""
    assert row.subject is not None
    value = checked(field, new)
    old = await stands(row.subject, field)
    if field != OTHER and value == old:
        raise Refused("privacy.same_value")
    file = await attachments.sort(proof, PROOF, person=row.person) if proof is not None else None
    made = Correction(
        request=row.id, person=row.subject, field=field, old=_sealed(old, "old", row.subject) if old else None,
        new=_sealed(value, "new", row.subject), proof=file.id if file is not None else None,
        proof_hash=file.sha256 if file is not None else None,
    )  # fmt: skip
    await Correction.insert(made)
    await yearly.found_wrong(row.subject)
    audit.record("privacy.correction", f"data_request:{row.id}", by=by, number=row.number, field=field)
    return made


async def prove(row: DataRequest, file: int, *, by: Actor) -> None:
    """Put a proof beside what is asked, in the place of an earlier one. Refused: nothing is put right, or answered."""
    await requests.hold(row)
    one = await of(row)
    if one is None or row.state not in way.OPEN:
        raise Refused("privacy.no_proof_wanted")
    if (before := await proof_of(one)) is not None:
        await attachments.remove(before)
    kept = await attachments.sort(file, PROOF, person=row.person)
    await Correction.update({Correction.proof: kept.id, Correction.proof_hash: kept.sha256}).where(
        Correction.id == one.id
    )
    await requests.note(row, "proved", by=by, public=True)
    audit.record("privacy.proved", f"data_request:{row.id}", by=by, number=row.number)


async def needs_more(row: DataRequest) -> bool:
    """Whether what is put right asks for more than a linked chat, and no more was shown."""
    if row.kind not in kinds.REWRITES or row.identity in kinds.CERTAIN:
        return False
    one = await of(row)
    return one is not None and one.field in GUARDED


def checked(field: str, new: str) -> str:
    """The value as it is kept. Refused where this field can't hold it."""
    if field not in FIELDS:
        raise Refused("privacy.field_needed")
    given = " ".join(new.split())
    if not given or len(given) > LONGEST:
        raise Refused("privacy.value_needed", most=LONGEST)
    if field == OTHER:
        return given
    # Neither number nor name is looked at here unless it is the one that changes.
    found = columns.form({"employee_number": "1", "name": "Budi Santoso", field: given})
    for bad in found.bad:
        raise Refused(bad.key, value=bad.value)
    return found.rows[0][field]


async def stands(person: int, field: str) -> str:
    """What the record says now."""
    if field == OTHER:
        return ""
    if field == "join_date":
        spell = (
            await Employment.select(Employment.joins).where(Employment.person == person)
            .order_by(Employment.joins, ascending=False).first()
        )  # fmt: skip
        return spell["joins"].isoformat() if spell is not None else ""
    column = Person._meta.get_column_by_name(field)
    row = await Person.select(column.as_alias("held")).where(Person.id == person).first()
    if row is None or row["held"] is None:
        return ""
    return str(row["held"]) if field == "name" else present.opened(row["held"], f"person.{field}", person)


async def of(row: DataRequest) -> Correction | None:
    """What this request wants put right."""
    found: Correction | None = await Correction.objects().where(Correction.request == row.id).first()
    return found


def values(one: Correction) -> tuple[str, str]:
    """What stood there, and what should."""
    with vault.lawfully():  # a request is answered whatever it asks for
        opened = [
            vault.shown(envelope, company=one.company, column=f"correction.{name}", subject=one.person)
            for name, envelope in (("old", one.old), ("new", one.new))
        ]
    return opened[0], opened[1]


async def proof_of(one: Correction) -> Attachment | None:
    """The file that shows it, as long as it is kept."""
    where = (Attachment.id == (one.proof or 0)) & Attachment.removed_at.is_null()
    found: Attachment | None = await Attachment.objects().where(where).first()
    return found


async def settle(row: DataRequest, *, granted: bool, by: Actor) -> None:
    """What follows from the answer: a granted value is written into the record, and the proof goes either way."""
    if row.kind not in kinds.REWRITES or (one := await of(row)) is None:
        return
    if granted and one.field != OTHER:
        await _write(one, by)
    if granted:
        await Correction.update({Correction.applied_at: clock.now()}).where(Correction.id == one.id)
        await _elsewhere(row, one)
    if (file := await proof_of(one)) is not None:
        await attachments.remove(file)


async def _write(one: Correction, by: Actor) -> None:
    number = await whose.number_of(one.person)
    if number is None:
        raise Refused("privacy.no_record")
    _, new = values(one)
    name = await whose.name_of(one.person)
    await leading.hold()
    cells = {"employee_number": number, "name": name} | {one.field: new}
    for bad in await imports.change(database.company(), cells, actor=by):
        raise Refused(bad.key, value=bad.value)


async def _elsewhere(row: DataRequest, one: Correction) -> None:
    where = ELSEWHERE.get(one.field)
    if where is None:
        return
    for hr in await chains.administrators():
        if hr.person == one.person:
            continue
        told = phrase(f"privacy.told_{where}", hr.language, number=row.number, name=await whose.name_of(one.person))
        await outbox.post_once(
            await outbox.address_of(hr.person), Message(f"privacy.told_{where}", told, language=hr.language),
            dedupe=f"privacy:{row.id}:elsewhere:{hr.person}",
        )  # fmt: skip


def _sealed(words: str, column: str, person: int) -> str:
    return vault.seal(words, company=database.company(), column=f"correction.{column}", subject=person)
