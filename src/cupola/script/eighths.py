"""Eighths of a page: a page is 8/8 whatever it holds, its scenes share them by their lines, and no scene is below 1/8."""

from __future__ import annotations

from cupola.script.pages import LINES_A_PAGE, Page

EIGHTHS_A_PAGE = 8


def page_eighths(page: Page) -> int:
    """Count the eighths of a page: eight, unless a page break or the end cuts it short; then what it holds, at least one."""
    if not page.is_cut_short:
        return EIGHTHS_A_PAGE
    return max(1, round(page.height * EIGHTHS_A_PAGE / LINES_A_PAGE))


def scene_eighths(pages: tuple[Page, ...]) -> dict[int, int]:
    """Count the eighths of each scene, by the count of its heading (1 for the first).

    On every page the scenes (and what stands above the first) share its eighths by largest remainder, so that a page adds up.
    It adds up to more only where more scenes lie on it than it has eighths.
    """
    last_page = {piece.scene: page.number for page in pages for piece in page.pieces}
    total: dict[int, int] = {}
    for page in pages:
        lines: dict[int, int] = {}
        for piece in page.pieces:
            lines[piece.scene] = lines.get(piece.scene, 0) + piece.height
        due = {scene for scene in lines if scene and last_page[scene] == page.number and not total.get(scene)}
        for scene, eighths in shared_out(page_eighths(page), lines, due).items():
            total[scene] = total.get(scene, 0) + eighths
    total.pop(0, None)
    return total


def shared_out(eighths: int, lines: dict[int, int], due: set[int]) -> dict[int, int]:
    """Share eighths by lines, by largest remainder; each scene that is `due` gets at least one, even beyond `eighths`.

    >>> shared_out(8, {1: 30, 2: 20, 3: 4}, {3})
    {1: 4, 2: 3, 3: 1}
    """
    all_lines = sum(lines.values())
    given = {scene: max(eighths * count // all_lines, int(scene in due)) for scene, count in lines.items()}

    def too_much(scene: int) -> int:
        return given[scene] * all_lines - eighths * lines[scene]

    while sum(given.values()) < eighths:
        given[min(given, key=too_much)] += 1
    while sum(given.values()) > eighths:
        above_least = [scene for scene in given if given[scene] > (scene in due)]
        if not above_least:
            break
        given[max(above_least, key=too_much)] -= 1
    return given
