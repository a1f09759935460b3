"""Pages in the project's language: what a reader of them sees, and what stays as it is."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.sphinx_paramdoc.projects import Built, Project
from tools import catalogues

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

PAGE = """\
Klassifikator
=============

.. paramsummary::
   :caption: Titel
   :name: mlp
   :legend:
   :diagram:
   :columns: layer class input-shape output-shape params trainable non-trainable share size dtype connected-to weights
      explanation

   x = keras.layers.Input(batch_shape=(None, 4096))
   hidden = keras.layers.Dense(512, activation="relu")(x)
   hidden = keras.layers.BatchNormalization()(hidden)
   hidden = keras.layers.Dropout(0.5)(hidden)
   keras.Model(x, keras.layers.Dense(80)(hidden))

.. paramsummary::
   :depth: 1
   :legend:

   x = y = keras.Input((8, 16))
   for number in range(6):
       y = keras.layers.Add()([y, keras.layers.MultiHeadAttention(2, 4)(y, y)])
       y = keras.layers.LayerNormalization()(y)
   y = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))(y)
   y = keras.layers.PReLU()(keras.layers.TimeDistributed(keras.layers.Dense(4))(y))
   model = keras.Model(x, keras.layers.Flatten()(keras.layers.ReLU()(y)))
   for each in model.layers[:6]:
       each.trainable = False
   model

.. paramsummary::
   :layers: d*
   :code: collapsed

   dense = [keras.layers.Dense(4, name=f"d{number}") for number in range(9)]
   keras.Sequential([keras.Input((4,)), *dense, keras.layers.Softmax()])

.. paramsummary::

   1 / 0

Prosa: :paramformula:`mlp/batch_normalization`, :paramformula:`mlp size`.
"""

NAMES = {
    *("input", "layer", "dense", "batch", "normalization", "dropout", "multi", "head", "attention", "flatten"),
    *("bidirectional", "time", "distributed", "layer_normalization", "kernel", "bias", "gamma", "beta", "moving_mean"),
    *("mean", "variance", "query", "value", "output", "softmax", "float32", "functional", "sequential", "forward"),
    *("moving", "backward", "lstm", "prelu", "none", "embedding", "cell", "key"),
}
"""What layers and weights are called, word by word, and what numbers are written in."""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, Built]]:
    """One project after the other in English, German and Japanese; nothing is executed again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        made = Project(tmp_path_factory.mktemp("spoken"), "paramdoc_records = 'records'\n")
        made.write(**{"docs/index.rst": PAGE})
        builds = {}
        for language in ("en", "de", "ja"):
            for builder in ("html", "text", *(["latex"] if language == "de" else [])):
                out = f"{language} {builder}"
                builds[out] = made.build("-D", f"language={language}", builder=builder)
                builds[out].out.rename(made.folder / out)
                builds[out].out = made.folder / out
        builds["gettext"] = made.build(
            *("-D", "language=de", "-d", str(made.folder / "other-trees")), builder="gettext", may_run=False
        )
        return made, builds


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Za-z]{3,}", text)}


def english(language: str) -> set[str]:
    """Give the words of the catalogue that are English and not of the language as well."""
    with (catalogues.FOLDER / language / "LC_MESSAGES" / f"{catalogues.NAME}.po").open("rb") as file:
        kept = read_po(file, language)
    ours = " ".join(text for each in kept if each.id for text in forms(each.id))
    theirs = " ".join(text for each in kept for text in forms(each.string))
    return words(re.sub(r"{[^}]*}", "", ours)) - words(theirs) - NAMES


