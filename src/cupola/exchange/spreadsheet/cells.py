"""What the cells of a schedule say: pages, minutes, dates, and names in a list; and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

MOST_EIGHTHS = 4000
STRONGEST_FIRST = "\n;,"

_FRACTIONS = {"½": 4, "¼": 2, "¾": 6, "⅛": 1, "⅜": 3, "⅝": 5, "⅞": 7}
_PAGES = re.compile(r"(?:(\d{1,3})(?:\s+|\s*[-+&]\s*|(?=[½¼¾⅛⅜⅝⅞])|$))?(?:(\d{1,2})\s*[/⁄]\s*([248])|([½¼¾⅛⅜⅝⅞]))?")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,9}")
_PAGE_WORDS = re.compile(r"\s*(?:pages?|pgs?\.?|стр\.?)\s*$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d )?(\d{1,3}):(\d{2})(?::\d{2})?")
_HOURS = re.compile(
    r"(?:(\d{1,3})\s*(?:h|hrs?|hours?|ч|час\w*)\.?)?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?|мин\w*|м)?\.?)?", re.IGNORECASE
)
_THREE = re.compile(r"(?<!\d)(\d{1,4})(\. ?|/|-)(\d{1,2})\2(\d{2,4})(?!\d)")
_TWO = re.compile(r"(\d{1,2})[./-](\d{1,2})|(\d{1,2})[ .-]([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?[ .-](\d{1,2})")
_NAMED_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d_]{3,9})\.?,?[\s.-]+(\d{2,4})")
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{2,4})")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн",
            "jul июл", "aug авг", "sep сен", "oct окт", "nov ноя", "dec дек",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBERED = re.compile(r"(\d{1,4}[A-Za-z]?)\s*[.)]\s*(?=\S)")
_TOKEN = re.compile(r'[^\S\n]*((?:\d{1,4}[A-Za-z]?[^\S\n]*[.)][^\S\n]*)?"(?:[^"]|"")*")[^\S\n]*(?=[,;\n]|$)|[^,;\n]*')
_BARE_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?")


def parse_pages(text: str) -> float | None:
    """Return the eighths of a page that a cell says, None where it says none that anybody knows.

    A fraction that a spreadsheet took for a date, 3/8 for 8 March, is the fraction again.

    >>> [parse_pages(text) for text in ("1 3/8", "3/8", "2", "1.5", "1⅛", "2027-03-08", "8-Mar", "half")]
    [11, 3, 16, 12.0, 9, 3, 3, None]
    """
    plain = _PAGE_WORDS.sub("", text.strip())
    if _DECIMAL.fullmatch(plain):
        return float(plain.replace(",", ".")) * 8
    found = _PAGES.fullmatch(plain)
    if found and plain:
        part = _FRACTIONS[found[4]] if found[4] else int(found[2]) * 8 // int(found[3]) if found[2] else 0
        eighths = int(found[1] or 0) * 8 + part
        return eighths if eighths <= MOST_EIGHTHS else None
    return _dated_fraction(plain)


def _dated_fraction(text: str) -> int | None:
    """Read back what a spreadsheet made of a fraction: one of month and day is a half, a quarter or an eighth."""
    iso, two = _ISO.fullmatch(text), _TWO.fullmatch(text)
    if iso:
        low, high = sorted((int(iso[2]), int(iso[3])))
    elif two:
        month = two[4] or two[5]
        first = int(two[1] or two[3] or two[6])
        second = int(two[2]) if two[2] else _MONTHS.get((month or "")[:3].casefold(), 0)
        low, high = sorted((first, second))
    else:
        return None
    return low * 8 // high if high in (2, 4, 8) and 0 < low < high else None


def pages_cell(eighths: int, *, is_csv: bool) -> str:
    """Return eighths as the trade writes them; in CSV never as `3/8`, which a spreadsheet would take for a date.

    >>> pages_cell(11, is_csv=True), pages_cell(3, is_csv=True), pages_cell(3, is_csv=False), pages_cell(16, is_csv=True)
    ('1 3/8', '0 3/8', '3/8', '2')
    """
    whole, part = divmod(eighths, 8)
    if not part:
        return str(whole) if whole else ""
    return f"{whole} {part}/8" if whole or is_csv else f"{part}/8"


def parse_minutes(text: str) -> float | None:
    """Return the minutes of a cell: `90`, `1:30`, `1 h 30 min`, `45 мин`; None for what is no time.

    >>> [parse_minutes(text) for text in ("90", "1:30", "2h 15m", "45 мин", "12.5", "soon")]
    [90.0, 90.0, 135.0, 45.0, 12.5, None]
    """
    plain = text.strip()
    if clock := _CLOCK.fullmatch(plain):
        return int(clock[1]) * 60.0 + int(clock[2])
    if re.fullmatch(r"\d{1,5}[.,]\d{1,12}", plain):
        return float(plain.replace(",", "."))
    found = _HOURS.fullmatch(plain)
    return int(found[1] or 0) * 60.0 + int(found[2] or 0) if found and (found[1] or found[2]) else None


def minutes_cell(minutes: float) -> str:
    """Return minutes as a number, empty for none."""
    return "" if not minutes else str(int(minutes)) if minutes == int(minutes) else repr(minutes)


def parse_date(text: str, order: str) -> date | None:
    """Return the date of a cell, whatever day of the week stands before it; None for what is none.

    `order` is that of numbers alone: "dmy", "mdy" or "ymd". ISO dates and months in words need none.

    >>> [str(parse_date(text, "dmy")) for text in ("2027-04-01", "Thu 01.04.2027", "April 1, 2027", "1 апреля 2027", "soon")]
    ['2027-04-01', '2027-04-01', '2027-04-01', '2027-04-01', 'None']
    """
    if iso := re.search(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    for found in _NAMED_DAY_FIRST.finditer(text):
        if _month(found[2]):
            return _date(_year(found[3]), _month(found[2]), int(found[1]))
    for found in _NAMED_MONTH_FIRST.finditer(text):
        if _month(found[1]):
            return _date(_year(found[3]), _month(found[1]), int(found[2]))
    if three := _THREE.search(text):
        parts = (three[1], three[3], three[4])
        if len(parts[0]) == 4:
            return _date(int(parts[0]), int(parts[1]), int(parts[2]))
        at = order.index
        return _date(_year(parts[at("y")]), int(parts[at("m")]), int(parts[at("d")]))
    return None


def order_of(texts: Iterator[str]) -> tuple[str, bool]:
    """Return the order of day and month in dates that are numbers alone, and whether that is certain.

    A first number above 12 is a day, a second above 12 too; dots stand in dates that begin with the day.
    """
    dotted = stroked = False
    for text in texts:
        found = _THREE.search(text)
        if not found or len(found[1]) > 2:
            continue
        if int(found[1]) > 12:
            return "dmy", True
        if int(found[3]) > 12:
            return "mdy", True
        dotted |= "." in found[0]
        stroked |= "." not in found[0]
    return ("mdy", False) if stroked and not dotted else ("dmy", True)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) <= 2 else 0)


def _month(text: str) -> int:
    return _MONTHS.get(text[:3].casefold(), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def split_list(text: str, signs: str = STRONGEST_FIRST) -> list[str]:
    """Return the names of a list: one a line, else between semicolons, else between commas, those in quotation marks whole.

    The strongest sign of `signs` that stands outside quotation marks divides the cell.

    >>> split_list('lamp, brass; "a; b"'), split_list('1. ANNA, 2. "IVO, JR."')
    (['lamp, brass', 'a; b'], ['1. ANNA', '2. "IVO, JR."'])
    """
    return [_unquoted(part) for part in _parts(text, signs)]


def split_cast(text: str, signs: str = STRONGEST_FIRST) -> list[tuple[str, str]]:
    """Return the numbers and names of a list of cast, either of them empty where it is not said.

    >>> split_cast('1. ANNA, 2. "IVO, JR.", 12A, VERA')
    [('1', 'ANNA'), ('2', 'IVO, JR.'), ('12A', ''), ('', 'VERA')]
    """
    found = []
    for part in _parts(text, signs):
        number = _NUMBERED.match(part)
        if number:
            found.append((number[1], _unquoted(part[number.end() :])))
        else:
            found.append((part, "") if _BARE_NUMBER.fullmatch(part) else ("", _unquoted(part)))
    return found


def list_cell(names: Iterable[str], *, sign: str = ", ") -> str:
    """Return names as a cell that `split_list` reads as the same."""
    return sign.join(_quoted(name) for name in names)


def cast_cell(names: Iterable[tuple[str, str]], *, sign: str = ", ") -> str:
    """Return numbers and names as a cell that `split_cast` reads as the same."""
    return sign.join(_cast_text(number, name) for number, name in names)


def _cast_text(number: str, name: str) -> str:
    if not name or not number:
        is_like_one = _NUMBERED.match(name) or _BARE_NUMBER.fullmatch(name)
        return number or (_in_marks(name) if is_like_one else _quoted(name))
    return f"{number}. {_quoted(name)}"


def _parts(text: str, signs: str) -> list[str]:
    """Cut a cell at the strongest of the signs that it has outside quotation marks."""
    tokens, cuts, at = [], [], 0
    while at <= len(text):
        found = _TOKEN.match(text, at)
        assert found is not None, "the token matches the empty text"
        tokens.append(text[at : found.end()])
        cuts.append(text[found.end() : found.end() + 1])
        at = found.end() + 1
    sign = next((one for one in signs if one in cuts), "")
    parts, held = [], ""
    for token, cut in zip(tokens, cuts, strict=True):
        held += token
        if cut and cut != sign:
            held += cut
        else:
            parts.append(held.strip())
            held = ""
    return [part for part in parts if part]


def _unquoted(text: str) -> str:
    is_in_marks = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('""', "")
    return text[1:-1].replace('""', '"') if is_in_marks else text


def _quoted(name: str) -> str:
    return name if name and name == name.strip() and not re.search(r'[,;\n]|^"', name) else _in_marks(name)


def _in_marks(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
