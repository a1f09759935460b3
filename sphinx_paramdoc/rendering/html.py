"""The table in HTML that stands by itself, in a notebook or a file.

Its style is in it. Where that is stripped, as in the view of a notebook on GitHub, the elements alone still make a
table with numbers to the right, names above classes, and rows that open; nothing in it needs a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from sphinx_paramdoc.rendering.lines import WHOLE
from sphinx_paramdoc.rendering.marked import plain
from sphinx_paramdoc.rendering.tree import opening
from sphinx_paramdoc.said import ENGLISH, Formula, Name
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Mark, Run, parted
from sphinx_paramdoc.table.view import Kind, View, ViewRow

STYLE = """\
.paramdoc-notebook{overflow-x:auto}
.paramdoc-notebook table.paramdoc{border-collapse:collapse;border:0;margin:.3em 0;font-size:inherit;color:inherit}
.paramdoc-notebook table.paramdoc table.paramdoc{margin:0 0 .5em}
.paramdoc-notebook table.paramdoc caption{text-align:left;padding:.2em .6em;color:inherit;caption-side:top}
.paramdoc-notebook table.paramdoc tr:nth-child(n):not(:hover){background:none}
.paramdoc-notebook table.paramdoc :is(th,td){border:0;border-bottom:1px solid rgba(128,128,128,.3);padding:.3em .6em;\
text-align:left;vertical-align:top;white-space:normal;max-width:36em;font-weight:normal}
.paramdoc-notebook table.paramdoc thead th{border-bottom-width:2px;font-weight:bold;white-space:nowrap}
.paramdoc-notebook table.paramdoc :is(th,td)[align=right]{text-align:right;font-variant-numeric:tabular-nums;\
white-space:nowrap}
.paramdoc-notebook table.paramdoc tr.opens>*{border-bottom:0}
.paramdoc-notebook table.paramdoc td[colspan]{padding:0 0 0 1.4em;max-width:none}
.paramdoc-notebook .shape{white-space:nowrap}
.paramdoc-notebook .product{display:inline-block;max-width:100%}
.paramdoc-notebook .product.whole{white-space:nowrap}
.paramdoc-notebook summary{cursor:pointer;padding:0 0 .3em;opacity:.75}
.paramdoc-notebook small{opacity:.75}
.paramdoc-notebook .quiet{opacity:.7}
.paramdoc-notebook p{margin:.3em .6em}
.paramdoc-notebook.plain{container-type:inline-size}
@container (max-width:38em){
.paramdoc-notebook.plain :is(table.paramdoc,tbody,caption){display:block}
.paramdoc-notebook.plain thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.paramdoc-notebook.plain tr{display:flex;flex-wrap:wrap;padding:.3em 0;border-bottom:1px solid rgba(128,128,128,.3)}
.paramdoc-notebook.plain tr.opens{border-bottom:0;padding-bottom:0}
.paramdoc-notebook.plain table.paramdoc :is(th,td){box-sizing:border-box;border:0;padding:.1em .6em;max-width:none}
.paramdoc-notebook.plain th{flex:1;overflow-wrap:anywhere}
.paramdoc-notebook.plain td[align=left]{flex:1 0 100%;order:1}
.paramdoc-notebook.plain td:empty{display:none}
.paramdoc-notebook.plain tr>td[colspan]{flex:1;padding-left:1em}
.paramdoc-notebook.plain .shape{white-space:normal}
}
"""
"""Colours are those of the page around it, so that it is readable in light and in dark.

