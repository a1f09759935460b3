from __future__ import annotations

from docutils import nodes

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.explanation.glossary import KINDS
from sphinx_paramdoc.explanation.papers import BATCH
from sphinx_paramdoc.rendering import legend as rendering
from sphinx_paramdoc.said import Words
from sphinx_paramdoc.table import legend


def shown(seed: facts.Model) -> nodes.definition_list:
    contents = table.build(seed)
    [given] = rendering.render(legend.entries(seed, contents, contents.outermost()))
    assert isinstance(given, nodes.definition_list)
    return given


def texts(item: nodes.definition_list_item) -> list[str]:
    return [node.astext() for node in item.findall() if isinstance(node, (nodes.term, nodes.paragraph))]


def test_each_kind_is_a_definition(seed: facts.Model) -> None:
    dense, norm = shown(seed).findall(nodes.definition_list_item)
    assert texts(dense) == [
        "Dense",
        "inputs × units + units",
        (
            "The kernel holds a weight for each pair of an input and a unit; the bias, if there is one, a number for "
            "each unit."
        ),
    ]
    assert texts(norm) == [
        "Batch normalization",
        "4 (gamma, beta, moving mean, moving variance) × channels",
        KINDS["keras.layers.BatchNormalization"].weights,
        f"Sergey Ioffe and Christian Szegedy, {BATCH.title} (2015), arXiv:1502.03167",
    ]


def test_a_paper_is_a_link(seed: facts.Model) -> None:
    [link] = shown(seed).findall(nodes.reference)
    assert (link.astext(), link["refuri"]) == ("arXiv:1502.03167", "https://arxiv.org/abs/1502.03167")


def test_a_paper_has_the_commas_of_its_language(seed: facts.Model) -> None:
    class Commas:
        def gettext(self, message: str, /) -> str:
            return {", ": "、", "{authors} and {author}": "{authors}、{author}"}.get(message, message)

        def ngettext(self, singular: str, plural: str, number: int, /) -> str:
            return singular if number == 1 else plural

    contents = table.build(seed)
    [given] = rendering.render(legend.entries(seed, contents, contents.outermost()), Words(Commas()))
    *_, paper = given.findall(nodes.paragraph)
    assert paper.astext() == f"Sergey Ioffe、Christian Szegedy、{BATCH.title} (2015)、arXiv:1502.03167"


def test_nothing_to_define_is_nothing_at_all() -> None:
    assert rendering.render([]) == []


def test_the_legend_is_no_matter_for_translators_nor_for_typographic_quotes(seed: facts.Model) -> None:
    given = shown(seed)
    assert given["support_smartquotes"] is False
    assert all(paragraph["translatable"] is False for paragraph in given.findall(nodes.paragraph))
