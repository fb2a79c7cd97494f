"""Reading the tables of a page of Markdown."""


def section(page: str, title: str) -> list[list[str]]:
    """Return the rows of the table in a section of a page."""
    lines = page.partition(f"## {title}\n")[2].partition("\n## ")[0].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ][2:]


def number(cell: str) -> int:
    """Parse a count; an empty cell is zero."""
    return int(cell.replace(",", "") or 0)
