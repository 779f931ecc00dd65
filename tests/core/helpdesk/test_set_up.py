"""What stands around the queue, read in one statement: the same as by its parts, and of this company alone."""

from core import database, views
from core.audit import Actor
from core.helpdesk import fields, set_up, sorting
from core.helpdesk.fields import Wanted
from tests.core.cast import Cast, as_

OTHER = Actor("person:999", "web")


async def test_it_is_what_its_parts_say(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    by = as_(maju.ratna)
    async with database.transaction(maju.company):
        await sorting.fill(by=by)
        (first, *_) = await sorting.categories()
        await sorting.end(int(first.id), by=by)
        await fields.add(Wanted("choice", "Gudang", "Warehouse", choices="Timur / East\nBarat / West"), by=by)
        await views.save("tickets", "milikku", "?show=mine", shared=False, by=by)
        await views.save("tickets", "bersama", "?show=open", shared=True, by=OTHER)
        await views.save("tickets", "rahasia", "?show=open", shared=False, by=OTHER)
        await views.save("people", "lain", "?", shared=True, by=OTHER)
    async with database.reading(maju.company):
        found = await set_up.of_list("tickets", by=by)
        every = await sorting.categories(ended=True)
        assert {one.id for one in found.categories} == {one.id for one in every}
        assert found.ended == {first.id}
        (field,) = await fields.every()
        (asked,) = found.fields
        assert fields.choices_of(asked, "en") == fields.choices_of(field, "en")
        assert found.views == await views.of_list("tickets", by=by)
        assert [one.name for one in found.views] == ["bersama", "milikku"]
    async with database.reading(sinar.company):
        nothing = await set_up.of_list("tickets", by=by)
        assert (nothing.categories, nothing.fields, nothing.views) == ([], [], [])
