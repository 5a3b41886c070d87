"""Files that strangers made: what harms is refused with the user's error, what is sound comes through whole."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import ScriptError
from cupola.strangers import DEEPEST_XML, Comment, Node, read_member, read_xml

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"b" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def xml(data: bytes) -> Node:
    return read_xml(data, file="x.fdx", error=ScriptError)


def member(data: bytes) -> bytes:
    return read_member(data, lambda name: name.endswith(".xml"), file="x.fadein", error=ScriptError, kind="a Fade In file")


def zipped(name: str, data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return whole.getvalue()


def test_elements_text_and_comments_keep_their_order_and_place() -> None:
    root = xml('<a x="1">\n  <b>ж<i/>z</b><!--c--></a>'.encode())
    b = root.first("b")
    assert b is not None
    assert (b.line, b.column, b.text) == (2, 3, "жz")
    assert isinstance(root.content[-1], Comment)
    assert [node.name for node in root.within()] == ["a", "b", "i"]


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b"<!DOCTYPE a><a/>"])
def test_a_document_type_is_refused(data: bytes) -> None:
    with pytest.raises(ScriptError, match="declares no document type"):
        xml(data)


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ScriptError, match="deep"):
        xml(b"<a>" * (DEEPEST_XML + 1))


@given(st.binary(max_size=200) | st.text(alphabet="<>/&;abc \"'=!-[]?", max_size=100).map(str.encode))
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    for read in (xml, member):
        with suppress(ScriptError):
            read(data)


def test_an_archive_that_bursts_is_refused() -> None:
    with pytest.raises(ScriptError, match="at most 64 MB"):
        member(zipped("a.xml", bytes(65 * 2**20)))


def test_an_archive_gives_the_member_whatever_path_it_claims() -> None:
    assert member(zipped("../../etc/a.xml", b"<a/>")) == b"<a/>"


def test_an_archive_without_a_script_says_what_it_holds() -> None:
    with pytest.raises(ScriptError, match=r"photo\.jpg"):
        member(zipped("photo.jpg", b""))