def forms(message: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [message] if isinstance(message, str) else list(message or ())


def cells(page: str) -> list[str]:
    """Give what a reader sees in the tables of a page, and in what belongs to them, piece by piece."""
    page = re.sub(r'(?s)<div class="(highlight|sphinxsidebar|footer).*?</div>', "", page)
    shown = re.findall(r"(?s)<t[hd]\b[^>]*>(.*?)</t[hd]>|<summary>(.*?)</summary>|<d[td]\b[^>]*>(.*?)</d[td]>", page)
    told = re.findall(r'(?:data-is|data-head|title|data-\w+)="([^"]*)"', page)
    others = re.findall(
        r'(?s)<(?:ol|p|figcaption)\b[^>]*class="[^"]*paramdoc[^>]*>(.*?)</(?:ol|p)>|<desc[^>]*>(.*?)<', page
    )
    texts = ["".join(each) for each in [*shown, *others]] + told
    return [unescape(re.sub(r"<[^>]*>", " ", text)) for text in texts]


@pytest.mark.parametrize("language", ["de", "ja"])
def test_no_english_is_left_in_a_page(spoken: tuple[Project, dict[str, Built]], language: str) -> None:
    _, builds = spoken
    page = (builds[f"{language} html"].out / "index.html").read_text(encoding="utf-8")
    body = page[page.index("<body") : page.index("</body")].replace("ZeroDivisionError: division by zero", "")
    body = re.sub(r"Link to this \w+", "", body)  # Sphinx' own
    found = cells(body)
    assert len(found) > 150
    ours = english(language)
    left = {word for text in found for word in words(text.replace("division by zero", "")) & ours}
    left -= words(" ".join(re.findall(r"<em>(.*?)</em>", body)))  # what papers are called
    assert not left, left


@pytest.mark.parametrize("form", ["de html", "ja html", "de text", "ja text"])
def test_each_sentence_is_another_than_in_english(spoken: tuple[Project, dict[str, Built]], form: str) -> None:
    _, builds = spoken
    language, builder = form.split()
    name = {"html": "index.html", "text": "index.txt"}[builder]
    here, there = ((builds[f"{each} {builder}"].out / name).read_text(encoding="utf-8") for each in (language, "en"))
    for sentence in (
        *(
            "no weights",
            "it only masks activations",
            "1,024 non-trainable",
            "are tracked, not learned",
            "inputs × units",
        ),
        *(
            "all trainable",
            "non-trainable",
            "layers without weights",
            "Output shape",
            "Explanation",
            "only some layers",
        ),
        *("the layer is frozen", "layers each", "moving mean", "every time step uses the same weights", " to d"),
        *(
            "Mean and variance are",
            "Group normalization",
            "This parameter table is missing",
            "4 gates",
            "× 4 bytes",
            "; each ",
        ),
    ):
        if sentence in there:
            assert sentence not in here, sentence
    assert "2,097,664" in here  # numbers are those of JSON, and of Keras
    assert "4096 × 512 + 512 = 2,097,664" in re.sub(r"<[^>]*>", "", here)


def test_german_reads_as_it_was_written(spoken: tuple[Project, dict[str, Built]]) -> None:
    _, builds = spoken
    page = builds["de html"].text("index")
    for sentence in (
        "keine Gewichte: maskiert nur Aktivierungen",
        "1,024 nicht trainierbar: gleitender Mittelwert und gleitende Varianz werden mitgeführt, nicht gelernt",
        "2,139,728 trainierbar + 1,024 nicht trainierbar",
        "Eingaben × Einheiten + Einheiten",
        "nur einige Schichten: 180 von 180",
        "Diese Parametertabelle fehlt (index.rst, Zeile",
        "Der Code dieses Modells",
        "2,140,752 × 4 Byte = 8.17 MiB",
    ):
        assert sentence in page, sentence
    latex = next(builds["de latex"].out.glob("*.tex")).read_text(encoding="utf-8")
    assert "keine Gewichte" in latex
    assert "Ausgabeform" in latex
    html = (builds["de html"].out / "index.html").read_text(encoding="utf-8")
    assert 'data-copy="Als {form} kopieren"' in html
    assert 'title="Link zu dieser Zeile"' in html


def test_japanese_reads_as_it_was_written(spoken: tuple[Project, dict[str, Built]]) -> None:
    _, builds = spoken
    page = builds["ja html"].text("index")
    for sentence in (
        "重みなし：活性値をマスクするだけ",
        "1,024個は学習対象外：移動平均と移動分散は追跡されるだけで、学習されない",
        "学習可能 2,139,728 + 学習対象外 1,024",
        "入力数 × ユニット数 + ユニット数",
        "4つのゲート：入力、忘却、セル、出力",
    ):
        assert sentence in page, sentence
    text = (builds["ja text"].out / "index.txt").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert not [row for row in rows if re.search(r"[ぁ-ん一-龥] [ぁ-ん一-龥]", row)]


def test_another_language_executes_nothing_and_writes_no_record(spoken: tuple[Project, dict[str, Built]]) -> None:
    made, builds = spoken
    assert "3 from records" in builds["de html"].blocks
    assert builds["de html"].read == {"index"}
    for file in (made.docs / "records").iterdir():
        assert not words(file.read_text(encoding="utf-8")) & {"schicht", "gewichte"}, file.name


def test_warnings_are_english(spoken: tuple[Project, dict[str, Built]]) -> None:
    _, builds = spoken
    assert len({tuple(builds[f"{language} html"].warnings) for language in ("en", "de", "ja")}) == 1


def test_no_row_is_given_to_translators_of_the_project(spoken: tuple[Project, dict[str, Built]]) -> None:
    _, builds = spoken
    assert builds["gettext"].status == 0, builds["gettext"].errors
    [file] = builds["gettext"].out.glob("*.pot")
    with file.open("rb") as held:
        ids = [message.id for message in read_po(held) if message.id]
    assert [each for each in ids if "paramformula" not in str(each)] == ["Klassifikator", "Titel"]


# Translators elsewhere

OWN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def own(project: Project, language: str, **translations: str) -> Path:
    entries = "".join(f'msgid "{english}"\nmsgstr "{text}"\n\n' for english, text in translations.items())
    name = f"docs/locale/{language}/LC_MESSAGES/sphinx_paramdoc.po"
    project.write(**{name: OWN + entries})
    return project.folder / name


@pytest.fixture
def esperanto(project: Project) -> Project:
    project.conf += "language = 'eo'\nlocale_dirs = ['locale']\n"
    return project


def test_a_project_brings_a_language_of_its_own(esperanto: Project) -> None:
    own(esperanto, "eo", **{"Layer": "Tavolo", "inputs": "enigoj", "all trainable": "ĉiuj lerneblaj"})
    built = esperanto.build()
    assert not built.warnings
    page = built.text("mynets")
    assert "Tavolo" in page
    assert "enigoj × units + units" in page  # what it does not translate stays English
    assert "ĉiuj lerneblaj" in page


def test_a_translation_that_changes_is_read_again(esperanto: Project) -> None:
    own(esperanto, "eo", Layer="Tavolo")
    esperanto.build()
    assert not esperanto.build(may_run=False).read
    own(esperanto, "eo", Layer="Stratumo")
    built = esperanto.build(may_run=False)
    assert built.read == {"index", "mynets", "others"}
    assert "Stratumo" in built.text("mynets")


def test_a_project_says_it_otherwise(project: Project) -> None:
    project.conf += "language = 'de_AT'\nlocale_dirs = ['locale']\n"
    own(project, "de", Layer="Lage")
    page = project.build().text("mynets")
    assert "Lage" in page
    assert "Erklärung" in page


def test_a_translation_that_cannot_be_filled_is_named_and_left_out(esperanto: Project) -> None:
    own(esperanto, "eo", **{"{number:,} layer": "x", "all trainable": "{count} lerneblaj"})
    built = esperanto.build()
    [warning] = built.warnings
    assert warning == (
        "locale/eo/LC_MESSAGES/sphinx_paramdoc.po:7: WARNING: '{count} lerneblaj' has other placeholders than "
        "'all trainable', which stands in its place [paramdoc.option]"
    )
    assert "all trainable" in built.text("mynets")


def test_a_catalogue_that_cannot_be_read_is_named(esperanto: Project) -> None:
    own(esperanto, "eo").write_bytes(b'msgid "Layer"\nmsgstr "\xff"\n')
    built = esperanto.build()
    assert len(built.warnings) == 1
    assert "locale/eo/LC_MESSAGES/sphinx_paramdoc.po:1: WARNING: these translations cannot be read" in built.warnings[0]
    assert "all trainable" in built.text("mynets")
