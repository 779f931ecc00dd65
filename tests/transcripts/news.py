"""The news of a quarter, as the operator sends it on a page that a scene does not show."""

from core import jobs
from core.audit import Actor
from core.notices import release_told, releases

BY = Actor("operator", "web")


async def send(quarter: str) -> None:
    """Count who would get it, and send it."""
    (notes,) = (one for one in releases.every() if one.quarter == quarter)
    await release_told.count(notes, by=BY)
    await jobs.drain()
    await release_told.send(notes, by=BY)
