"""The reader of the benchmark takes what went wrong for a fault, and what a page shows with an answer for none.
What clicks cost is measured by the benchmark itself."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from tests.benchmarks.browsing import Reader


@pytest.fixture(scope="module")
def blocks() -> list[Any]:
    """The four blocks of code as the server sends them."""
    app = AppTest.from_function(_shown_script).run()
    return [element.proto for element in app.code]


def _shown_script() -> None:
    import streamlit as st

    st.code("select 1", language="sql", wrap_lines=True)
    st.code("select 2", language="sql")
    st.code("FILTER\n  SEQ_SCAN", language=None)
    st.code("Catalog Error: no such table", language=None, wrap_lines=True)


def test_only_the_words_of_a_statement_that_failed_are_a_fault(blocks: list[Any]) -> None:
    faults = []
    for block in blocks:
        said = ForwardMsg()
        said.delta.new_element.code.CopyFrom(block)
        faults.append(Reader(None)._seen(said))
    assert faults == ["", "", "", "Catalog Error: no such table"]
