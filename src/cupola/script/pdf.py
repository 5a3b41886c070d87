"""A screenplay printed to PDF → a screenplay: what stands how far in says what it is.

A page of a screenplay has five margins, in inches from that of the action: action and headings at 0, dialogue at 1,
parentheticals at 1.5 to 2, cues at 2 or more, transitions to the right. Real pages differ, so the margins are learnt from the
file: headings are known by their words and give that of the action, cues by their capitals and the speech below them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypedDict

from cupola.errors import ScriptError
from cupola.script.elements import (
    Action,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Paragraph,
    Parenthetical,
    Screenplay,
    TitleEntry,
    Transition,
)
from cupola.script.emphasis import plain
from cupola.script.fdx.runs import Run, marked
from cupola.script.fountain import parse_cue
from cupola.script.headings import is_heading, split_number
from cupola.script.pdf_lines import POINTS_AN_INCH, Line, PdfPage, Printed, Progress, read_lines

MARGIN_ZONE_PT = 70.0
"""Page numbers and running heads stand above the first inch or below the last."""
_NEAR_PT = 0.26 * POINTS_AN_INCH
_BLANK_LINE = 1.45
"""Two baselines further apart than so many heights of a line have an empty line between them."""
_NUMBER = re.compile(r"[A-Za-z]{0,3}-?\d{1,4}[A-Za-z]{0,3}\.?|\d{1,3}[A-Z]?-\d{1,3}\.?")
_PAGE_LABEL = re.compile(r"(?:page\s*)?([A-Z]?\d{1,4}[A-Z]{0,2})\.?", re.IGNORECASE)
_CONTINUED = re.compile(r"\(?(?:CONTINUED|ПРОДОЛЖЕНИЕ)\)?:?(?:\s*\(?\d*\)?)?|(?:\((?:MORE|ДАЛЬШЕ|ДАЛЕЕ)\)\s*)+", re.IGNORECASE)
_AGAIN = re.compile(r"(?:CONT['’]?D|CONTINUED|CONT\.?|ПРОД\.?|ПРОДОЛЖЕНИЕ)", re.IGNORECASE)
_OMITTED = re.compile(r"OMITTED|OMIT|ВЫЧЕРКНУТО", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:screenplay|teleplay|script|story)\s+)?(?:written\s+)?by|автор(?:ы)?(?: сценария)?|сценарий", re.IGNORECASE
)
_ENDED = tuple('.?!:…"”»)-–—')


def parse_pdf(data: bytes, *, file: str = "", progress: Progress | None = None) -> Screenplay:
    """Read a screenplay from a PDF with a text layer; `line` counts its printed lines, a heading's `page` is its page's label.

    Raises ScriptError for a PDF without text, one that is damaged or locked, and one in which no scene heading can be found.
    """
    pages = [_body(page) for page in _without_running_lines(read_lines(data, file=file, progress=progress))]
    title, pages = _title_page(pages)
    lines = [line for page in pages for line in page]
    action_pt = _action_margin(lines)
    if action_pt is None:
        first = lines[0].text if lines else "no text"
        remedy = "export the script as FDX or Fountain; headings start with INT. or EXT."
        raise ScriptError("a PDF script has scene headings at its left margin", value=first, remedy=remedy, file=file)
    page = _Reader(_Margins.learnt(lines, action_pt))
    return Screenplay(file=file, title_page=title, paragraphs=tuple(page.paragraphs(lines)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text(Printed):
    """A printed line of the body: its count in the file, its page and label; `gap` in its own heights from the line above.

    It `is_fresh` where that is more than a line: something new starts.
    """

    count: int
    page: int
    label: str
    is_fresh: bool
    gap: float = 0.0
    number: str = ""
    is_revised: bool = False


def _without_running_lines(pages: Sequence[PdfPage]) -> Iterator[tuple[PdfPage, str]]:
    """Take page numbers and running heads off; return each page with its label."""
    often = Counter(_shape(line) for page in pages for line in _outer(page))
    repeated = {shape for shape, times in often.items() if times >= 3 and times >= 0.3 * len(pages)}
    for page in pages:
        outer = {id(line) for line in _outer(page)}
        running = [line for line in page.lines if id(line) in outer and (_shape(line) in repeated or _label(line))]
        label = next((label for line in running if (label := _label(line))), "")
        gone = {id(line) for line in running}
        yield replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)), label


def _outer(page: PdfPage) -> Iterator[Line]:
    bottom = page.height_pt - MARGIN_ZONE_PT
    return (line for line in page.lines if line.down_pt < MARGIN_ZONE_PT or line.down_pt > bottom)


def _shape(line: Line) -> str:
    return re.sub(r"\d+[A-Z]?", "0", line.text)


def _label(line: Line) -> str:
    """Return the page number that a running line has alone, or at its right end."""
    found = _PAGE_LABEL.fullmatch(line.fields[-1].text)
    return found[1] if found else ""


def _body(page_and_label: tuple[PdfPage, str]) -> list[_Text]:
    page, label = page_and_label
    found: list[_Text] = []
    before: Line | None = None
    for count, line in enumerate(page.lines, 1):
        gap = (line.down_pt - before.down_pt) / max(line.size_pt, before.size_pt) if before else 0.0
        is_fresh = before is None or gap > _BLANK_LINE
        before = line
        found.append(_Text(count=count, page=page.number, label=label, fields=line.fields, is_fresh=is_fresh, gap=gap))
    return found


def _title_page(pages: list[list[_Text]]) -> tuple[tuple[TitleEntry, ...], list[list[_Text]]]:
    """Read a first page without a scene as a title page, and count the lines of the rest through."""
    first = next((page for page in pages if page), [])
    title: tuple[TitleEntry, ...] = ()
    if first and len(pages) > 1 and len(first) <= 25 and not any(is_heading(_heading_text(line)) for line in first):
        title, pages = tuple(_title_entries(first)), [page for page in pages if page is not first]
    count = len(first) if title else 0
    counted = []
    for page in pages:
        counted.append([replace(line, count=count + at) for at, line in enumerate(page, 1)])
        count += len(page)
    return title, counted


def _title_entries(page: Sequence[_Text]) -> Iterator[TitleEntry]:
    texts = [(line.count, line.text) for line in page]
    by = next((at for at, (_, text) in enumerate(texts) if _BY.fullmatch(text.strip(" :"))), None)
    head = texts[:1] if by is None else texts[:by]
    if head:
        yield TitleEntry(key="Title", lines=tuple(text for _, text in head), line=head[0][0])
    rest = texts[len(head) :]
    if by is not None:
        yield TitleEntry(key="Credit", lines=(texts[by][1],), line=texts[by][0])
        if len(texts) > by + 1:
            yield TitleEntry(key="Author", lines=(texts[by + 1][1],), line=texts[by + 1][0])
        rest = texts[by + 2 :]
    if rest:
        yield TitleEntry(key="Contact", lines=tuple(text for _, text in rest), line=rest[0][0])


def _heading_text(line: _Text) -> str:
    """Return what a line says beside numbers and marks in its margins."""
    fields = [field.text for field in line.fields if not _is_mark(field.text)]
    return " ".join(fields)


def _is_mark(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) or set(text) == {"*"}


def _action_margin(lines: Iterable[_Text]) -> float | None:
    """Return where scene headings start: the commonest place of a line that starts as a heading does."""
    starts = Counter(
        round(field.left_pt / 4) for line in lines for field in line.fields if line.is_fresh and is_heading(field.text)
    )
    return starts.most_common(1)[0][0] * 4.0 if starts else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Margins:
    """Where things start, in points from the left edge, and how long their lines get, in characters."""

    action_pt: float
    dialogue_pt: float
    is_double_spaced: bool = False
    action_chars: int = 60
    dialogue_chars: int = 35

    @classmethod
    def learnt(cls, lines: Sequence[_Text], action_pt: float) -> _Margins:
        """Learn where speech starts: where most lines stand that follow a line in capitals further in than they are.

        Where speech is double-spaced, as in comedies for television, an empty line between two lines says nothing.
        """
        speech: Counter[int] = Counter()
        gaps: list[float] = []
        for line, below in itertools.pairwise(lines):
            deeper = line.left_pt - below.left_pt > _NEAR_PT and below.left_pt - action_pt > _NEAR_PT
            if deeper and line.page == below.page and line.fields[0].text.isupper() and below.text[:1] != "(":
                speech[round(below.left_pt / 4)] += 1
                gaps.append(below.gap)
        dialogue_pt = speech.most_common(1)[0][0] * 4.0 if speech else action_pt + POINTS_AN_INCH
        is_double = bool(gaps) and median(gaps) > _BLANK_LINE
        margins = cls(action_pt=action_pt, dialogue_pt=dialogue_pt, is_double_spaced=is_double)
        action = [len(line.text) for line in lines if margins.is_action(line)]
        dialogue = [len(line.text) for line in lines if margins.is_speech(line)]
        return replace(margins, action_chars=max(action, default=60), dialogue_chars=max(dialogue, default=35))

    def is_action(self, line: _Text) -> bool:
        return abs(line.left_pt - self.action_pt) <= _NEAR_PT or line.left_pt < self.action_pt

    def is_speech(self, line: _Text) -> bool:
        return abs(line.left_pt - self.dialogue_pt) <= _NEAR_PT

    def is_deeper(self, line: _Text) -> bool:
        return line.left_pt > self.dialogue_pt + _NEAR_PT


class _Reader:
    """Reads printed lines from the first to the last; a speech and an action may go on over a page."""

    def __init__(self, margins: _Margins) -> None:
        self.margins = margins
        self.found: list[Paragraph] = []
        self.in_speech = False
        self.open_page = 0

    def paragraphs(self, lines: Sequence[_Text]) -> list[Paragraph]:
        at = 0
        texts = [cleaned for line in lines if (cleaned := self.cleaned(line))]
        while at < len(texts):
            at = self.read(texts, at)
        return self.found

    def cleaned(self, line: _Text) -> _Text | None:
        """Take numbers and revision marks out of the margins; None for a line that only says that a page goes on."""
        fields = list(line.fields)
        is_revised = bool(fields) and set(fields[-1].text) == {"*"}
        if is_revised:
            fields.pop()
        number = ""
        if len(fields) > 1 and fields[0].left_pt < self.margins.action_pt - 8 and _NUMBER.fullmatch(fields[0].text):
            number = fields.pop(0).text.rstrip(".")
            if len(fields) > 1 and fields[-1].text.rstrip(".") == number:
                fields.pop()
        elif len(fields) > 1 and is_heading(fields[0].text) and _NUMBER.fullmatch(fields[-1].text):
            number = fields.pop().text.rstrip(".")
        if not fields or _CONTINUED.fullmatch(" ".join(field.text for field in fields)):
            return None
        cleaned = replace(line, fields=tuple(fields), number=number, is_revised=is_revised)
        if not self.margins.is_double_spaced or self.margins.is_action(cleaned):
            return cleaned
        return replace(cleaned, is_fresh=self.margins.is_deeper(cleaned) and cleaned.text.isupper())

    def read(self, lines: Sequence[_Text], at: int) -> int:
        line = lines[at]
        if self.is_heading(line):
            return self.read_heading(lines, at)
        if self.is_two_cues(lines, at):
            return self.read_dual(lines, at)
        cue = self.cue(lines, at)
        if cue:
            return self.read_cue(line, cue, at)
        if self.in_speech and not line.is_fresh and not self.margins.is_action(line):
            return self.read_speech(lines, at)
        if self.margins.is_speech(line) and self.goes_on_from_page_before(line):
            return self.read_speech(lines, at)
        self.in_speech = False
        if self.margins.is_deeper(line) or (
            line.text.isupper() and line.text.endswith(":") and not self.margins.is_action(line)
        ):
            return self.read_right(lines, at)
        return self.read_action(lines, at)

    def goes_on_from_page_before(self, line: _Text) -> bool:
        return self.in_speech and bool(self.found) and line.page != self.open_page

    def put(self, paragraph: Paragraph, page: int) -> None:
        self.found.append(paragraph)
        self.open_page = page

    def is_heading(self, line: _Text) -> bool:
        if not self.margins.is_action(line):
            return False
        return (line.is_fresh and is_heading(line.text)) or bool(line.number and line.text.isupper())

    def read_heading(self, lines: Sequence[_Text], at: int) -> int:
        line, end = lines[at], at + 1
        text = line.text
        while end < len(lines) and self.is_rest_of_heading(lines[end]):
            text = f"{text} {lines[end].text}"
            end += 1
        text, number = split_number(text)
        is_omitted = _OMITTED.fullmatch(text.strip(" .")) is not None
        heading = Heading(
            text=_literal(text),
            number=line.number or number,
            forced=not is_heading(text),
            page=line.label,
            omitted=is_omitted,
            **_span(line, lines[end - 1]),
        )
        self.put(heading, line.page)
        self.in_speech = False
        return end

    def is_rest_of_heading(self, line: _Text) -> bool:
        return not line.is_fresh and not line.number and self.margins.is_action(line) and line.text.isupper()

    def cue(self, lines: Sequence[_Text], at: int) -> tuple[str, tuple[str, ...]] | None:
        """Return the name and extensions of a line in capitals, deeper than speech, with speech right below it."""
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else None
        if not below or below.is_fresh or not line.is_fresh or not self.margins.is_deeper(line) or below.page != line.page:
            return None
        if below.left_pt > line.left_pt or self.margins.is_action(below):
            return None
        read = parse_cue(line.text)
        return (read[0], read[1]) if read else None

    def read_cue(self, line: _Text, cue: tuple[str, tuple[str, ...]], at: int) -> int:
        name, extensions = cue
        kept = tuple(one for one in extensions if not _AGAIN.fullmatch(one))
        was_open = self.found and isinstance(self.found[-1], Dialogue | Parenthetical) and line.page != self.open_page
        is_rest = was_open and kept != extensions and name == self.last_name()
        if not is_rest:
            self.put(Cue(name=_literal(name), extensions=extensions, **_span(line, line)), line.page)
        self.in_speech = True
        return at + 1

    def last_name(self) -> str:
        return next((plain(one.name) for one in reversed(self.found) if isinstance(one, Cue)), "")

    def read_speech(self, lines: Sequence[_Text], at: int) -> int:
        """Read one parenthetical, or the dialogue up to the next one."""
        end = at + 1
        in_brackets = lines[at].text.startswith("(") and lines[at].left_pt > self.margins.dialogue_pt + 8
        closed = lines[at].text.endswith(")")
        while end < len(lines) and not lines[end].is_fresh and lines[end].page == lines[at].page:
            following = lines[end]
            if in_brackets and closed:
                break
            if not in_brackets and following.text.startswith("(") and following.left_pt > self.margins.dialogue_pt + 8:
                break
            closed = following.text.endswith(")")
            end += 1
        text = _joined([line.text for line in lines[at:end]], 0 if in_brackets else self.margins.dialogue_chars)
        self.put_speech(text, lines[at], lines[end - 1], in_brackets)
        self.in_speech = True
        return end

    def put_speech(self, text: str, first: _Text, last: _Text, in_brackets: bool) -> None:
        before = self.found[-1] if self.found else None
        if in_brackets:
            self.put(Parenthetical(text=_literal(text), **_span(first, last)), last.page)
        elif isinstance(before, Dialogue):
            whole = replace(before, text=f"{before.text} {_literal(text)}", end_line=last.count)
            self.found[-1] = whole
            self.open_page = last.page
        else:
            self.put(Dialogue(text=_literal(text), **_span(first, last)), last.page)

    def read_right(self, lines: Sequence[_Text], at: int) -> int:
        line, end = lines[at], at + 1
        while end < len(lines) and not lines[end].is_fresh and self.margins.is_deeper(lines[end]):
            end += 1
        text = " ".join(one.text for one in lines[at:end])
        if text.isupper() and (text.endswith((":", ".")) or line.left_pt > self.margins.dialogue_pt + 2 * POINTS_AN_INCH):
            self.put(Transition(text=_literal(text), forced=not text.endswith("TO:"), **_span(line, lines[end - 1])), line.page)
        else:
            centred = "\n".join(one.text for one in lines[at:end])
            self.put(Centred(text=_literal(centred), **_span(line, lines[end - 1])), line.page)
        return end

    def read_action(self, lines: Sequence[_Text], at: int) -> int:
        end = at + 1
        while end < len(lines) and not lines[end].is_fresh and not self.is_heading(lines[end]):
            end += 1
        text = _literal(_joined([line.text for line in lines[at:end]], self.margins.action_chars))
        before = self.found[-1] if self.found else None
        if isinstance(before, Action) and lines[at].page != self.open_page and not before.text.endswith(_ENDED):
            self.found[-1] = replace(before, text=f"{before.text} {text}", end_line=lines[end - 1].count)
            self.open_page = lines[end - 1].page
        else:
            self.put(Action(text=text, **_span(lines[at], lines[end - 1])), lines[end - 1].page)
        return end

    def is_two_cues(self, lines: Sequence[_Text], at: int) -> bool:
        """Whether a line has two names side by side, with two columns of speech below it."""
        line = lines[at]
        if len(line.fields) != 2 or not line.is_fresh or at + 1 >= len(lines) or lines[at + 1].is_fresh:
            return False
        return all(field.text.isupper() and parse_cue(field.text) for field in line.fields)

    def read_dual(self, lines: Sequence[_Text], at: int) -> int:
        end = at + 1
        while end < len(lines) and not lines[end].is_fresh and lines[end].page == lines[at].page:
            end += 1
        middle = (lines[at].fields[0].right_pt + lines[at].fields[1].left_pt) / 2
        for side in (0, 1):
            cue = parse_cue(lines[at].fields[side].text)
            name, extensions = (cue[0], cue[1]) if cue else (lines[at].fields[side].text, ())
            self.put(
                Cue(name=_literal(name), extensions=extensions, dual=bool(side), **_span(lines[at], lines[at])), lines[at].page
            )
            column = [
                (line, field.text)
                for line in lines[at + 1 : end]
                for field in line.fields
                if (field.left_pt > middle) == bool(side)
            ]
            self.put_column(column)
        self.in_speech = False
        return end

    def put_column(self, column: Sequence[tuple[_Text, str]]) -> None:
        for line, text in column:
            if text.startswith("(") and text.endswith(")"):
                self.put(Parenthetical(text=_literal(text), **_span(line, line)), line.page)
            else:
                self.put_speech(text, line, line, in_brackets=False)


class _Span(TypedDict):
    line: int
    end_line: int
    revision: int


def _span(first: _Text, last: _Text) -> _Span:
    revised = int(first.is_revised or last.is_revised)
    return {"line": first.count, "end_line": last.count, "revision": revised}


def _joined(texts: Sequence[str], longest: int) -> str:
    """Join printed lines; one that ends where the next word would still have fitted was ended by the writer."""
    whole = texts[0]
    for before, text in itertools.pairwise(texts):
        word = text.partition(" ")[0]
        fits = longest and len(before) + 1 + len(word) < longest - 1
        is_cut_word = before[-1:] == "-" and before[-2:-1].isalpha() and word[:1].isalpha()
        whole += ("" if is_cut_word else "\n" if fits else " ") + text
    return whole


def _literal(text: str) -> str:
    """Write text so that no sign of it reads as a mark of emphasis."""
    return marked([Run(text=text)])
