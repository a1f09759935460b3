"""The small Sphinx projects that are built: the same models, written for our directive and for each of its peers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import BenchmarkError

PAGE = "page"
"""The names of all pages but the first one begin so."""

_CODE = """\
x = keras.layers.Input(batch_shape=(None, {inputs}))
hidden = keras.layers.Dense({units}, activation="relu")(x)
hidden = keras.layers.BatchNormalization()(hidden)
hidden = keras.layers.Dropout(0.5)(hidden)
predictions = keras.layers.Dense({classes}, activation="softmax")(hidden)
model = keras.Model(inputs=[x], outputs=[predictions])
"""

AUDIT = """
import resource
import sys
from pathlib import Path

_STARTING = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"}
_events = []


def _listen(event, arguments):
    if event in _STARTING:
        _events.append(event)


sys.addaudithook(_listen)


def _write(app, exception):
    if resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss:
        _events.append("a child that was waited for")
    _events.extend(f"import of {name}" for name in ("keras", "tensorflow") if name in sys.modules)
    (Path(app.doctreedir).parent / "audit").write_text("".join(f"{event}\\n" for event in _events))


def setup(app):
    app.connect("build-finished", _write)
"""
"""What a ``conf.py`` holds in order to say which processes a build started: in a file beside its doctrees."""

_COUNT = 'f"{model.count_params():,}"'
"""Python that writes the count with commas, as our table does."""


@dataclass(frozen=True)
class Block:
    """Code that builds one model."""

    code: str
    count: int
    """How many parameters it has: what the page must show. No code says it."""


def model(number: int) -> Block:
    """Return a small model of five layers; each number gives another one."""
    inputs, units, classes = 256 + number, 64 + 8 * (number % 13), 2 + number % 7
    dense, normalization, predictions = inputs * units + units, 4 * units, units * classes + classes
    code = _CODE.format(inputs=inputs, units=units, classes=classes)
    return Block(code, dense + normalization + predictions)


@dataclass(frozen=True)
class Kind:
    """One way to get what a model has into a page."""

    configuration: str
    """What ``conf.py`` holds."""
    write: Callable[[Block], str]
    """Gives what stands in the page for one model."""
    suffix: str = ".rst"
    front: str = ""
    """What stands before the page's title."""


def own(configuration: str = "") -> Kind:
    """Return our directive.

    :param configuration: further lines of ``conf.py``.
    """
    return Kind(
        f'extensions = ["sphinx_paramdoc"]\n{configuration}', lambda block: _directive("paramsummary", block.code)
    )


def static(tables: Mapping[int, str]) -> Kind:
    """Return tables that somebody wrote into the page.

    :param tables: the `static_table` of each count.
    """
    return Kind("", lambda block: f"{_directive('code-block', block.code, 'python')}\n{tables[block.count]}")


def _jupyter_sphinx(block: Block) -> str:
    # TensorFlow writes to standard error whatever its log level; that is a warning unless it is allowed.
    return _directive("jupyter-execute", _alone(block), options={"stderr": ""})


def _exec_code(block: Block) -> str:
    return _directive("exec_code", _alone(block))


def _plot(block: Block) -> str:
    # This peer drops what the code prints; it shows figures, so the count goes into one.
    figure = f"import matplotlib.pyplot\nmatplotlib.pyplot.figure(figsize=(3, 1)).text(0.1, 0.5, {_COUNT})\n"
    return _directive("plot", f"import keras\n\n{block.code}{figure}")


def _myst_nb(block: Block) -> str:
    return f"```{{code-cell}} ipython3\n{_alone(block)}```\n"


_NOTEBOOK = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n"

_MYST_NB = """\
extensions = ["myst_nb"]
nb_execution_mode = "{mode}"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_output_stderr = "remove"
"""

PEERS: Mapping[str, Kind] = {
    "jupyter-sphinx": Kind('extensions = ["jupyter_sphinx"]\n', _jupyter_sphinx),
    "myst-nb": Kind(_MYST_NB.format(mode="force"), _myst_nb, ".md", _NOTEBOOK),
    "myst-nb-cache": Kind(_MYST_NB.format(mode="cache"), _myst_nb, ".md", _NOTEBOOK),
    "exec-code": Kind('extensions = ["sphinx_exec_code"]\n', _exec_code),
    "plot": Kind(
        textwrap.dedent("""\
            extensions = ["matplotlib.sphinxext.plot_directive"]
            plot_formats = ["svg"]  # one, the lightest, and the count stays text in it
            plot_html_show_formats = False
            plot_include_source = True
            plot_rcparams = {"svg.fonttype": "none"}
            """),
        _plot,
    ),
}
"""Other projects that run code while documentation is built, each set up to do no more than show code and count."""


