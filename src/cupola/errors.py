"""What can go wrong, as one tree; every error says file, line, value, rule and remedy.

CupolaError
├── ScriptError       a screenplay that cannot be read
├── OrbitError        elements that are broken or disagree with themselves
├── ProductionError   a production folder with a wrong, missing or unknown entry
├── RateError         money that cannot be read, or of the wrong currency
├── BoardError        a saved board that does not fit its production
├── LightError        a light word or target that nobody knows
├── ScheduleError     a schedule of another program that cannot be read
├── NothingFits       wishes that clash, none too many
└── PlaceToWriteError a folder or file that cannot be written
"""

from __future__ import annotations


class CupolaError(Exception):
    """The root of every error a user can meet.

    `rule` says what must hold, `value` what was found, `remedy` what to do about it; `file` and `line`
    (1-based) say where, when there is such a place.
    """

    def __init__(
        self,
        rule: str,
        *,
        value: object = None,
        remedy: str = "",
        file: str = "",
        line: int | None = None,
    ) -> None:
        self.rule = rule
        self.value = value
        self.remedy = remedy
        self.file = file
        self.line = line
        super().__init__(str(self))

    @property
    def where(self) -> str:
        """`file:line`, or as much of it as is known."""
        if not self.file:
            return "" if self.line is None else f"line {self.line}"
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        found = "" if self.value is None else f" (found {shortened(self.value)})"
        head = f"{self.where}: {self.rule}{found}" if self.where else f"{self.rule}{found}"
        return f"{head}\n  {self.remedy}" if self.remedy else head


def shortened(value: object, limit: int = 120) -> str:
    """Return a value as a reader may see it: strings in quotes, never longer than `limit` characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class ScriptError(CupolaError):
    """A screenplay that cannot be read."""


class OrbitError(CupolaError):
    """Elements that are broken, or that disagree with themselves."""


class ProductionError(CupolaError):
    """A production folder with a wrong, missing or unknown entry."""


class RateError(CupolaError):
    """Money that cannot be read, or of the wrong currency."""


class BoardError(CupolaError):
    """A saved board that does not fit its production."""


class LightError(CupolaError):
    """A light word or ground target that nobody knows."""


class ScheduleError(CupolaError):
    """A schedule of another program that cannot be read."""


class NothingFits(CupolaError):  # noqa: N818 - the answer is a finding, said in the user's words
    """No board can keep every wish; `wishes` clash, and none of them can be left out of the list."""

    def __init__(self, rule: str, *, wishes: tuple[str, ...], remedy: str = "", file: str = "") -> None:
        self.wishes = wishes
        super().__init__(rule, value=None, remedy=remedy, file=file)

    def __str__(self) -> str:
        lines = [self.rule, *(f"  · {wish}" for wish in self.wishes)]
        return "\n".join([*lines, f"  {self.remedy}"] if self.remedy else lines)


class PlaceToWriteError(CupolaError):
    """A folder or file that cannot be written."""
