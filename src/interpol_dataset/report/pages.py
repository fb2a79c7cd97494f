"""
Where the pages of rules can be read.
"""

from __future__ import annotations

from functools import cache
from typing import Final

#: The label of the project's repository among the addresses in the package's metadata.
_LABEL: Final = "Source"


def page_of(code: str) -> str:
    """
    Return the address of a rule's page; its path in the project, where no address is known.

    :param code: The rule's code.
    """
    path, address = f"docs/rules/{code}.md", repository()

    return f"{address}/blob/HEAD/{path}" if address else path


@cache
def repository() -> str:
    """Return the project's address, which whoever built the package gave."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415  # slow to import

    try:
        urls = metadata("interpol-dataset").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""

    pairs = (url.partition(", ") for url in urls)

    return next((address for label, _, address in pairs if label == _LABEL), "").rstrip("/")
