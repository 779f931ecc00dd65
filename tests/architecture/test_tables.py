"""The tables as declared: ties to other rows explicit, columns classified, each in a company or known to be outside."""

import ast
import tomllib
from datetime import date

from piccolo.columns import DoublePrecision, Float, ForeignKey, Real, Varchar

from core import changes
from core.database import OUTSIDE, CompanyTable
from core.people.tables import Person
from core.piccolo_app import TABLES
from core.privacy.erasure_plan import answer
from core.privacy.holdings import DELETE, KEEP, NULL, SEAL, SHRED, every, in_order
from core.vault import Sealed
from tests.architecture.source import ROOT, modules, tree

CLASSIFICATION = ROOT / "core" / "classification.toml"
SAID_OF_A_COLUMN = {"category", "purpose", "retention", "on_erase"}


def test_every_foreign_key_says_whether_it_may_be_empty_and_what_happens_on_delete() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "ForeignKey"
        and not {"null", "on_delete"} <= {keyword.arg for keyword in node.keywords}
    ]
    assert not wrong


def test_every_table_is_registered() -> None:
    declared = {
        node.name
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & {"Table", "CompanyTable"}
    } - {"CompanyTable"}
    assert declared == {table.__name__ for table in TABLES}


def test_tables_outside_companies_are_the_ones_listed() -> None:
    outside = {table._meta.tablename for table in TABLES if not issubclass(table, CompanyTable)}
    assert outside == set(OUTSIDE)


def test_no_column_holds_a_fraction_that_is_only_nearly_right() -> None:
    inexact = (Real, Float, DoublePrecision)
    assert [
        f"{table._meta.tablename}.{column._meta.name}"
        for table in TABLES
        for column in table._meta.columns
        if isinstance(column, inexact)
    ] == []


def test_days_of_leave_are_counted_in_whole_numbers() -> None:
    """In thousandths of a day: numbers that are only nearly right would lose some on the way."""
    found = [
        f"{path}:{node.lineno}"
        for path in modules()
        if path.parts[:2] in (("core", "leave"), ("core", "approvals"))
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node))
    ]
    assert found == []


def _is_path(division: ast.BinOp) -> bool:
    return isinstance(division.right, ast.Constant) and isinstance(division.right.value, str)


def test_every_table_says_what_one_row_is() -> None:
    assert [table.__name__ for table in TABLES if not (table.__doc__ or "").strip()] == []


def columns() -> set[str]:
    return {f"{table._meta.tablename}.{column._meta.name}" for table in TABLES for column in table._meta.columns}


def classified() -> dict[str, dict[str, str]]:
    read = tomllib.loads(CLASSIFICATION.read_text(encoding="utf-8"))
    return {f"{table}.{column}": said for table, rows in read.items() for column, said in rows.items()}


def test_every_column_is_classified_and_every_classification_has_its_column() -> None:
    assert columns() - set(classified()) == set(), "say in core/classification.toml what these hold"
    assert set(classified()) - columns() == set(), "these columns are gone"


def test_every_classification_says_everything() -> None:
    incomplete = {key for key, said in classified().items() if {k for k, v in said.items() if v} != SAID_OF_A_COLUMN}
    assert incomplete == set()


def test_every_table_says_whose_its_rows_are() -> None:
    """So that a new table is born erasable: whoever adds one answers in core/privacy/holdings.toml."""
    told = tomllib.loads((ROOT / "core/privacy/holdings.toml").read_text(encoding="utf-8"))
    assert set(told) == {table._meta.tablename for table in TABLES}
    silent = [
        name
        for name, one in told.items()
        if not {"whose", "by", "account", "loose", "batches", "every", "nobody"} & set(one)
        or ("nobody" not in one and "kept" not in one)
    ]
    assert silent == []


def test_what_is_sealed_for_a_person_is_reached_from_that_person() -> None:
    wrong = [
        f"{table}.{column}: {one.of}"
        for (table, column), one in sealed_columns().items()
        if one.of is not None
        and issubclass(every()[table].table, CompanyTable)
        and ("id" if one.of == "id" else one.of) not in every()[table].whose
    ]
    assert wrong == []


def test_every_tie_to_a_person_is_one_by_which_rows_are_found_or_says_nothing_about_them() -> None:
    """A row with a person in it is theirs, or names them as somebody who acted on what is another's."""
    acted = {
        "step_approver.person", "step_approver.beside", "decision.actor", "decision.for_whom", "request_event.person",
        "request_event.other", "ticket_mention.person", "misuse_named.person", "closure.asked_by", "closure.approved_by",
    }  # fmt: skip
    wrong = {
        f"{name}.{column._meta.name}"
        for name, one in every().items()
        for column in one.table._meta.columns
        if isinstance(column, ForeignKey)
        and column._foreign_key_meta.resolved_references is Person
        and column._meta.name not in one.whose
    }
    assert wrong == acted


def test_erasing_somebody_answers_for_each_column() -> None:
    """What is sealed never just stays; what is never changed is neither emptied nor deleted; nothing points to a hole."""
    fixed = set(changes.append_only())
    for name, one in every().items():
        if one.nobody:
            continue
        acts = answer(one, date(2036, 12, 31))
        assert set(acts) == set(one.columns)
        assert set(acts.values()) <= {DELETE, NULL, SEAL, SHRED, KEEP}, name
        if name in fixed:
            assert set(acts.values()) <= {KEEP, SHRED}, f"{name} is append-only: seal what is personal in it"
        for column in one.table._meta.columns:
            at = column._meta.name
            if isinstance(column, Sealed):
                assert acts[at] != KEEP, f"{name}.{at} is sealed, so it holds something: what happens to it?"
            if acts[at] == SHRED:
                assert isinstance(column, Sealed), f"{name}.{at} is not sealed, so that no key opens it"
                assert column.of is not None, f"{name}.{at} is sealed for nobody in particular"
            if acts[at] in (NULL, SEAL) and one.whose and not column._meta.null:
                assert isinstance(column, Varchar), f"{name}.{at} cannot be emptied"
            if isinstance(column, ForeignKey) and not one.goes:
                target = every()[column._foreign_key_meta.resolved_references._meta.tablename]
                assert target.nobody or not target.goes, f"{name}.{at} stays and points to what goes"
    in_order()


def sealed_columns() -> dict[tuple[str, str], Sealed]:
    return {
        (table._meta.tablename, column._meta.name): column
        for table in TABLES
        for column in table._meta.columns
        if isinstance(column, Sealed)
    }


def test_the_database_takes_only_envelopes_in_sealed_columns() -> None:
    assert changes.sealed() == set(sealed_columns()), "name them in `sealed` of the migration that makes them"


def test_every_sealed_column_says_the_way_to_whom_it_describes() -> None:
    for (name, column), one in sealed_columns().items():
        table = next(table for table in TABLES if table._meta.tablename == name)
        if one.of is None or not issubclass(table, CompanyTable):
            continue  # it describes many, or nobody yet known
        at = table
        for step in one.of.split("."):
            way = at._meta.get_column_by_name(step)
            at = at if step == "id" else way._foreign_key_meta.resolved_references  # type: ignore[attr-defined]
        assert at is Person, f"{name}.{column}"
