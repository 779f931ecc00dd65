"""A file of people holds what is sealed elsewhere: who sent it may have it back, and nobody else."""

from core.accounts.roles import SUPER, SUPPORTING
from tests.backoffice.conftest import Installation
from tests.backoffice.test_people import send


async def test_what_is_sealed_in_a_file_stays_with_its_sender(house: Installation) -> None:
    slug = await house.slug(house.maju)
    boss, other = await house.as_role(house.maju, SUPER), await house.as_role(house.maju, SUPPORTING)
    there = await send(boss, slug, "employee_number,name,basic_salary,birth_date\n0412,Budi,7654321,99/12/1999\n")
    assert "7654321" in (await boss.get(f"{there}/copy")).text
    assert "99/12/1999" in (await boss.get(there)).text
    assert (await other.get(f"{there}/copy")).status_code == 404
    page = (await other.get(there)).text
    assert "0412" in page and "99/12/1999" not in page and f"{there}/copy" not in page
