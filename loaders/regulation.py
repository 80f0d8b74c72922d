"""The regulation of SWV areas in both its forms: the table of 2015, and the prose of 2013: pure.

Of 2013 we had descriptions only: every area under its code, each gemeente with its postcodes behind a colon.
What does not fit that exactly is refused.
"""

import re
from collections.abc import Iterator

from app.errors import LoadRefused
from app.regions import canonical_code
from loaders.files import Bundle, Problem, Severity, decode
from loaders.regions import PostcodeRow, read_regulation

UNTRIED = "De regeling in deze vorm is niet aan een echt bestand getoetst; kijk de gebieden na."
_TABLE_ROW = re.compile(r"^\|\s*\d{4}\s*\|", re.MULTILINE)
_AREA = re.compile(
    r"^[#*\s]*(?:Samenwerkingsverband\s+|SWV\s+)?((?:PO|VO)[ -]?\d{2}[ -]?\d{2})[*:.\s]*$", re.I
)
_GEMEENTE = re.compile(r"^[-*\s]*([^\d:]+?)\s*:\s*(\d{4}(?:\s*(?:[,;.]|en)?\s+\d{4})*)\s*[.;]?\s*$")
_POSTCODE = re.compile(r"\d{4}")

Places = dict[str, tuple[str, str, int]]
"""postcode → gemeente, SWV, row."""


def read_any_regulation(bundle: Bundle) -> tuple[list[PostcodeRow], list[Problem]]:
    """Every postcode of the regulation with its gemeente and SWVs, whichever form the text has.

    Raises:
        LoadRefused: neither form, or, of the prose, anything that can be read in two ways; with rows.
    """
    ((name, content),) = bundle.members.items()
    text, _ = decode(name, content)
    if _TABLE_ROW.search(text):
        return read_regulation(bundle)
    return _read_prose(name, text)


def _read_prose(name: str, text: str) -> tuple[list[PostcodeRow], list[Problem]]:
    po: Places = {}
    vo: Places = {}
    problems = list(_fill(name, text, po, vo))
    if not po or not vo:
        raise LoadRefused(f"{name} bevat geen tabel en geen lijst met postcodes van samenwerkingsverbanden.")
    for pc4 in sorted(po.keys() | vo.keys()):
        if pc4 not in po or pc4 not in vo:
            row = (po.get(pc4) or vo[pc4])[2]
            sentence = f"postcode {pc4} staat alleen bij {'po' if pc4 in po else 'vo'}."
            problems.append(Problem(sentence, file=name, row=row))
        elif po[pc4][0] != vo[pc4][0]:
            sentence = f"postcode {pc4} ligt bij po in {po[pc4][0]} en bij vo in {vo[pc4][0]}."
            problems.append(Problem(sentence, file=name, row=vo[pc4][2]))
    if problems:
        raise LoadRefused(f"{name}: {len(problems)} regels kunnen niet kloppen.", tuple(problems))
    rows = [PostcodeRow(pc4, po[pc4][0], po[pc4][1], vo[pc4][1]) for pc4 in sorted(po)]
    return rows, [Problem(UNTRIED, Severity.WARNING, name)]


def _fill(name: str, text: str, po: Places, vo: Places) -> Iterator[Problem]:
    """Puts every postcode in its place, and tells which lines cannot be understood."""
    swv = None
    for number, line in enumerate(text.splitlines(), 1):
        if match := _AREA.match(line):
            swv = canonical_code(match.group(1))
        elif swv and (match := _GEMEENTE.match(line)):
            places = po if swv.startswith("PO") else vo
            for pc4 in _POSTCODE.findall(match.group(2)):
                place = (match.group(1), swv, number)
                if places.setdefault(pc4, place)[:2] != place[:2]:
                    other = f"{places[pc4][1]} ({places[pc4][0]})"
                    sentence = f"postcode {pc4} staat al bij {other} in rij {places[pc4][2]}."
                    yield Problem(sentence, file=name, row=number)
        elif swv and _POSTCODE.search(line):
            sentence = f"{line.strip()[:60]!r} is geen gemeente met haar postcodes."
            yield Problem(sentence, file=name, row=number)
