"""A screenplay broken down: scenes with place, time of day, light, eighths, cast, elements and shots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from cupola.errors import ScriptError
from cupola.model.light import Light
from cupola.model.script import Element, Note, Scene, Script, Shot
from cupola.script.cast import company, names_of
from cupola.script.categories import background_of
from cupola.script.complexity import timed
from cupola.script.doubts import told_of_head, told_of_text
from cupola.script.eighths import EIGHTHS_A_PAGE, page_eighths, scene_eighths
from cupola.script.elements import Action, Cue, Heading, NoteText, Paragraph, Screenplay, Section, Synopsis
from cupola.script.emphasis import plain
from cupola.script.fountain import parse_fountain
from cupola.script.headings import split_heading
from cupola.script.light_words import told_light
from cupola.script.notes import SceneNotes, ShotNote, read_notes
from cupola.script.pages import Page, lay_out
from cupola.script.roles import Mentions, roles_of
from cupola.script.script_days import DayCount
from cupola.script.suggestions import Known, known_names, not_yet_said, suggestions
from cupola.script.tags import SceneTags, tags_by_scene
from cupola.script.words import WORDS, Words

LONGEST_SYNOPSIS = 90

_OMITTED = frozenset({"OMITTED", "OMIT", "ВЫЧЕРКНУТО"})
_SENTENCE = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


def parse_script(text: str, *, file: str = "script.fountain", words: Words = WORDS) -> Script:
    """Read a screenplay in Fountain and break it down.

    Raises ScriptError with file and line for a text without a scene, two scenes of one number, or a breakdown note that cannot
    be read, and LightError for a light nobody knows. What is only doubtful stands in the `notes` of the script.
    """
    return break_down(parse_fountain(text, file=file, words=words), words=words)


def break_down(screenplay: Screenplay, *, words: Words = WORDS) -> Script:
    """Break a parsed screenplay down; raises as `parse_script` does."""
    head, drafts = _drafts(screenplay)
    told = [*told_of_head(head), *told_of_text(screenplay.paragraphs)]
    _number(drafts, told, file=screenplay.file)
    omitted = tuple(draft.number for draft in drafts if draft.is_omitted and draft.number)
    drafts = [draft for draft in drafts if not draft.is_omitted]
    if not drafts:
        raise _no_scene(screenplay)
    pages = lay_out(screenplay)
    breakdown = _Breakdown(screenplay, pages, told, words)
    scenes = _all_completed(tuple(breakdown.scenes(drafts)), drafts)
    return Script(
        file=screenplay.file,
        title=" ".join(plain(line) for line in screenplay.title_lines("Title")),
        scenes=scenes,
        notes=tuple(sorted(told, key=lambda note: note.line)),
        pages=len(pages) - 1 + page_eighths(pages[-1]) / EIGHTHS_A_PAGE,
        roles=roles_of(scenes, spellings=breakdown.names.by_name),
        omitted=omitted,
    )


def numbers_of(screenplay: Screenplay) -> tuple[str, ...]:
    """Return the number that each heading goes by, written or counted; empty for an omitted one that has none."""
    _, drafts = _drafts(screenplay)
    _number(drafts, [], file=screenplay.file)
    return tuple(draft.number for draft in drafts)


@dataclass(kw_only=True, slots=True)
class _Draft:
    """A heading and what stands under it, until it has a number."""

    heading: Heading
    count: int
    number: str
    body: list[Paragraph] = field(default_factory=list)
    crowd: tuple[Cue, ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(one for one in self.body if isinstance(one, Action))

    @property
    def is_omitted(self) -> bool:
        return self.heading.omitted or self.heading.text.strip(" .").upper() in _OMITTED

    @property
    def told_omitted(self) -> Note:
        return Note(line=self.heading.line, text=f"scene {self.number or '?'} is omitted: nothing to shoot")

    @property
    def end_line(self) -> int:
        """The last line that belongs to the scene; a section heading of the outline below it does not."""
        return max([self.heading.end_line, *(one.end_line for one in self.body if not isinstance(one, Section))])


def _drafts(screenplay: Screenplay) -> tuple[list[Paragraph], list[_Draft]]:
    head: list[Paragraph] = []
    drafts: list[_Draft] = []
    for paragraph in screenplay.paragraphs:
        if isinstance(paragraph, Heading):
            drafts.append(_Draft(heading=paragraph, count=len(drafts) + 1, number=paragraph.number))
        else:
            (drafts[-1].body if drafts else head).append(paragraph)
    return head, drafts


def _no_scene(screenplay: Screenplay) -> ScriptError:
    first = next((one for one in screenplay.paragraphs if isinstance(one, Action)), None)
    remedy = "Start a scene with INT. or EXT. on a line with a blank line above and below: INT. HOUSE - DAY."
    if first and first.text.startswith("<?xml"):
        remedy = "This looks like Final Draft XML; export it as Fountain."
    value = first.text.partition("\n")[0] if first else "no text"
    return ScriptError("a screenplay has at least one scene", value=value, remedy=remedy, file=screenplay.file, line=1)


def _number(drafts: list[_Draft], told: list[Note], *, file: str) -> None:
    """Give every scene a number: those written stay, the others count from 1 past them."""
    taken: dict[str, int] = {}
    for draft in drafts:
        if draft.number in taken:
            remedy = f"Line {taken[draft.number]} has it already; give one of the two another, such as {draft.number}A."
            rule = "a scene number stands once in a script"
            raise ScriptError(rule, value=draft.number, remedy=remedy, file=file, line=draft.heading.line)
        if draft.number:
            taken[draft.number] = draft.heading.line
    told += [draft.told_omitted for draft in drafts if draft.is_omitted]
    bare = [draft for draft in drafts if not draft.number and not draft.is_omitted]
    free = (str(number) for number in count(1) if str(number) not in taken)
    for draft, number in zip(bare, free, strict=False):
        draft.number = number
    if bare:
        which = "no scene is numbered" if not taken else f"{len(bare)} scenes are not numbered"
        text = f"{which}; counted in order, {bare[0].number} to {bare[-1].number}; write #12A# behind a heading to fix one"
        told.append(Note(line=bare[0].heading.line, text=text))


class _Breakdown:
    """Turns drafts into scenes, one after the other, because CONTINUOUS and the days of the story look back."""

    def __init__(self, screenplay: Screenplay, pages: tuple[Page, ...], told: list[Note], words: Words) -> None:
        self.file = screenplay.file
        self.words = words
        self.told = told
        self.eighths = scene_eighths(pages, screenplay.headings)
        self.page_of = {piece.scene: page.number for page in reversed(pages) for piece in page.pieces}
        self.names = names_of((one for one in screenplay.paragraphs if isinstance(one, Cue)), screenplay.cast_list)
        self.tags = tags_by_scene(screenplay.tags, file=screenplay.file)
        self.days = DayCount(screenplay.paragraphs)
        self.colours = {revision.number: revision.colour for revision in screenplay.revisions}
        self.light_word = ""

    def scenes(self, drafts: list[_Draft]) -> Iterator[Scene]:
        for draft in drafts:
            yield self.scene(draft)

    def scene(self, draft: _Draft) -> Scene:
        heading = draft.heading
        place = split_heading(plain(heading.text), self.words)
        notes = read_notes([one for one in draft.body if isinstance(one, NoteText)], file=self.file)
        tags = self.tags.get(draft.count) or SceneTags()
        light = self.light(heading, place.int_ext, place.time_of_day, notes.body.light)
        if not place.hub:
            self.told.append(Note(line=heading.line, text="the heading names no place; write one: INT. HOUSE - DAY"))
        cues = (one for one in draft.body if isinstance(one, Cue))
        people = company(cues, self.names, noted=[*notes.cast, *tags.cast], present=heading.present)
        elements = _once((*notes.elements, *tags.elements))
        scene = Scene(
            number=draft.number,
            heading=heading.text,
            int_ext=place.int_ext,
            hub=place.hub,
            set=place.set,
            time_of_day=place.time_of_day,
            light_word=self.light_word,
            eighths=self.eighths[draft.count],
            cast=people.on_set,
            voices=people.voices,
            shots=_shots(draft, notes, light),
            elements=elements,
            synopsis=_synopsis(draft.body),
            line=heading.line,
            end_line=draft.end_line,
            page=self.page_of[draft.count],
            path=(place.hub, *(place.set.split(" - ") if place.set != place.hub else ())) if place.hub else (),
            background=background_of(elements),
            revision=self.colours.get(max(one.revision for one in (heading, *draft.body)), "") or notes.revision,
        )
        draft.crowd = people.crowd
        day = self.days.of(scene, draft.body, notes.script_day or tags.script_day)
        return replace(scene, script_day=day.text, script_day_guessed=day.is_guess)

    def light(self, heading: Heading, int_ext: str, time_of_day: str, noted: Light | None) -> Light:
        """Read the light of a scene: its note, else its heading; remembers the word for the scene after it."""
        told = told_light(int_ext=int_ext, time_of_day=time_of_day, before=self.light_word, words=self.words)
        self.light_word = told.word
        if noted is not None:
            return noted
        if told.note:
            self.told.append(Note(line=heading.line, text=told.note))
        return told.light


def _all_completed(scenes: tuple[Scene, ...], drafts: list[_Draft]) -> tuple[Scene, ...]:
    """Return the scenes with what only the whole script tells: whom the action names, what it suggests, and the minutes."""
    names = tuple(dict.fromkeys(name for scene in scenes for name in (*scene.cast, *scene.voices)))
    mentions = Mentions(names)
    known = known_names(names, (one for draft in drafts for one in draft.actions))
    return tuple(_completed(scene, draft, mentions, known) for scene, draft in zip(scenes, drafts, strict=True))


def _completed(scene: Scene, draft: _Draft, mentions: Mentions, known: Known) -> Scene:
    there = {*scene.cast, *scene.voices}
    named = dict.fromkeys(name for one in draft.actions for name in mentions.in_text(one.text) if name not in there)
    suggested = not_yet_said(suggestions(draft.actions, known, crowd=draft.crowd), scene.elements)
    return timed(replace(scene, mentioned=tuple(named), suggestions=suggested))


def _shots(draft: _Draft, notes: SceneNotes, light: Light) -> tuple[Shot, ...]:
    def shot(note: ShotNote) -> Shot:
        return Shot(
            scene=draft.number,
            letter=note.letter,
            text=note.text,
            light=light if note.light is None else note.light,
            takes=note.takes or 1,
            take_s=note.seconds,
            work_min=note.minutes,
            line=note.line or draft.heading.line,
        )

    return tuple(shot(note) for note in (notes.body, *notes.shots))


def _once(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    once: dict[tuple[str, str], Element] = {}
    for one in elements:
        once.setdefault((one.category, one.name.casefold()), one)
    return tuple(once.values())


def _synopsis(body: list[Paragraph]) -> str:
    """What the `=` lines say, else the first sentence of action, in one line of at most 90 characters."""
    text = " ".join(one.text for one in body if isinstance(one, Synopsis))
    if not text:
        action = next((one.text for one in body if isinstance(one, Action)), "")
        found = _SENTENCE.search(action)
        text = action[: found.end()] if found else action
    return _shortened(" ".join(plain(text).split()))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_SYNOPSIS:
        return text
    cut = text[: LONGEST_SYNOPSIS - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"