def write(folder: Path, kind: Kind, pages: Sequence[Sequence[Block]]) -> Callable[[Path], None]:
    """Write a project, one page for each of `pages`, and give the check of what is built from it."""
    folder.mkdir(parents=True)
    configuration = f'project = "Benchmark"\nhtml_theme = "alabaster"\n{kind.configuration}'
    (folder / "conf.py").write_text(configuration, encoding="utf-8")
    names = [f"{PAGE}{number:04}" for number in range(len(pages))]
    contents = "".join(f"   {name}\n" for name in names)
    index = f"Models\n======\n\n.. toctree::\n\n{contents}"
    (folder / "index.rst").write_text(index, encoding="utf-8")
    for name, blocks in zip(names, pages, strict=True):
        title = f"# Model {name}\n" if kind.suffix == ".md" else f"Model {name}\n{'=' * 14}\n"
        parts = [f"{kind.front}{title}", *(f"This is a model.\n\n{kind.write(block)}" for block in blocks)]
        (folder / f"{name}{kind.suffix}").write_text("\n".join(parts), encoding="utf-8")

    def check(built: Path) -> None:
        for name, blocks in zip(names, pages, strict=True):
            check_page(built / f"{name}.html", blocks)

    return check


def check_page(page: Path, blocks: Sequence[Block]) -> None:
    """Demand that a page shows the count of each of its models, in its text or in a picture."""
    if not page.exists():
        raise BenchmarkError(f"{page.name} was not built")
    text = page.read_text(encoding="utf-8")
    for picture in re.findall(r'<img [^>]*src="([^"]+\.svg)"', text):
        text += (page.parent / picture).read_text(encoding="utf-8")
    for block in blocks:
        if not re.search(rf"(?<![\d,]){block.count:,}(?![\d,])", text):
            raise BenchmarkError(f"{page.name} does not show the count of parameters, {block.count:,}")


def page_text(built: Path) -> str:
    """Return what a reader sees of the pages, without the spaces, in which pages made in different ways differ."""
    pages = (page.read_text(encoding="utf-8") for page in sorted(built.glob(f"{PAGE}*.html")))
    bodies = (page.partition('<div class="body"')[2].partition('<div class="sphinxsidebar"')[0] for page in pages)
    return "".join(re.sub(r"<[^>]+>|\s", "", body) for body in bodies)


def script(blocks: Sequence[Block]) -> str:
    """Return a plain Python script, which builds all models and prints the counts."""
    return "import keras\n\n" + "\n".join(f"{block.code}print({_COUNT})\n" for block in blocks)


def check_output(output: str, blocks: Sequence[Block]) -> None:
    """Demand that `script` printed the count of every model, in their order."""
    printed = re.findall(r"^[\d,]+$", output, re.MULTILINE)
    if printed != [f"{block.count:,}" for block in blocks]:
        raise BenchmarkError(f"the script printed other counts: {printed}")


def explaining_script(blocks: Sequence[Block]) -> str:
    """Return a Python script which prints a line of JSON for each model: its table, as JSON and as reStructuredText."""
    begin = "import json\n\nimport keras\n\nimport sphinx_paramdoc\n\n"
    # Layers are numbered from the beginning in each block, as they are where each runs by itself.
    explain = (
        "shown = sphinx_paramdoc.explain(model)\n"
        "print(json.dumps({**json.loads(shown.to_json()), 'rst': shown.to_rst()}))\n"
        "keras.utils.clear_session()\n"
    )
    return begin + "\n".join(f"{block.code}{explain}" for block in blocks)


def static_table(table: Mapping[str, object], tooltips: bool) -> str:
    """Return the table of one model as somebody pastes it into a page.

    :param table: the JSON of the table, with its reStructuredText.
    :param tooltips: whether the numbers of formulas say what they are, as ours do.
    """
    rows, text = table["rows"], table["rst"]
    if not isinstance(rows, list) or not isinstance(text, str):
        raise BenchmarkError("the JSON of a table has no rows")
    _, _, rest = text.partition("\n")
    written = f".. list-table::\n{rest}\n"  # ours has no caption here
    done = ""
    for row in rows if tooltips else ():
        if row["formula"]:
            before, formula, written = written.partition(f"{row['formula']} = ")
            if not formula:
                raise BenchmarkError(f"the table of {table['name']} does not show {row['formula']}")
            done += before + "".join(_with_tooltips(row)) + " = "
    return done + written


def _with_tooltips(row: Mapping[str, object]) -> Iterator[str]:
    """Yield the parts of a formula; what has a tooltip in our table is an abbreviation here."""
    rest = str(row["formula"])
    terms = row["terms"]
    for term in terms if isinstance(terms, list) else ():
        before, _, rest = rest.partition(str(term["value"]))
        yield f"{before}:abbr:`{term['value']} ({term['label']})`\\ "
    yield rest


def _alone(block: Block) -> str:
    """Return code that needs nothing around it, and shows the count."""
    return f"import keras\n\n{block.code}print({_COUNT})\n"


def _directive(name: str, content: str, argument: str = "", options: Mapping[str, str] | None = None) -> str:
    first = f".. {name}:: {argument}".rstrip()
    fields = "".join(f"   :{option}: {value}".rstrip() + "\n" for option, value in (options or {}).items())
    return f"{first}\n{fields}\n{textwrap.indent(content, '   ')}"
