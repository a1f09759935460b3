from __future__ import annotations

import pytest

from sphinx_paramdoc.explanation import glossary, matrices, papers
from sphinx_paramdoc.explanation.formulas import FORMULAS

PAPERS = [paper for paper in vars(papers).values() if isinstance(paper, papers.Reference)]


def test_every_class_with_a_formula_has_an_entry_and_no_other() -> None:
    assert set(glossary.KINDS) == set(FORMULAS)


def test_every_quantisation_with_a_formula_has_an_entry() -> None:
    assert set(glossary.VARIANTS) == {*matrices.STORED, "lora", "renorm"}


def test_each_kind_has_a_title_of_its_own() -> None:
    kinds = dict.fromkeys([*glossary.KINDS.values(), *glossary.VARIANTS.values()])
    titles = [kind.title for kind in kinds]
    assert len(set(titles)) == len(titles)
    for kind in kinds:
        assert kind.weights.endswith(".")


def test_every_paper_is_of_some_kind() -> None:
    kinds = [*glossary.KINDS.values(), *glossary.VARIANTS.values()]
    assert {paper for kind in kinds for paper in kind.references} == set(PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_a_paper_at_arxiv_has_the_year_of_its_number(paper: papers.Reference) -> None:
    if paper.label.startswith("arXiv:"):
        assert paper.label[6:8] == str(paper.year)[2:]
    else:
        assert paper.label.startswith(("doi:10.", "www."))
