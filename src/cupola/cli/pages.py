"""`cupola pages`: how the eighths of each scene came about, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import PRODUCTION_NAME, AsJson
from cupola.cli.say import print_json, print_table, say, told_pages
from cupola.errors import CupolaError, ScriptError

if TYPE_CHECKING:
    from cupola.model import Production, Scene
    from cupola.script.eighths import EighthsAccount, PageShare
    from cupola.script.elements import Screenplay
    from cupola.script.pages import Page, Paper

Source = Annotated[str, typer.Argument(metavar="DIR|FILE", help="A production's folder, or a script (default: here).")]
SceneNumber = Annotated[str, typer.Argument(metavar="SCENE", help="One scene, page by page.")]
PaperName = Annotated[str, typer.Option("--paper", metavar="letter|a4", help="The paper of the script.")]

PAPER_TEXT = {"letter": "US letter", "a4": "A4"}
LONGEST_SET = 28


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A scene and its account; `own_line` is the line of production.toml that gives it a figure, 0 where none does."""

    scene: Scene
    account: EighthsAccount
    own_line: int = 0

    @property
    def word(self) -> str:
        return "production" if self.own_line else self.account.word

    @property
    def exact(self) -> float:
        return round(float(self.account.exact), 2)


def pages(source: Source = "", scene: SceneNumber = "", paper: PaperName = "letter", as_json: AsJson = False) -> None:
    """Show how the eighths of each scene came about."""
    path, number = _source_and_scene(source, scene)
    on = paper_named(paper)
    screenplay, laid, counted = _counted(path, on)
    chosen = [_one(counted, number, screenplay.file)] if number else counted
    if as_json:
        print_json(_document(screenplay, laid, chosen, on))
    elif number:
        _print_one(chosen[0], counted)
    else:
        _print_all(screenplay, laid, counted, on)


def paper_named(name: str) -> Paper:
    """Return a paper by its name; raises ScriptError for one that scripts are not written on."""
    from cupola.script.pages import LINES_ON

    for paper in LINES_ON:
        if name.casefold().removeprefix("us-") == paper:
            return paper
    raise ScriptError("a script's paper is letter or a4", value=name, remedy="write --paper letter or --paper a4")


def read_screenplay(path: Path, production: Production | None = None) -> Screenplay:
    """Read the screenplay that a file holds, before it is broken down, with the words of its production."""
    from cupola.files.folder import SCRIPT_LIMIT, read_limited
    from cupola.files.production import script_of
    from cupola.script.formats import parse_screenplay
    from cupola.script.words import WORDS

    words = script_of(Path(production.folder))[1] if production else WORDS
    with told_pages(path) as progress:
        return parse_screenplay(read_limited(path, SCRIPT_LIMIT), file=str(path), progress=progress, words=words)


def _source_and_scene(source: str, scene: str) -> tuple[Path, str]:
    """Tell a path from a scene: `DIR SCENE`, or a scene alone where the production is here."""
    if scene or not source or Path(source).exists() or not Path(PRODUCTION_NAME).is_file():
        return Path(source or "."), scene
    return Path(), source


def _counted(path: Path, paper: Paper) -> tuple[Screenplay, tuple[Page, ...], list[Counted]]:
    from cupola.files import read_production
    from cupola.script.breakdown import break_down
    from cupola.script.eighths import eighths_accounts
    from cupola.script.pages import lay_out

    is_script = path.is_file() or (path.suffix != "" and not path.is_dir())
    production = None if is_script else read_production(path)
    screenplay = read_screenplay(Path(production.script.file) if production else path, production)
    script = production.script if production else break_down(screenplay)
    own = _own_lines(path) if production else {}
    laid = lay_out(screenplay, paper=paper)
    by_line = {scene.line: scene for scene in script.scenes}
    found = [
        Counted(scene=by_line[account.line], account=account, own_line=own.get(by_line[account.line].number, 0))
        for account in eighths_accounts(laid, screenplay.headings)
        if account.line in by_line
    ]
    return screenplay, laid, found


def _own_lines(folder: Path) -> dict[str, int]:
    """The lines of production.toml that give scenes eighths, by scene."""
    from cupola.files.folder import read_toml

    toml, _ = read_toml(folder / PRODUCTION_NAME)
    tables = toml.data.get("scene", {})
    return {number: toml.line(("scene", number, "eighths")) for number, table in tables.items() if "eighths" in table}


def _one(counted: list[Counted], number: str, file: str) -> Counted:
    from cupola.files import did_you_mean

    for each in counted:
        if each.scene.number == number:
            return each
    numbers = [each.scene.number for each in counted]
    raise _unknown(number, file, did_you_mean(number, numbers, f"there are {numbers[0]} to {numbers[-1]}"))


def _unknown(number: str, file: str, remedy: str) -> CupolaError:
    return ScriptError("the script has no such scene", value=number, remedy=remedy, file=file)


# ------------------------------------------------------------------------------------------------------------- as text


