"""The two companies of the tests of pages, behind one application."""

from tests.backoffice.conftest import house  # noqa: F401  pytest finds fixtures by name
from tests.core.conftest import database_url, empty_url, open_database  # noqa: F401
