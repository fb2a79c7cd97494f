"""
A small project, with one of everything that a record can hold.

``alpha-ii`` is the case to look at: two official roots agree on the arrests, a retelling has a
digit wrong, and a content site says something else.
"""

from pathlib import Path
from typing import Final

_SOURCE: Final = """\
id: {id}
kind: {kind}
publisher: {publisher}
asserter: {asserter}
title: '=Results, as {publisher} has them'
url: https://example.org/{id}
published: {published}
retrieved: 2026-11-24
language: en
"""


def _source(id_: str, kind: str, publisher: str, asserter: str, published: str) -> str:
    return _SOURCE.format(
        id=id_, kind=kind, publisher=publisher, asserter=asserter, published=published
    )


#: The record files, by their paths below ``data/records``.
FILES: Final[dict[str, str]] = {
    "metrics.yaml": """\
- {id: arrests, name: Arrests, description: So., dimension: count, family: suspects, adds_up: true}
- {id: money-frozen, name: Money frozen, description: Kept., dimension: currency, family: money}
- {id: money-seized, name: Money seized, description: Taken., dimension: currency, family: money}
- {id: persons-charged, name: Charges, description: So., dimension: count, family: suspects}
- {id: persons-questioned, name: Questioned, description: So., dimension: count, family: suspects}
- {id: seizures, name: Seizures, description: What was seized by weight., dimension: mass}
""",
    "objects.yaml": """\
- {id: cocaine, name: Cocaine, parent: drugs}
- {id: drugs, name: Drugs, description: All drugs., is_rest: true}
- {id: fakes, name: Fakes, facet: status}
""",
    "organizations.yaml": """\
- {id: daily, name: The Daily, kind: media, country: GBR}
- {id: europol, name: Europol, kind: intergovernmental, url: 'https://www.europol.europa.eu'}
- {id: interpol, name: INTERPOL, abbreviation: ICPO, kind: intergovernmental}
- {id: page-farm, name: Page farm, kind: company}
""",
    "retired_ids.yaml": """\
- {table: cases, id: alpha-2, redirect: alpha-ii, reason: Editions are written in Roman numerals.}
- {table: cases, id: gamma, reason: Nobody else reports it.}
""",
    "categories/fraud.yaml": """\
id: fraud
name: Fraud
description: Deceiving people to obtain money.
iccs: {code: '0701', name: Fraud, match: close, source: interpol-2022-alpha, at: title}
""",
    "categories/online-fraud.yaml": """\
id: online-fraud
name: Online fraud
description: Fraud over the internet.
parent: fraud
""",
    "challenges/no-power-of-arrest.yaml": """\
id: no-power-of-arrest
name: No power of arrest
statement: INTERPOL itself can't arrest anybody.
evidence:
  - {source: interpol-2022-alpha, finds: supports, at: paragraph 3}
  - {source: daily-2022-alpha, finds: partly, at: lead, note: A hint only.}
cases:
  - {case: alpha-ii, shows: met, source: interpol-2022-alpha, at: paragraph 3}
searches:
  - {sought: case, looked_for: arrests by INTERPOL, on: 2026-11-24}
""",
    "lessons/work-together.yaml": """\
id: work-together
name: Work together
statement: Working together helps.
challenges: [no-power-of-arrest]
numbers:
  - {says: operations have arrests, cases_with: outcomes/arrests}
  - {says: of the third edition, case: alpha-ii, fact: outcomes/arrests}
  - {says: payments were stopped, value: ~20, source: daily-2022-alpha, at: lead}
evidence:
  - {source: europol-2022-alpha, finds: supports, at: paragraph 5}
cases:
  - {case: alpha-i, shows: measured, result: outcomes/arrests, source: europol-2022-alpha, at: p. 5}
searches:
  - {sought: case, looked_for: Operation Beta, on: 2026-11-24}
  - {sought: counter-example, looked_for: quarrels, on: 2026-11-24}
""",
    "claims/seed.yaml": f"""\
document: seed
claims:
  - id: seed-p01-01
    paragraph: 1
    paragraph_sha256: {"a" * 64}
    statement: Operation Beta freed many.
    checkable: true
    case: alpha-ii
    category: fraud
    searches:
      - {{looked_for: Operation Beta, on: 2026-11-24}}
  - id: seed-p02-01
    paragraph: 2
    paragraph_sha256: {"b" * 64}
    statement: Operation Alpha led to arrests.
    checkable: true
    evidence:
      - {{source: interpol-2022-alpha, finds: supports, at: lead}}
""",
    "cases/alpha-i.yaml": """\
id: alpha-i
name: Operation Alpha
series: alpha
edition: 1
categories: [online-fraud]
summary: The first edition, of which little is known.
reports:
  - source: daily-2022-alpha
    outcomes:
      - {metric: arrests, value: ~20, at: last paragraph}
""",
    "cases/alpha-ii.yaml": """\
id: alpha-ii
name: Operation Alpha II
aliases: [ALPHA-II, '@lpha 2']
series: alpha
edition: 2
categories: [online-fraud, fraud]
summary: |-
  Police worked against "fraud", as
  the sources say; =A+B is no formula here.
relations:
  - {type: follows, case: alpha-i}
  - {type: possibly-described-by, claim: seed-p01-01, note: The name fits.}
prefer:
  - {fact: outcomes/seizures/cocaine, source: daily-2022-alpha, reason: The release has a slip.}
disputes:
  - {fact: country_count, type: scope, reason: Europol counts its own members.}
parts:
  - {fact: outcomes/arrests@KOR, of: none, reason: Korea counts them besides.}
reports:
  - source: interpol-2022-alpha
    interpol_role: {value: coordinated, at: paragraph 1}
    period: {value: 2022-06-28/2022-11-23, at: paragraph 1}
    announced: {value: 2022-11-24, at: date line}
    country_count: {value: 3, at: paragraph 2}
    countries: {complete: true, list: [AUS, KOR, NOR], at: note}
    organizations:
      - {organization: europol, role: partner, at: paragraph 4}
    tools:
      - {tool: notices, at: paragraph 5}
    outcomes:
      - {metric: arrests, value: 975, at: paragraph 2}
      - {metric: arrests, place: KOR, value: '>=100', at: paragraph 2}
      - {metric: money-seized, value: ~130000000, unit: USD, at: paragraph 2}
      - {metric: seizures, object: cocaine, value: 1.5, unit: t, at: paragraph 6}
  - source: daily-2022-alpha
    outcomes:
      - {metric: arrests, value: 945, at: lead}
      - {metric: seizures, object: cocaine, value: 1400, unit: kg, at: paragraph 6}
  - source: europol-2022-alpha
    country_count: {value: '>=2', at: lead}
    outcomes:
      - {metric: arrests, value: 900..1000, at: lead}
  - source: page-farm-2023-alpha
    outcomes:
      - {metric: arrests, value: 5, at: lead}
""",
    "sources/interpol-2022-alpha.yaml": _source(
        "interpol-2022-alpha", "official", "interpol", "interpol", "2022-11-24"
    ),
    "sources/daily-2022-alpha.yaml": _source(
        "daily-2022-alpha", "news", "daily", "interpol", "2022-11-25"
    ),
    "sources/europol-2022-alpha.yaml": _source(
        "europol-2022-alpha", "official", "europol", "europol", "2022-11"
    ),
    "sources/page-farm-2023-alpha.yaml": _source(
        "page-farm-2023-alpha", "content_site", "page-farm", "page-farm", "2023"
    ),
    "sources/seed.yaml": f"""\
id: seed
kind: ai_generated
publisher: page-farm
asserter: page-farm
title: What a machine wrote
undated: The text shows no date.
retrieved: 2026-11-24
language: en
sha256: {"c" * 64}
""",
}

#: A case that may be added.
DRAFT: Final = (
    FILES["cases/alpha-i.yaml"].replace("alpha-i", "alpha-iii").replace("edition: 1", "edition: 3")
)


def write(root: Path) -> Path:
    """
    Write the project's records.

    :param root: The project's folder.
    :returns: The same folder.
    """
    for name, text in FILES.items():
        path = root / "data" / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def change(root: Path, name: str, old: str, new: str) -> Path:
    """Change a record file of a project, and return its path."""
    path = root / "data" / "records" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def add_figures(root: Path, *outcomes: str) -> Path:
    """Add figures to a case of a project, and return its path."""
    added = "".join(f"      - {outcome}\n" for outcome in outcomes)
    return change(root, "cases/alpha-i.yaml", "    outcomes:\n", f"    outcomes:\n{added}")
