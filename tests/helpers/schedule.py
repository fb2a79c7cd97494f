"""Which tests one worker gets of all that run at once, so that what they share is made once."""

from pathlib import Path
from typing import Final

from xdist.scheduler import LoadScopeScheduling

#: The folders whose tests rest on what takes long to make, and which of them share it.
SHARING: Final = {"docs": "records", "site": "site", "tables": "records", "totals": "records"}


class Scheduling(LoadScopeScheduling):
    """Give all tests of a file to one worker, and of some folders all files."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return SHARING.get(Path(file).parent.name, file)
