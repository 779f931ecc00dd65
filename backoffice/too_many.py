"""Somebody who has to wait is told for how long."""

from datetime import datetime, timedelta

from litestar.exceptions import TooManyRequestsException

from core import clock


class TooManyTries(TooManyRequestsException):
    """Too many tries failed from where somebody is; the next is made in so many minutes, the begun one included."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.minutes = max(1, -int((clock.now() - until) // timedelta(minutes=1)))
