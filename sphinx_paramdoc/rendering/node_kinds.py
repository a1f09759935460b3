"""The kinds of nodes that tables are made of: what Sphinx must know of before it reads or writes a page."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from sphinx_paramdoc.said import said

CLOSED = "no-search"
"""The class of what a page shows closed: Sphinx' search index passes over what has it."""

TOTAL = "paramdoc-total"
"""The class of the last row."""

OF_MODELS = "paramdoc-models"
"""The class of a table of several models."""

LINK = said("Link to this row")
"""What a reader is told who points at the link from a row to itself."""


class layer_row(nodes.row):  # noqa: N801 - docutils names nodes so
    """The row of a layer, or of several.

    Where it opens, ``opens`` says what there is to open, ``is_open`` whether that shows at once, ``others`` what equals
    it, and ``head`` and ``widths`` hold the headings and given widths of the columns. ``closes`` tells how many of
    those that open end with it. ``link`` is what the link to the row itself is called, where that is not English.
    """


class row_header(nodes.entry):  # noqa: N801
    """The cell that says which layer a row is about."""


class number_cell(nodes.entry):  # noqa: N801
    """A cell that stands to the right."""


class text_cell(nodes.entry):  # noqa: N801
    """Any other cell."""


class layer_name(nodes.literal):  # noqa: N801
    """The name of a layer, which may be long: it breaks between the words that it is made of."""


class layer_link(nodes.inline):  # noqa: N801
    """The name of another layer, linked to its row where that can be linked to."""


class class_name(nodes.inline):  # noqa: N801
    """The class of a layer, in brackets: it stands back behind the name."""


class name_in_text(nodes.inline):  # noqa: N801
    """A text that holds the name of a layer or weight, which breaks between the words that it is made of."""


class formula_term(nodes.inline):  # noqa: N801
    """A number of a formula, which says what it is where a reader can point at it, or tap it."""


class share_of_total(nodes.inline):  # noqa: N801
    """A percentage of the model's total, as a light bar where that can be drawn."""


class note_mark(nodes.superscript):  # noqa: N801
    """The number of a note below the table; ``title`` is what that says."""


class below_cell(nodes.inline):  # noqa: N801
    """What stands below the text of a cell, on a line of its own, and quieter."""


class rest_of_cell(nodes.inline):  # noqa: N801
    """What a cell says behind that, on a line of its own."""


class note_list(nodes.enumerated_list):  # noqa: N801
    """The notes below a table: what many rows would say, once."""


class indent(nodes.inline):  # noqa: N801
    """What stands before the name of a layer that is inside another."""


class legend_list(nodes.definition_list):  # noqa: N801
    """The legend; in a PDF its lines are not stretched, as the name of a paper's place does not break."""


class diagram(nodes.container):  # noqa: N801
    """A picture of a graph.

    It has ``svg``, the text of a picture; or else ``file``, the name of one in the folder of images. Where it has
    neither, it is written as what it contains.
    """


class sentence_below(nodes.paragraph):  # noqa: N801
    """What is said below a table of a formula, or of why there is none."""


class sum_in_arguments(nodes.inline):  # noqa: N801
    """A formula in the arguments of a builder; ``products`` are what it adds, each of which stays on a line."""


class slider_data(nodes.General, nodes.Element):  # noqa: N801
    """The sliders above a table: ``controls``, as HTML, and ``data``, what they compute it from, as JSON.

    Only a page has them.
    """


class pending_quotation(addnodes.pending_xref):  # noqa: N801
    """A number that is quoted from a table; it has the text that the author wrote until all pages have been read.

    It is a reference that is pending, so that what copies references to other pages takes care of this one.
    """


class pending_table(addnodes.pending_xref):  # noqa: N801
    """A link to another table of the model that a row is about; empty until all pages have been read."""


OWN = (
    slider_data,
    layer_row,
    row_header,
    number_cell,
    text_cell,
    layer_name,
    layer_link,
    class_name,
    name_in_text,
    formula_term,
    share_of_total,
    note_mark,
    below_cell,
    rest_of_cell,
    note_list,
    indent,
    legend_list,
    diagram,
    sentence_below,
    sum_in_arguments,
)
"""Those of tables and what belongs to them: each format writes them in its own way."""