On a phone a row is a name and its count, and below these what explains them.
"""

_PLAIN = {"layer", "class", "output-shape", "params", "explanation"}
"""The columns whose cells say what they are without a heading."""


def render(view: View, columns: Sequence[Column], _width: int | None = None) -> str:
    """Write the rows of all depths, the total, and the notes.

    What is not ASCII is written as references, so that it is read aright whatever encoding a reader takes it for.
    """
    table = view.table
    says_why = any(column.name == "explanation" for column in columns)
    plain_class = " plain" if _PLAIN.issuperset(column.name for column in columns) else ""
    lines = [
        f'<div class="paramdoc-notebook{plain_class}">',
        f"<style>\n{STYLE}</style>",
        '<table class="paramdoc">',
        f'<caption align="left"><b>{text_of(table.name)}</b> <small>({text_of(table.class_name)})</small></caption>',
        f"<thead>{_head(columns)}</thead>",
        "<tbody>",
        *_rows(view.rows, view, columns),
        _row(_total(view, columns)),
        "</tbody>",
        "</table>",
        *(f"<p>{sentence(said)}</p>" for said in view.below()),
        *(f"<p><sup>{note.number}</sup> {text_of(note.text)}</p>" for note in view.notes if says_why),
        *(f"<p>{text_of(said)}</p>" for said in view.beyond()),
        "</div>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode()


def _head(columns: Sequence[Column]) -> str:
    return _row(f'<th scope="col"{side(column.is_number)}>{text_of(column.heading)}</th>' for column in columns)


def _rows(rows: Iterable[ViewRow], view: View, columns: Sequence[Column]) -> Iterator[str]:
    """Yield rows, each with a table of what is inside it in a row below."""
    for row in rows:
        yield _row((_cell(row, view, column) for column in columns), _classes(row))
        if row.opens:
            state = " open" if row.is_open else ""
            yield f'<tr><td colspan="{len(columns)}"><details{state}><summary>{text_of(opening(row))}</summary>'
            if row.others:
                yield f"<p><small>{_runs(row.others)}</small></p>"
            if row.rows:
                yield f'<table class="paramdoc"><thead>{_head(columns)}</thead><tbody>'
                yield from _rows(row.rows, view, columns)
                yield "</tbody></table>"
            yield "</details></td></tr>"


def _classes(row: ViewRow) -> str:
    classes = [*(["quiet"] if row.is_quiet else []), *(["opens"] if row.opens else [])]
    return f' class="{" ".join(classes)}"' if classes else ""


def _row(cells: Iterable[str], more: str = "") -> str:
    return f"<tr{more}>{''.join(cells)}</tr>"


def _cell(row: ViewRow, view: View, column: Column) -> str:
    runs = list(column.cell(row, view))
    if column.is_nested and row.opens and row.kind in {Kind.REPEAT, Kind.STEM}:  # how many stands where it opens
        runs = [run for run in runs if run.mark is not Mark.CLASS]
    first, names, rest = parted(runs)
    return _element(column, f"{_runs(first)}{_below(names)}{'<br>' if rest else ''}{_runs(rest)}".rstrip())


def _total(view: View, columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        text = text_of(column.total(view))
        shown = f"<b>{text}</b>" if text and not column.is_prose else text
        yield _element(column, f"{shown}{_below(column.total_below(view))}")


def _element(column: Column, content: str) -> str:
    if column.is_nested:
        return f'<th scope="row"{side(column.is_number)}>{content}</th>'
    return f"<td{side(column.is_number)}>{content}</td>"


def side(is_number: bool) -> str:
    """Return the attributes of a cell that stands to the right, or to the left."""
    return f' align="{"right" if is_number else "left"}" valign="top"'


def _below(text: str) -> str:
    return f"<br><small>{text_of(text)}</small>" if text else ""


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs)).replace("</sup><sup>", ", ")  # two numbers would read as one


def _run(run: Run) -> str:
    text = text_of(run.text)
    match run.mark:
        case Mark.NAME:
            return f"<b>{text}</b>"
        case Mark.SHAPE:
            return f'<span class="shape">{text}</span>'
        case Mark.CLASS:
            return f"<small>{text}</small>"
        case Mark.TERM:
            return f'<span title="{text_of(run.label)}">{text}</span>'
        case Mark.NOTE:
            return f"<sup>{text}</sup>"
        case Mark.FORMULA:
            return formula(run.text)
        case _:
            return text


def sentence(text: str) -> str:
    """Return what is said of a formula, or of why there is none."""
    return "".join(map(_piece, ENGLISH.parts(text)))


def _piece(text: str) -> str:
    if isinstance(text, Name):
        return f"<code>{text_of(text)}</code>"
    return formula(text) if isinstance(text, Formula) else text_of(text)


def formula(text: str) -> str:
    """Return a formula whose lines break before what it adds, and inside of that only where it is wider than a line."""
    return " ".join(
        f'<span class="product{" whole" if len(each) <= WHOLE else ""}">{text_of(each)}</span>'
        for each in Formula(text).products
    )


def text_of(text: str) -> str:
    """Return a text that shows as it is."""
    return escape(plain(text))
