"""Programs of random Python, drawn by its grammar."""

from __future__ import annotations

from hypothesis import strategies as st


def _from_grammar() -> st.SearchStrategy[str]:
    # Where it is drawn from, and not where it is named: to read the grammar takes longer than to collect all tests.
    from hypothesmith import from_grammar

    return from_grammar()


ANY_PROGRAM = st.deferred(_from_grammar)
"""The source of any program."""
