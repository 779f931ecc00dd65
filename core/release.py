"""Which release of Serambi this is."""

from importlib.metadata import PackageNotFoundError, version


def number() -> str:
    """Its number as the package says it; `unreleased` where the code runs without being installed, as in the image."""
    try:
        return version("serambi")
    except PackageNotFoundError:
        return "unreleased"
