"""
Languages of ISO 639: of two letters where there is such a code (639-1), else of three (639-2).

They are in a file here, not in a package: the bytes of a build must not depend on its version. The
file was made from the tables of the standard's registration authorities (SIL International and the
Library of Congress, who publish the codes for free use) as the package iso639-lang 2.6.3 (MIT) has
them, and a test compares the two.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as _file:
    #: The names of languages, by their codes.
    LANGUAGES: Final = {row["code"]: row["name"] for row in csv.DictReader(_file)}

#: Matches a code.
PATTERN: Final = f"^(?:{'|'.join(LANGUAGES)})$"
