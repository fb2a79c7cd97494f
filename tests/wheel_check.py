"""
Use the installed wheel as a stranger would, with neither the checkout nor the extras in reach.

Run by ``.ci/wheel`` in a clean environment, outside the checkout.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import interpol_dataset

HERE = Path(__file__).resolve().parent
COMMAND = Path(sys.executable).with_name("interpol-dataset")


def run(*arguments: str) -> str:
    """Run the installed command and return what it prints."""
    done = subprocess.run(
        [str(COMMAND), *arguments], capture_output=True, text=True, check=True, cwd=HERE
    )
    return done.stdout


def hint(convert: Callable[[], object]) -> str:
    """Return what a conversion says when its library is missing, as it is here."""
    try:
        convert()
    except interpol_dataset.MissingExtraError as error:
        return str(error)
    return "nothing"


def main() -> None:
    """Load, explain, export and load again."""
    assert "site-packages" in interpol_dataset.__file__, interpol_dataset.__file__
    assert (Path(interpol_dataset.__file__).parent / "py.typed").is_file()

    ds = interpol_dataset.load()
    assert len(ds.cases) >= 24
    assert ds.case("haechi-iii").id == "haechi-iii"
    assert "975" in str(ds.explain("haechi-iii", "outcomes/arrests"))

    for extra in ("pandas", "polars"):
        assert f"interpol-dataset[{extra}]" in hint(getattr(ds.cases, f"to_{extra}"))
    assert "interpol-dataset[duckdb]" in hint(lambda: ds.sql("SELECT 1"))
    assert "interpol-dataset[excel]" in hint(lambda: ds.export("book", "xlsx"))

    for format_ in ("parquet", "csv", "json", "jsonl"):
        run("export", format_, "--format", format_)
        again = interpol_dataset.load(HERE / format_)
        assert all(again[name].to_arrow().equals(ds[name].to_arrow()) for name in ds.tables)

    run("export", "crate", "--format", "csv", "--metadata")
    assert (HERE / "crate" / "croissant.json").is_file()
    assert "sqlite" in run("export", "lite", "--format", "sqlite")
    assert "@misc{" in run("cite", "haechi-iii", "--style", "bibtex")
    assert "haechi-iii" in run("list", "cases", "--where", "series=haechi")
    assert interpol_dataset.__version__ in run("--version")
    print(f"the wheel of {interpol_dataset.__version__} works on its own")  # noqa: T201


if __name__ == "__main__":
    main()
