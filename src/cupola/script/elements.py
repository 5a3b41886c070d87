"""A parsed screenplay as frozen values: a title page, and paragraphs in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of a screenplay; `line` to `end_line` are 1-based lines of the source, both included."""

    line: int
    end_line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading(Paragraph):
    """A scene heading without its forcing dot; `number` is text with its case kept, empty where there is none."""

    text: str
    number: str = ""
    forced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(Paragraph):
    """Description, the default of every paragraph: line breaks and initial spaces are kept."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue(Paragraph):
    """Who speaks. `extensions` are what stood in parentheses ("V.O."); a `dual` cue stands beside the speech before it."""

    name: str
    extensions: tuple[str, ...] = ()
    dual: bool = False
    forced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue(Paragraph):
    """What is spoken: line breaks are kept, a line of two spaces is an empty line."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Parenthetical(Paragraph):
    """A direction inside a speech, with its parentheses."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lyric(Paragraph):
    """Lines that are sung, without their tildes."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition(Paragraph):
    """How one scene gives way to the next: `CUT TO:`."""

    text: str
    forced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Centred(Paragraph):
    """Lines that stand in the middle of the page, without their angle brackets."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageBreak(Paragraph):
    """A page that ends here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section(Paragraph):
    """A heading of the outline, `level` 1 to 6; it is not printed."""

    text: str
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Synopsis(Paragraph):
    """What a scene or section is about; it is not printed."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteText(Paragraph):
    """What stood between double square brackets; it is not printed."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Boneyard(Paragraph):
    """What was cut with `/* */`; it is not printed."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TitleEntry:
    """One entry of the title page: its key as written and the lines of its value."""

    key: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Screenplay:
    """A screenplay as its file has it; nothing is renumbered, upper-cased or reordered."""

    file: str
    title_page: tuple[TitleEntry, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(paragraph for paragraph in self.paragraphs if isinstance(paragraph, Heading))

    def title_lines(self, key: str) -> tuple[str, ...]:
        """Return the lines under a key of the title page, whatever its case; empty where it is not there."""
        wanted = key.casefold()
        return tuple(line for entry in self.title_page if entry.key.casefold() == wanted for line in entry.lines)
