"""What tables say in other languages: all of it, and nothing of it in what programs read."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from docutils import nodes

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import papers
from sphinx_paramdoc.explanation.formulas import FORMULAS
from sphinx_paramdoc.explanation.glossary import KINDS, VARIANTS
from sphinx_paramdoc.explanation.symbols import symbols
from sphinx_paramdoc.expression import Dimension, Number
from sphinx_paramdoc.rendering import formats, legend, node_kinds, words
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.said import ENGLISH, Formula, Name, Said, Words, counted, joined, label, listed, run_on, said
from sphinx_paramdoc.sphinx_ext.language import placeholders
from sphinx_paramdoc.table import quoting
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import COLUMNS, chosen
from sphinx_paramdoc.table.drawing import graph_of
from sphinx_paramdoc.table.legend import LegendEntry
from tests.sphinx_paramdoc.languages import ADVICE, WORD, ZHE, leaves, untranslated
from tests.sphinx_paramdoc.makers import Maker, layer, of
from tests.sphinx_paramdoc.table.networks import resnet50
from tools import catalogues

COME_ALONG = ("de", "ja")


template = cache(catalogues.template)


def catalogue(language: str) -> Catalog:
    with (catalogues.FOLDER / language / "LC_MESSAGES" / f"{catalogues.NAME}.po").open("rb") as file:
        return read_po(file, language)


def strings(message: Message) -> list[tuple[str, str]]:
    """Give each translation of a message with the English that it is held to."""
    if isinstance(message.id, (tuple, list)):
        return [(message.id[-1], string) for string in message.string or ()]
    return [(message.id, str(message.string))]


# Texts


def test_a_text_is_english_until_it_is_said() -> None:
    text = said("{count:,} of {name}", count=2048, name="dense")
    assert text == "2,048 of dense"
    assert ENGLISH(text) == text
    assert type(ENGLISH(text)) is str


def test_values_change_places_and_are_said_as_well() -> None:
    class Backwards:
        def gettext(self, message: str, /) -> str:
            return {"{what} of {name}": "{name}: {what}", "weights": "Gewichte"}.get(message, message)

        def ngettext(self, singular: str, plural: str, number: int, /) -> str:
            return {"{number} layer": "{number} Schicht", "{number} layers": "{number} Schichten"}[
                singular if number == 1 else plural
            ]

    language = Backwards()
    text = said("{what} of {name}", what=said("weights"), name="weights")
    assert text.again(language) == "weights: Gewichte"
    assert counted(1, "{number} layer", "{number} layers").again(language) == "1 Schicht"
    assert counted(2, "{number} layer", "{number} layers").again(language) == "2 Schichten"
    both = run_on("a ", said("weights"))
    assert isinstance(both, Said)
    assert both.again(language) == "a Gewichte"


def test_names_of_code_and_formulas_stay_what_they_are_in_any_order() -> None:
    class Backwards:
        def gettext(self, message: str, /) -> str:
            return {"{name} has {formula}.": "{formula} hat {name}."}.get(message, message)

        def ngettext(self, singular: str, plural: str, number: int, /) -> str:
            return f"{number} {singular if number == 1 else plural}"

    text = said("{name} has {formula}.", name=Name("width"), formula=Formula("2 × a + b − 3 × c"))
    kinds = [(type(piece), piece) for piece in Words(Backwards()).parts(text)]
    assert kinds == [(Formula, "2 × a + b − 3 × c"), (str, " hat "), (Name, "width"), (str, ".")]
    assert "".join(ENGLISH.parts(text)) == text == "width has 2 × a + b − 3 × c."
    assert Formula("2 × a + b − 3 × c").products == ["2 × a", "+ b", "− 3 × c"]
    row = run_on(Name("width"), " = 3", listed([Name("a"), Name("b")]))
    assert [piece for piece in ENGLISH.parts(row) if isinstance(piece, Name)] == ["width", "a", "b"]
    assert list(ENGLISH.parts(counted(2, "{number:,} of {name}", "{number:,} of {name}s", name=Name("x")))) == [
        "2",
        " of ",
        Name("x"),
        "s",
    ]
    assert type(ENGLISH(Formula("a + b"))) is Formula


def test_names_and_numbers_alone_are_plain_text() -> None:
    assert type(run_on("dense", " 2,048")) is str
    assert listed(["dense"]) == joined(["dense"]) == "dense"
    assert ZHE("weights") == "weights"


def test_texts_are_joined_as_a_language_does_it() -> None:
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert ZHE(joined(["a", "b", "c"])) == "a, b жжж c"


def test_a_text_outlives_the_environment_that_keeps_it() -> None:
    formula = symbols(Number(2, "gates") * Dimension(2, "units"))
    for text in (said("no weights"), said("own {weight}", weight=said("no weights")), formula):
        assert text is not None
        for kept in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):
            assert kept == text
            assert ZHE(kept) == ZHE(text) != text


def test_what_a_formula_is_made_of_is_said_number_by_number() -> None:
    formula = Number(4, "gates: input, forget, cell, output") * Dimension(3, "units")
    told = symbols(formula)
    assert told == "4 × units; 4 gates: input, forget, cell, output"
    assert ZHE(told) == "4 × жжжжж; 4 жжжжж: жжжжж, жжжжжж, жжжж, жжжжжж"


def test_a_name_that_no_catalogue_knows_stays() -> None:
    told = symbols(Dimension(3, "experts of mine") * Dimension(4, "units"))
    assert told is not None
    assert ZHE(told) == "experts of mine × жжжжж"


# Catalogues


def test_all_that_is_said_is_written_out_and_given_to_translators() -> None:
    kept = (catalogues.FOLDER / f"{catalogues.NAME}.pot").read_text(encoding="utf-8")
    assert catalogues.written(template()) == kept, (
        "python tools/catalogues.py brings the catalogues up to what the code says"
    )


@pytest.mark.parametrize(
    "code", ["said(f'{n} layers')", "said('a' + b)", "counted(2, f'{n}', 'b')", "Number(1, f'{n}')"]
)
def test_what_is_put_together_is_refused_with_a_way_out(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wording.py").write_text(f"\n{code}\n", encoding="utf-8")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    with pytest.raises(catalogues.NotWrittenOutError, match=r"wording\.py:2: .*Write out a pattern with placeholders"):
        list(catalogues.patterns())


@pytest.mark.parametrize("language", COME_ALONG)
def test_a_language_that_comes_along_is_complete(language: str) -> None:
    kept = catalogue(language)
    ids = [message.id for message in template() if message.id]
    assert [message.id for message in kept if message.id] == ids
    assert not kept.obsolete
    for message in kept:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        for english, translation in strings(message):
            assert translation, f"{language}: {message.id!r} has no translation"
            assert placeholders(translation) == placeholders(english), (english, translation)
            assert not (translation == english and len(WORD.findall(english)) > 2), english


@pytest.mark.parametrize("language", COME_ALONG)
def test_a_catalogue_is_written_as_the_tool_writes_it(language: str) -> None:
    file = catalogues.FOLDER / language / "LC_MESSAGES" / f"{catalogues.NAME}.po"
    assert catalogues.written(catalogues.updated(catalogue(language))) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("begun", ["{numbers}; each ", "{number:,} layer, each with ", "{number:,} layer, each "])
def test_a_sentence_that_a_phrase_follows_has_no_blank_before_it_in_japanese(begun: str) -> None:
    message = catalogue("ja").get(begun)
    assert message
    assert [text for _, text in strings(message) if text != text.rstrip()] == []


# Tables


def names_in(*holders: object) -> set[str]:
    return {word for holder in holders for leaf in leaves(holder) for word in WORD.findall(leaf)} | {
        *("None", "KiB", "MiB", "GiB"),
    }


def composite(make: Maker) -> facts.Model:
    """Make a model of all that a table may say besides explanations."""
    blocks = [make.block(f"block_{number}", first=2 * number) for number in range(3)]
    quiet = [
        facts.Layer(name, name, f"keras.layers.{kind}", connected_to=["block_2"])
        for name, kind in (("drop", "Dropout"), ("flat", "Flatten"), ("add_up", "Add"))
    ]
    odd = layer("odd", weights=[make.weight("odd", "alone")], is_searched=True)
    return of([*blocks, *quiet, odd, make.dense("last", connected_to=["odd"])], make.weights)


@pytest.mark.parametrize("depth", [0, 2])
def test_a_table_is_said_as_a_whole(make: Maker, depth: int) -> None:
    from sphinx_paramdoc import table

    for model in (composite(make), resnet50()):
        built = table.build(model)
        names = names_in(model, {row.short_class: "" for row in built.rows})
        for view in (arrange(built, depth=depth), arrange(table.build(model, unfold=True), layers=["*a*"])):
            shown = rendering.render(view, chosen(tuple(COLUMNS)), words=ZHE)
            for node in nodes.container("", *shown).findall(nodes.Element):
                told = [node.astext(), *(node.get(name, "") for name in ("opens", "others", "title", "heading"))]
                told = told if isinstance(node, (nodes.entry, nodes.paragraph, node_kinds.layer_row)) else told[1:]
                for text in told:
                    assert not (left := untranslated(text, names)), f"{left} of {text!r} {ADVICE}"


def test_a_diagram_is_said_as_a_whole(make: Maker) -> None:
    from sphinx_paramdoc import table
    from sphinx_paramdoc.rendering import dot

    for model in (composite(make), resnet50()):
        drawn = graph_of(arrange(table.build(model)))
        names = names_in(model, {row.class_name: "" for row in table.build(model).rows})
        told = [words.title(drawn, ZHE), *words.sentences(drawn, ZHE).values(), words.prose(["x"], ZHE)]
        labels = [line for line in dot.written(drawn, ZHE).splitlines() if "label=" in line and "graph [" not in line]
        known = {*names, *("label", "fillcolor", "style", "rounded", "filled", "dashed")}
        for text in [*told, *labels]:
            assert not (left := untranslated(text.replace("\\n", " ").replace("\\l", " "), known)), f"{left} {ADVICE}"


def test_a_legend_is_said_as_a_whole() -> None:
    for kind in [*KINDS.values(), *VARIANTS.values()]:
        [told] = legend.render([LegendEntry(kind)], ZHE)
        references = names_in(*(each.title for each in kind.references), *(each.url for each in kind.references))
        authors = {word for each in kind.references for word in WORD.findall(each.authors)} - {"and", "others"}
        text = told.astext()
        assert not (left := untranslated(text, references | authors | {"doi", "arXiv"})), f"{left} of {text!r} {ADVICE}"


def test_what_families_always_say_is_said() -> None:
    for family in FORMULAS.values():
        assert not untranslated(ZHE(family.note), set()), f"{family.note!r} {ADVICE}"


def test_what_prose_quotes_is_said(make: Maker) -> None:
    from sphinx_paramdoc import table

    model = composite(make)
    names = names_in(model)
    found = quoting.quotables(table.build(model), table.build(model, unfold=True), ZHE)
    for quotable in found.values():
        for text in quotable.formulas.values():
            assert type(text) is str
            assert not (left := untranslated(text, names)), f"{left} of {text!r} {ADVICE}"


@pytest.mark.parametrize("form", ["text", "markdown", "rst", "html", "json", "dot"])
def test_what_is_no_page_stays_english(form: str, make: Maker) -> None:
    from sphinx_paramdoc import table

    assert "without weights" in formats.write(table.build(composite(make)), form, depth=2) or form in {"json", "dot"}


def test_numbers_are_those_of_json_in_every_language(make: Maker) -> None:
    from sphinx_paramdoc import table

    view = arrange(table.build(resnet50()))
    assert ZHE(view.explanation) == "25,583,592 жжжжжжжжж + 53,120 жжж-жжжжжжжжж"


def test_papers_keep_their_names() -> None:
    assert ZHE(papers.BATCH.authors) == "Sergey Ioffe жжж Christian Szegedy"
    assert label("units") == "units"


# What is English for ever


def test_no_sentence_is_put_together_without_a_pattern(repository: Path) -> None:
    """An f-string makes a text that no language can say anew, however well what stands in it could."""
    found: list[str] = []
    for room in ("explanation", "table"):
        for path in sorted((repository / "sphinx_paramdoc" / room).rglob("*.py")):
            found += put_together(path)
    assert not found, f"{found} {ADVICE}"


def put_together(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.FunctionDef) and node.name in OF_NO_PAGE):
            passed.update(id(inner) for inner in ast.walk(node))
    return [
        f"{path.name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if id(node) not in passed and is_put_together(node)
    ]


def is_put_together(node: ast.AST) -> bool:
    """Tell whether code puts a sentence together: it fills words into a text, or joins others with signs."""
    if isinstance(node, ast.JoinedStr):
        literals = (part.value for part in node.values if isinstance(part, ast.Constant))
        return any(SENTENCE.search(str(text)) for text in literals)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"join", "format"}:
        text = node.func.value.value if isinstance(node.func.value, ast.Constant) else None
        return isinstance(text, str) and bool(SENTENCE.search(text) or ";" in text or ":" in text)
    return False


SENTENCE = re.compile(r"[a-z]{2,} | [a-z]{2,}|; |: ")

OF_NO_PAGE = {
    *("unproven_explainers", "_disproof", "differences", "_complaint", "_like", "trouble", "not_built"),  # warnings
    *("plain_name", "_key"),  # ids of rows
    "_shape",  # written as code is
}
"""The functions whose texts no page shows."""
