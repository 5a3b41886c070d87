"""A parsed screenplay as frozen values: a title page, and paragraphs in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of a screenplay.

    `line` to `end_line` are 1-based lines of the source, both included; `column` is the 1-based character of its first line at
    which it starts, a forcing mark included and a tab being one character. `revision` is the number of the revision set that
    marks it, 0 for none.

    `above` is how the source is laid out and no part of what the paragraph says: the blank lines between it and the
    paragraph before, -1 for a note or boneyard on the very line of what is before it. Two paragraphs that differ in `above` or
    in a forcing mark alone are equal.
    """

    line: int
    end_line: int
    column: int = 1
    revision: int = 0
    above: int = field(default=1, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading(Paragraph):
    """A scene heading without its forcing dot; `number` is text with its case kept, empty where there is none.

    What only some files say: `eighths` the length they give, `page` the page it stands on as printed ("9A"), `present` who
    is in the scene though perhaps silent, `omitted` that the scene was cut and its number kept.
    """

    text: str
    number: str = ""
    forced: bool = field(default=False, compare=False)
    eighths: int | None = None
    page: str = ""
    present: tuple[str, ...] = ()
    omitted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(Paragraph):
    """Description, the default of every paragraph: line breaks and initial spaces are kept.

    `kind` is what Final Draft calls it where that is not Action: "Shot", "General", "Cast List".
    """

    text: str
    kind: str = ""
    forced: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue(Paragraph):
    """Who speaks. `extensions` are what stood in parentheses ("V.O."); a `dual` cue stands beside the speech before it."""

    name: str
    extensions: tuple[str, ...] = ()
    dual: bool = False
    forced: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue(Paragraph):
    """What is spoken: line breaks are kept, a line of two spaces is an empty line."""

    text: str
    above: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parenthetical(Paragraph):
    """A direction inside a speech, with its parentheses."""

    text: str
    above: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lyric(Paragraph):
    """Lines that are sung, without their tildes."""

    text: str
    above: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition(Paragraph):
    """How one scene gives way to the next: `CUT TO:`."""

    text: str
    forced: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Centred(Paragraph):
    """Lines that stand in the middle of the page, without their angle brackets; `kind` as in Action: "New Act"."""

    text: str
    kind: str = ""


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
    """What was cut with `/* */`, as it stood there; it is not printed."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TitleEntry:
    """One entry of the title page: its key as written and the lines of its value."""

    key: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A word of the script that somebody tagged for the breakdown; `scene` counts headings from 1, 0 above the first.

    `category` is a word of Cupola's table of breakdown categories, or the name the file gives its own.
    """

    category: str
    name: str
    scene: int
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionSet:
    """One set of revised pages: its number (1 is the first after White), its name, and the colour of its paper."""

    number: int
    name: str
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Screenplay:
    """A screenplay as its file has it; nothing is renumbered, upper-cased or reordered.

    `tags`, `revisions`, `cast_list` and `pages_locked` are what Final Draft files say beside the text. `line_break` is how
    the lines of its source end.
    """

    file: str
    title_page: tuple[TitleEntry, ...]
    paragraphs: tuple[Paragraph, ...]
    tags: tuple[Tag, ...] = ()
    revisions: tuple[RevisionSet, ...] = ()
    cast_list: tuple[str, ...] = ()
    pages_locked: bool = False
    line_break: str = field(default="\n", compare=False)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(paragraph for paragraph in self.paragraphs if isinstance(paragraph, Heading))

    def title_lines(self, key: str) -> tuple[str, ...]:
        """Return the lines under a key of the title page, whatever its case; empty where it is not there."""
        wanted = key.casefold()
        return tuple(line for entry in self.title_page if entry.key.casefold() == wanted for line in entry.lines)
