"""Which tests one worker gets of all that run at once, so that what they share is made once."""

from typing import Any, Final

from xdist.scheduler import LoadScopeScheduling

#: What takes long to make, and the folders and files of tests that rest on it.
SHARING: Final = {
    "records": (
        *("tests/docs/", "tests/tables/", "tests/totals/", "tests/dataset/test_records.py"),
        *("tests/draft/test_draft.py", "tests/test_data.py", "tests/evidence/test_facts.py"),
        *("tests/records/test_folder.py", "tests/records/test_json_schema.py"),
        *("tests/rules/test_cascades.py", "tests/rules/test_hints.py"),
        *("tests/rules/test_persons.py", "tests/rules/test_schema_agreement.py"),
    ),
    "site": ("tests/site/",),
}

#: What takes long: at the end, one worker would wait for another.
FIRST: Final = (
    *("records", "tests/tablecheck/test_hostile.py", "site", "tests/rules/test_hostile.py"),
    *("tests/dataset/test_strangers.py", "tests/faults/test_faults.py"),
    *("tests/package/test_single_file.py", "tests/dataset/test_export.py"),
)


class Scheduling(LoadScopeScheduling):
    """Give all tests of a file to one worker, and those of some files."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((name for name, of in SHARING.items() if file.startswith(of)), file)

    def _assign_work_unit(self, node: Any) -> None:
        for file in reversed(FIRST):
            if file in self.workqueue:
                self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)