def _print_all(screenplay: Screenplay, laid: tuple[Page, ...], counted: list[Counted], paper: Paper) -> None:
    from cupola.model import pages_text
    from cupola.script.pages import LINES_ON

    head = ["Scene", "Set", "Page", "Lines", "Exact", "Pages", "Final Draft", "Why"]
    print_table(title_text(screenplay), head, [_row(each) for each in counted], right=[2, 4, 5, 6])
    total = sum(each.scene.eighths for each in counted)
    drafted = sum(each.account.final_draft for each in counted)
    size = f"{PAPER_TEXT[paper]}, {LINES_ON[paper]} lines"
    scenes = f"{len(counted)} scenes" if len(counted) > 1 else "1 scene"
    say(f"{scenes}, {pages_text(total)} pages; {length_text(laid)} laid out ({size} a page).")
    say(f"Exact: eighths of the pages it shares. Final Draft rounds every scene up: {pages_text(drafted)} pages.")


def title_text(screenplay: Screenplay) -> str:
    """Write the title of a screenplay without emphasis marks, as its scenes' table has it."""
    from cupola.script.emphasis import plain

    return " ".join(plain(line) for line in screenplay.title_lines("Title"))


def length_text(laid: tuple[Page, ...]) -> str:
    """Write how long a script is."""
    from cupola.model import pages_text
    from cupola.script.eighths import page_eighths

    return f"{pages_text(sum(page_eighths(page) for page in laid))} on {len(laid)} page{'s' if len(laid) > 1 else ''}"


def _row(each: Counted) -> list[str]:
    from cupola.model import pages_text

    account = each.account
    words = each.scene.place_words
    place = words if len(words) <= LONGEST_SET else f"{words[: LONGEST_SET - 1]}…"
    drafted = pages_text(account.final_draft)
    on = _span(account.shares)
    return [each.scene.number, place, on, _lines_text(account.shares), f"{each.exact:.2f}", _eighths(each), drafted, why(each)]


def _eighths(each: Counted) -> str:
    from cupola.model import pages_text

    return pages_text(each.scene.eighths)


def _span(shares: tuple[PageShare, ...]) -> str:
    first, last = shares[0].page, shares[-1].page
    return first if first == last else f"{first}-{last}"


def _lines_text(shares: tuple[PageShare, ...]) -> str:
    """Write the lines of a scene, page by page: `12 of 54 + 30 of 52`; whole pages in a row as `3 pages`."""
    from cupola.script.eighths import EIGHTHS_A_PAGE

    parts: list[str] = []
    whole = 0
    for share in (*shares, None):
        if share is not None and share.exact == EIGHTHS_A_PAGE:
            whole += 1
            continue
        if whole:
            parts.append(f"{whole} page{'s' if whole > 1 else ''}")
            whole = 0
        if share is not None:
            parts.append(f"{share.lines} of {share.of}")
    return " + ".join(parts)


def why(each: Counted) -> str:
    """Say whose word the eighths are, and what rounding did."""
    from cupola.model import pages_text

    account = each.account
    if each.word != "counted":
        whose = f"production.toml:{each.own_line}" if each.own_line else "length in the file"
        return whose if each.scene.eighths == account.counted else f"{whose}; counted {pages_text(account.counted)}"
    if account.counted == account.exact:
        return "as it is"
    if account.exact < 1 and account.counted == 1:
        return "never below 1/8"
    return "rounded up" if account.counted > account.exact else "rounded down"


def _print_one(each: Counted, counted: list[Counted]) -> None:
    from cupola.model import pages_text

    rows = [
        [
            share.page,
            f"{share.lines} of {share.of}",
            f"{float(share.exact):.2f}",
            f"{share.eighths}/8",
            _others(each, share, counted),
        ]
        for share in each.account.shares
    ]
    say(f"Scene {each.scene.number}: {each.scene.heading}")
    print_table("", ["Page", "Lines", "Exact", "Eighths", "Beside it on the page"], rows, right=[0, 2, 3])
    account = each.account
    say(f"Counted {pages_text(account.counted)}; Final Draft would say {pages_text(account.final_draft)}.")
    say(f"The board uses {pages_text(each.scene.eighths)}: {why(each)}.")


def _others(each: Counted, share: PageShare, counted: list[Counted]) -> str:
    others = [
        f"{other.scene.number} {theirs.eighths}/8"
        for other in counted
        if other is not each
        for theirs in other.account.shares
        if theirs.page == share.page
    ]
    return ", ".join(others) or "nothing"


# ------------------------------------------------------------------------------------------------------------- as JSON


def _document(screenplay: Screenplay, laid: tuple[Page, ...], counted: list[Counted], paper: Paper) -> dict[str, Any]:
    from cupola.script.eighths import page_eighths
    from cupola.script.pages import LINES_ON

    return {
        "title": title_text(screenplay),
        "file": screenplay.file,
        "paper": paper,
        "lines_a_page": LINES_ON[paper],
        "pages": len(laid),
        "page_eighths": sum(page_eighths(page) for page in laid),
        "eighths": sum(each.scene.eighths for each in counted),
        "final_draft_eighths": sum(each.account.final_draft for each in counted),
        "scenes": [_scene(each) for each in counted],
    }


def _scene(each: Counted) -> dict[str, Any]:
    account = each.account
    return {
        "number": each.scene.number,
        "heading": each.scene.heading,
        "line": each.scene.line,
        "eighths": each.scene.eighths,
        "word": each.word,
        "own_line": each.own_line or None,
        "file_eighths": account.file_eighths,
        "counted": account.counted,
        "exact": each.exact,
        "final_draft": account.final_draft,
        "pages": [
            {
                "page": share.page,
                "lines": share.lines,
                "of": share.of,
                "exact": round(float(share.exact), 2),
                "eighths": share.eighths,
            }
            for share in account.shares
        ],
    }
