"""A screenplay → Fountain 1.1 text that is read as the same screenplay.

Marks are set where they are needed or were written: a dot before a heading that does not start with INT, `!` before action that
looks like something else, `@` before a cue that is not in capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

from cupola.script.asides import escaped
from cupola.script.elements import (
    Action,
    Boneyard,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    PageBreak,
    Paragraph,
    Parenthetical,
    Screenplay,
    Section,
    Synopsis,
    TitleEntry,
    Transition,
)
from cupola.script.headings import is_heading, split_number
from cupola.script.marks import (
    closes_heading,
    ends_action,
    escaped_in_speech,
    is_centred,
    is_forced_heading,
    is_page_break,
    is_transition,
    parse_cue,
    section_level,
)
from cupola.script.sayable import as_fountain
from cupola.script.title_page import starts_title_page
from cupola.script.words import WORDS, Words

SPOKEN_EMPTY = "  "
"""An empty line of a speech: two spaces keep it going."""

_SAID = (Dialogue, Parenthetical, Lyric)
_OUTLINE = (Section, Synopsis, PageBreak)
_FREES_NEXT_LINE = (Heading, *_OUTLINE)


def to_fountain(screenplay: Screenplay, *, words: Words = WORDS) -> str:
    """Write a screenplay as Fountain; what Fountain cannot say is left out (`as_fountain`).

    The text is read as the same screenplay: `parse_fountain(to_fountain(s)) == as_fountain(s)`, line numbers aside, and a text
    in the layout of `docs/reference/fountain.md` comes back byte for byte. `words` are those it was read with.
    """
    said = as_fountain(screenplay, words=words)
    text = _Writer(said, words).text()
    return text if said.line_break == "\n" else text.replace("\n", said.line_break)


class _Writer:
    """Writes paragraph after paragraph; `before` is the last that is no aside, `is_apart` whether a blank line is behind it."""

    def __init__(self, screenplay: Screenplay, words: Words) -> None:
        self.words = words
        self.paragraphs = screenplay.paragraphs
        self.has_title = bool(screenplay.title_page)
        self.lines = [line for entry in screenplay.title_page for line in title_lines(entry)]
        self.before: Paragraph | None = None
        self.is_apart = not self.has_title
        self.in_speech = False
        self.is_boneyard_line = False  # a note on it would take the whole line away

    def text(self) -> str:
        for at, paragraph in enumerate(self.paragraphs):
            if isinstance(paragraph, NoteText | Boneyard):
                self.put_aside(paragraph)
            else:
                self.put(paragraph, at)
        return "".join(f"{line}\n" for line in self.lines)

    def put_aside(self, aside: NoteText | Boneyard) -> None:
        text = note(aside.text) if isinstance(aside, NoteText) else f"/*{aside.text}*/"
        is_note = isinstance(aside, NoteText)
        if aside.above < 0 and self.lines and self.lines[-1].strip() and not (is_note and self.is_boneyard_line):
            self.lines[-1] += f" {text}"
            return
        self.put_blank_lines(aside.above)
        self.lines.append(text)
        self.is_boneyard_line = not is_note
        self.is_apart = self.is_apart or not is_note

    def put(self, paragraph: Paragraph, at: int) -> None:
        goes_on = self.in_speech and isinstance(paragraph, _SAID) and not paragraph.above
        if not goes_on:
            self.put_blank_lines(max(paragraph.above, 0 if self.is_apart or self.may_follow(paragraph) else 1))
        self.lines += self.lines_of(paragraph, at)
        self.before, self.is_apart = paragraph, False
        self.in_speech = goes_on or isinstance(paragraph, Cue)
        self.is_boneyard_line = False

    def put_blank_lines(self, count: int) -> None:
        if count > 0 and self.lines:
            self.lines += [""] * count
            self.is_apart = True

    def may_follow(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph may stand right below the one before it and still be read as what it is."""
        if self.in_speech:
            return isinstance(paragraph, PageBreak)
        match self.before:
            case None | Transition(forced=False):
                return False
            case Heading(forced=False):
                return isinstance(paragraph, _OUTLINE)
            case Heading() | Section() | Synopsis() | PageBreak():
                return True
            case Action() | Transition():
                return isinstance(paragraph, (*_OUTLINE, Centred))
            case _:
                return isinstance(paragraph, _OUTLINE)

    @property
    def is_fresh(self) -> bool:
        return self.is_apart or isinstance(self.before, _FREES_NEXT_LINE)

    def lines_of(self, one: Paragraph, at: int) -> list[str]:
        match one:
            case Heading():
                return [escaped(self.heading(one))]
            case Action():
                return self.action(one, at)
            case Cue():
                return self.cue(one, at)
            case Dialogue():
                return [escaped(escaped_in_speech(line)) or SPOKEN_EMPTY for line in one.text.split("\n")]
            case Parenthetical():
                first, *rest = one.text.split("\n")
                return [escaped(first), *(escaped(escaped_in_speech(line)) or SPOKEN_EMPTY for line in rest)]
            case Transition():
                text = escaped(one.text)
                return [f"> {text}" if one.forced or not self.is_plain_transition(one.text, at) else text]
            case _:
                return plain_lines(one)

    def heading(self, one: Heading) -> str:
        text = "." + one.text if one.forced else one.text
        is_read_plain = (one.forced or is_heading(text, self.words)) and split_number(one.text) == (one.text, "")
        return text if is_read_plain and not one.number else f"{text} #{one.number or ' '}#"

    def is_plain_transition(self, text: str, at: int) -> bool:
        is_plain = is_transition(text) and not is_heading(text, self.words) and not self.is_marked(text)
        return is_plain and not self.starts_title_page(text, "") and not self.below(at)

    def is_marked(self, bare: str) -> bool:
        """Whether the first sign of a line makes it something else than action, a plain cue or a plain transition."""
        first = bare[0]
        if first == "#":
            return bool(section_level(bare, is_fresh=self.is_fresh))
        if first == ">":
            return is_centred(bare) or (self.is_fresh and bare != ">")
        return first in "=!~" or (first == "." and self.is_fresh and is_forced_heading(bare))

    def starts_title_page(self, line: str, below: str) -> bool:
        return self.before is None and not self.has_title and starts_title_page(line, below, self.words)

    def below(self, at: int) -> str:
        """The line that will stand right below a paragraph, notes left out; empty where it is blank."""
        for index in range(at + 1, len(self.paragraphs)):
            one = self.paragraphs[index]
            if one.above > 0 or (isinstance(one, Boneyard) and not one.above):
                return ""
            if not isinstance(one, NoteText | Boneyard):
                return plain_lines(one)[0] if isinstance(one, (*_OUTLINE, Centred)) else ""
        return ""

    def cue(self, one: Cue, at: int) -> list[str]:
        text = one.name + "".join(f" ({extension})" for extension in one.extensions) + (" ^" if one.dual else "")
        below = self.lines_of(self.paragraphs[at + 1], at + 1)[0] if self.has_speech(at) else SPOKEN_EMPTY
        mark = "" if not one.forced and self.is_plain_cue(text, below) else "@"
        line = escaped(mark + text)
        return [line] if self.has_speech(at) else [line, SPOKEN_EMPTY]

    def has_speech(self, at: int) -> bool:
        following = self.paragraphs[at + 1] if at + 1 < len(self.paragraphs) else None
        return isinstance(following, _SAID) and not following.above

    def is_plain_cue(self, text: str, below: str) -> bool:
        if parse_cue(text) is None or text[0] == "@" or is_heading(text, self.words) or self.is_marked(text):
            return False
        return not (is_transition(text) and not below.strip()) and not self.starts_title_page(text, below)

    def action(self, one: Action, at: int) -> list[str]:
        texts = one.text.split("\n")
        lines = [texts[0], *("!" + text if is_mark_needed(text) else text for text in texts[1:])]
        below = lines[1] if len(lines) > 1 else ""
        if one.forced or self.is_something_else(lines[0], below or self.below(at)):
            lines[0] = "!" + lines[0]
        return [escaped(line) for line in lines]

    def is_something_else(self, line: str, below: str) -> bool:
        """Whether the first line of an action, with what is right below it, would be read as another paragraph."""
        bare, below_bare = line.strip(), below.strip()
        if not bare or self.is_marked(bare) or self.starts_title_page(line, below):
            return True
        if not self.is_fresh:
            return False
        if is_heading(bare, self.words):
            return closes_heading(below_bare)
        if is_transition(bare) and not below_bare:
            return True
        return parse_cue(bare) is not None and bool(below_bare) and not is_page_break(below_bare)


