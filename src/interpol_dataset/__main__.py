"""Run the command line: ``python -m interpol_dataset``."""

from __future__ import annotations

from interpol_dataset.cli import main

if __name__ == "__main__":
    main()
