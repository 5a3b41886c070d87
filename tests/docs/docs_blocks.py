"""The blocks of a document, and a reader who does what they say, in order, in a folder of his own.

    ```console                                      commands behind `$ `, each with the output it must give
    ```python                                       a program, or `>>>` lines with their results
    ```toml file=film/production.toml change        each `key = value` takes the place of that key's one line
    ```toml file=film/production.toml append        the text goes to the end of the file
    ```fountain file=film/a.fountain after="LINE"   the text goes below that line, with blank lines around it
    ```fountain file=a.fountain                     the text is the file

Every other block is for the eye only. In an output `...` stands for any text, and white space counts as one space.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cupola.cli import main

SHELL = {"cp", "ls", "mkdir"}
"""Commands of the system that a document may use, beside `cupola`."""

FENCE = re.compile(r"^```(\w*)([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRESS = re.compile(r"^\s*\d+\.\d s  .*\n", re.MULTILINE)
ENDS_BADLY = re.compile(r"^error: |^(\d+|\.\.\.) rules? (is|are) broken\.$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block: where it stands, its language, what stands behind the language, and its text."""

    where: str
    language: str
    options: str
    text: str


def blocks_of(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    return [
        Block(
            where=f"{path.name}:{text.count(chr(10), 0, found.start()) + 1}",
            language=found[1],
            options=found[2].strip(),
            text=found[3],
        )
        for found in FENCE.finditer(text)
    ]


def commands_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output that stands below it."""
    for part in re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command.strip(), output


def is_like(found: str, shown: str) -> bool:
    """Whether an output is the one that a document shows."""
    pattern = ".*".join(re.escape(part.strip()) for part in _plain(shown).split("..."))
    return re.fullmatch(pattern, _plain(found), re.DOTALL) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub("─+", "─", text).split())


def cupola(*words: str) -> tuple[int, str, str]:
    """Run a verb in this process: its exit code, and what it says on stdout and stderr."""
    out, err, before, hand = io.StringIO(), io.StringIO(), sys.argv, signal.getsignal(signal.SIGINT)
    sys.argv = ["cupola", *words]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv = before
        signal.signal(signal.SIGINT, hand)
    return code, out.getvalue(), err.getvalue()


@dataclass(kw_only=True)
class Reader:
    """Somebody who follows one document from top to bottom; his folder is the current one."""

    home: Path
    names: dict[str, Any] = field(default_factory=dict)

    def follow(self, block: Block) -> None:
        if block.language == "console":
            for command, shown in commands_of(block.text):
                self.run(block, command, shown)
        elif "file=" in block.options:
            self.edit(block)
        elif block.language == "python":
            self.python(block)

    def run(self, block: Block, command: str, shown: str) -> None:
        first, *words = shlex.split(command)
        assert first == "cupola" or first in SHELL, f"{block.where}: no document may ask for {command}"
        if first == "cupola":
            code, out, err = cupola(*words)
        else:
            done = subprocess.run(command, shell=True, cwd=self.home, capture_output=True, text=True, check=False)
            code, out, err = done.returncode, done.stdout, done.stderr
        found = PROGRESS.sub("", err) + out
        assert bool(code) == bool(ENDS_BADLY.search(found)), f"{block.where}: $ {command} ended with {code}\n{found}"
        assert bool(code) == bool(ENDS_BADLY.search(shown)) or not shown, f"{block.where}: $ {command}\n{found}"
        assert not shown or is_like(found, shown), f"{block.where}: $ {command}\n{found}"

    def edit(self, block: Block) -> None:
        options = dict(word.partition("=")[::2] for word in shlex.split(block.options))
        path = self.home / options["file"]
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if "change" in options:
            after = changed(before, block)
        elif "append" in options:
            after = f"{before}\n{block.text}"
        elif "after" in options:
            assert before.count(f"\n{options['after']}\n") == 1, f"{block.where}: no such line, or more than one"
            after = before.replace(f"\n{options['after']}\n", f"\n{options['after']}\n\n{block.text}")
        else:
            after = block.text
        path.write_text(after, encoding="utf-8")

    def python(self, block: Block) -> None:
        if ">>>" not in block.text:
            exec(compile(block.text, block.where, "exec"), self.names)
            return
        test = doctest.DocTestParser().get_doctest(block.text, self.names, block.where, block.where, 0)
        test.globs = self.names
        said = io.StringIO()
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        result = doctest.DocTestRunner(optionflags=flags).run(test, out=said.write, clear_globs=False)
        assert result.failed == 0, said.getvalue()


def changed(text: str, block: Block) -> str:
    """Return a TOML text with each `key = value` line of a block in place of the one line of that key."""
    lines = text.split("\n")
    for line in block.text.strip().split("\n"):
        key = line.partition("=")[0].strip()
        at = [n for n, old in enumerate(lines) if old.partition("=")[0].strip() == key]
        assert len(at) == 1, f"{block.where}: {key} stands {len(at)} times in the file"
        lines[at[0]] = line
    return "\n".join(lines)