def is_mark_needed(text: str) -> bool:
    """Whether a further line of an action needs its `!`: it is empty, or would be read as another paragraph."""
    bare = text.strip()
    return not bare or bare[0] == "!" or ends_action(bare)


def plain_lines(one: Paragraph) -> list[str]:
    """The lines of what is written alike wherever it stands."""
    match one:
        case Centred():
            return [f"> {escaped(line)} <" for line in one.text.split("\n")]
        case Lyric():
            return [f"~{escaped(line)}" for line in one.text.split("\n")]
        case Section():
            return [f"{'#' * one.level} {escaped(one.text)}"]
        case Synopsis():
            return [f"= {escaped(one.text)}".rstrip()]
        case _:
            return ["==="]


def title_lines(entry: TitleEntry) -> Iterator[str]:
    """One entry of the title page: on one line, or as indented lines under its key."""
    key, values = escaped(entry.key), [escaped(line) for line in entry.lines]
    if len(values) < 2:
        yield f"{key}: {values[0]}" if values else f"{key}:"
        return
    yield f"{key}:"
    yield from (f"    {value}" for value in values)


def note(text: str) -> str:
    """A note between its brackets; a bracket at its end is kept off them."""
    return f"[[{text} ]]" if text.endswith("]") else f"[[{text}]]"
