"""What a file would do is worked out from its rows and what the company knows, without a database."""

from datetime import date

from core.people.columns import Checked
from core.people.planning import Held, Known, path, plan

TODAY = date(2026, 7, 6)


def checked(*rows: dict[str, str]) -> Checked:
    head = ("employee_number", "name", "manager")
    return Checked(rows=[{**row, "_row": str(at)} for at, row in enumerate(rows, 2)], head=head)


def row(number: str, manager: str = "", **more: str) -> dict[str, str]:
    return {"employee_number": number, "name": f"Orang {number}", "manager": manager, **more}


def test_a_circle_in_a_large_file_is_found_in_one_walk() -> None:
    file = checked(*(row(str(n), str(n - 1)) for n in range(1, 20_000)), row("0", "5"))
    plan(file, Known(), begins=TODAY)
    assert [one.row for one in file.bad] == [2, 3, 4, 5, 6, 20_001]
    assert file.bad[0].value == "1 → 0 → 5 → 4 → 3 → 2 → 1"


def test_a_circle_may_close_through_people_who_are_not_in_the_file() -> None:
    file = checked(row("1", "9"))
    plan(file, Known(heads={"9": "8", "8": "1", "1": ""}), begins=TODAY)
    assert [(one.key, one.value, one.cell) for one in file.bad] == [("people.circle", "1 → 9 → 8 → 1", "C2")]


def test_who_stands_twice_is_not_blamed_for_a_circle_too() -> None:
    file = checked(row("1", "2"), row("2", ""), row("2", "1"))
    plan(file, Known(), begins=TODAY)
    assert file.bad == []


def test_a_long_way_round_is_shortened() -> None:
    assert path([str(one) for one in range(20)], "3") == "3 → 4 → 5 → 6 → 7 → 8 → … → 2 → 3"


def held(**values: str) -> Held:
    return Held(7, 70, date(2020, 1, 1), None, date(2020, 1, 1), None, {"name": "Orang 1", **values})


def test_only_what_differs_is_a_change_and_an_empty_cell_is_none() -> None:
    file = checked(row("1", position="Staf", grade="", phone="-"))
    known = Known(held={"1": held(position="Kasir", grade="3", phone="0812", manager="")})
    (one,) = plan(file, known, begins=TODAY)
    assert (one.verdict, one.after) == ("changed", {"position": "Staf", "phone": ""})
    assert one.before == {"position": "Kasir", "phone": "0812", "_at": "2020-01-01"}


def test_the_same_row_again_does_nothing() -> None:
    file = checked(row("1", position="Kasir"))
    (one,) = plan(file, Known(held={"1": held(position="Kasir")}), begins=TODAY)
    assert (one.verdict, file.same, one.after) == ("same", 1, {})


def test_a_head_who_has_left_is_refused() -> None:
    file = checked(row("1", "9"))
    plan(file, Known(heads={"9": ""}, left={"9": date(2026, 6, 30)}), begins=TODAY)
    assert [one.key for one in file.bad] == ["people.manager_left"]


def test_nobody_joins_after_what_happened_to_them() -> None:
    known = Held(7, 70, date(2020, 1, 1), None, date(2020, 1, 1), date(2022, 1, 1), {"name": "Orang 1"})
    file = checked(row("1", join_date="2022-01-01"))
    plan(file, Known(held={"1": known}), begins=TODAY)
    assert [(one.key, one.value) for one in file.bad] == [("people.joins_after_change", "2022-01-01")]
