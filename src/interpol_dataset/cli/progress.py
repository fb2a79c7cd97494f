"""
A progress bar for work that can take more than a second.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from interpol_dataset.report.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def bar(total: int) -> Iterator[Callable[[str], None]]:
    """
    Show a bar on the error stream while something is done in steps.

    :param total: The number of steps.
    :returns: A function to call with a step's name before the step.
    """
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def advance(step: str) -> None:
            progress.update(task, advance=1, description=escape(harmless(step)))

        yield advance
