"""Which tests one worker gets of all that run at once, so that what they share is made once."""

from pathlib import Path
from typing import Any, Final

from xdist.scheduler import LoadScopeScheduling

#: The folders whose tests rest on what takes long to make, and which of them share it.
SHARING: Final = {"docs": "records", "site": "site", "tables": "records", "totals": "records"}

#: Files of few tests that take long: at the end, one worker would wait for another.
FIRST: Final = (
    "tests/tablecheck/test_hostile.py",
    "tests/rules/test_hostile.py",
    "tests/rules/test_schema_agreement.py",
    "tests/dataset/test_strangers.py",
)


class Scheduling(LoadScopeScheduling):
    """Give all tests of a file to one worker, and of some folders all files."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return SHARING.get(Path(file).parent.name, file)

    def _assign_work_unit(self, node: Any) -> None:
        for file in reversed(FIRST):
            if file in self.workqueue:
                self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)
