"""A test of many cases that counts as one: what fails is listed, and all cases are tried."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def each(names: str, cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """
    Run a test on each of many cases, which share its fixtures but have folders of their own.

    :param names: The test's parameters that a case gives, separated by commas.
    :param cases: The cases; a tuple each where there are several parameters.
    """
    listed, given = [name.strip() for name in names.split(",")], [*cases]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)

        @wraps(test)
        def run(**fixtures: Any) -> None:
            failed: list[BaseException] = []
            for number, case in enumerate(given):
                values = dict(zip(listed, case if len(listed) > 1 else (case,), strict=True))
                if folder := fixtures.get("tmp_path"):
                    values["tmp_path"] = folder / str(number)
                    values["tmp_path"].mkdir()
                try:
                    test(**fixtures | values)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  # any is listed
                    error.add_note(f"with {values!r:.500}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(given)} cases fail", failed)

        others = [item for name, item in signature.parameters.items() if name not in listed]
        run.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]

        return run

    return decorate
