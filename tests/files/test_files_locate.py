"""The locator against the standard library's reader: every entry that tomllib finds has the line it stands on."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.files.locate import key_lines, line_of

TEXT = '''\
# a comment with [brackets] and = signs
title = "x = [1]"   # line 2

[production]
script = """
[not a table]
a = 1
"""
list = [
  "one",  # "two",
  [1, 2],
  { a = 1, b = [3,
                4] },
]

[[unit]]
id = 'main'
[unit.more]
"quoted key" = 1
[[unit]]
id = "orbit"
[[unit.inner]]
x = 1
[[unit.inner]]
x.y = 2

[scene."42/A"]
light = "orbital night"
when = 2021-10-05T12:22:31Z
at = 2021-10-05 12:22:31
day = 08:00:00
ratio = 1.5
'''

EXPECTED = {
    ("title",): 2,
    ("production", "script"): 5,
    ("production", "list"): 9,
    ("production", "list", 0): 10,
    ("production", "list", 1): 11,
    ("production", "list", 1, 1): 11,
    ("production", "list", 2, "b", 1): 13,
    ("unit", 0): 16,
    ("unit", 0, "id"): 17,
    ("unit", 0, "more", "quoted key"): 19,
    ("unit", 1): 20,
    ("unit", 1, "id"): 21,
    ("unit", 1, "inner", 0, "x"): 23,
    ("unit", 1, "inner", 1, "x", "y"): 25,
    ("scene", "42/A", "light"): 28,
    ("scene", "42/A", "when"): 29,
    ("scene", "42/A", "at"): 30,
    ("scene", "42/A", "ratio"): 32,
}


@pytest.mark.parametrize(("path", "line"), EXPECTED.items())
def test_every_entry_has_its_line(path, line):
    assert key_lines(TEXT)[path] == line


def test_an_entry_that_is_nowhere_has_the_line_of_the_one_above_it():
    lines = key_lines(TEXT)
    assert line_of(lines, ("unit", 1, "nothing", 3)) == 20
    assert line_of(lines, ("nothing",)) is None


def paths_of(value, path=()):
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from paths_of(inner, (*path, key))


def test_every_entry_that_tomllib_finds_is_found():
    assert set(paths_of(tomllib.loads(TEXT))) <= set(key_lines(TEXT))


plain = st.text("abc[]{}#=,.' \n", max_size=8)
values = st.recursive(
    st.integers(-9, 9) | st.booleans() | plain,
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


def written(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\n", "\\n") + '"'
    return "[\n" + ",\n".join(written(item) for item in value) + "]"


@given(st.lists(st.tuples(st.sampled_from("pqrs"), st.dictionaries(st.sampled_from("xyz"), values)), max_size=5))
def test_any_document_is_found_as_tomllib_reads_it(tables):
    text, expected = "", {}
    for number, (table, entries) in enumerate(tables):
        text += f"[[{table}]]\n"
        for key, value in entries.items():
            index = sum(each == table for each, _ in tables[:number])
            expected[(table, index, key)] = text.count("\n") + 1
            text += f"{key} = {written(value)}\n"
    lines = key_lines(text)
    assert set(paths_of(tomllib.loads(text))) <= set(lines)
    assert {path: lines[path] for path in expected} == expected
