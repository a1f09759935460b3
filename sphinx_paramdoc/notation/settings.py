"""What a block can ask for, each setting declared once: an option, a value of ``conf.py``, a flag of the command.

What only a project says stands in ``configuration``, and what only the command has in its own face.
"""

from types import NoneType
from typing import TYPE_CHECKING, Annotated

import msgspec

from sphinx_paramdoc.execution.defaults import TIMEOUT
from sphinx_paramdoc.notation import values
from sphinx_paramdoc.notation.declaration import ConfigValue, Flag, Option, Setting
from sphinx_paramdoc.table.columns import COLUMNS, DEFAULT
from sphinx_paramdoc.table.expectations import EXPECTATIONS, count

if TYPE_CHECKING:
    from sphinx_paramdoc import facts

WEIGHTS = ("abstract", "real")
CODE_POSITIONS = ("above", "below", "collapsed", "none")
"""Where the code of a block may be shown."""

ALIGNMENTS = ("left", "center", "right")
"""Where a table may stand that is narrower than its page."""

_NAMES = ", ".join(f"``{name}``" for name in COLUMNS)
_LOOKS = (
    "As for any table: names of classes for style sheets, where the table stands if it is narrower than the page, how "
    "wide it is, and how wide its columns are beside each other, ``30 20 15 35``."
)
_CHOSEN = "As the options of the directive; several words are several arguments, or one that blanks or commas part."
_TITLE = (
    "As for any table. With both, ``:ref:`` works, and ``:numref:`` where ``conf.py`` says ``numfig = True``. By its "
    "label, prose can quote the table's numbers: :doc:`roles`."
)
_EXPECTED = (
    "What you expect, with or without separators: ``2,140,752``. Where the model differs, a warning names both numbers."
    " A number in an option has at most 18 digits."
)
_FAILS = "Fail if the model has another count, for continuous integration. The table is printed all the same."
_OPENS = (
    "How deep layers that are made of others open, and whether equal layers that follow each other have a row each; as "
    "the options of the directive. JSON always has every depth."
)
_RUNS = "As the options of the directive. The command keeps no records."


def _expectation(name: str) -> Setting:
    return Setting(
        count,
        option=Option(_EXPECTED, "count"),
        flag=Flag(f"fail unless there are N {EXPECTATIONS[name]}", "N", _FAILS),
    )


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a block asks for; where it is silent, what its project says."""

    model: Annotated[
        str | None,
        Setting(
            values.some_text,
            decides=True,
            option=Option("Which of the things that the code made is the model.", "expression"),
            flag=Flag(
                "what the code calls the model, such as gan.generator; without it, the last model that it makes",
                "EXPR",
                "Which of the things that the code made is the model.",
            ),
        ),
    ] = None
    caption: Annotated[str | None, Setting(values.some_text, option=Option(_TITLE, "text"))] = None
    name: Annotated[str | None, Setting(values.some_text, option=Option(_TITLE, "label"))] = None
    class_: Annotated[
        tuple[str, ...],
        Setting(values.one_class, takes_words=True, option=Option(_LOOKS, "names")),
    ] = ()
    align: Annotated[str | None, Setting(values.one_of(*ALIGNMENTS), choices=ALIGNMENTS, option=Option(_LOOKS))] = None
    width: Annotated[str | None, Setting(values.width, option=Option(_LOOKS, "length or percentage"))] = None
    widths: Annotated[
        str | tuple[int, ...] | None, Setting(values.widths, option=Option(_LOOKS, "numbers, or auto"))
    ] = None
    depth: Annotated[
        int,
        Setting(
            values.depth,
            option=Option(
                "How deep nested models, and layers that are made of others, open. 0: only the outermost layers have "
                "rows. :confval:`paramdoc_depth` sets another default.",
                "number",
            ),
            value=ConfigValue(
                "How deep nested models, and layers that are made of others, open in tables unless the block says it "
                "with ``:depth:``. ``0``: only the outermost layers have rows.",
                (int,),
                values.is_depth,
            ),
            flag=Flag("how deep layers made of other layers open; default: 0", "N", _OPENS),
        ),
    ] = 0
    columns: Annotated[
        tuple[str, ...],
        Setting(
            values.one_of(*COLUMNS),
            takes_words=True,
            option=Option(
                f"The columns, parted by blanks or commas, in their order: {_NAMES}. Without it they are "
                f"``{' '.join(DEFAULT)}``. ``class`` leaves the name alone in the column of layers, ``share`` is "
                "the part of the model's total, and ``connected-to`` leads to the rows of the layers whose outputs a "
                "layer reads. :confval:`paramdoc_columns` sets others for every table.",
                "names",
            ),
            value=ConfigValue(
                f"The columns of tables unless the block says them with ``:columns:``; none: ``{' '.join(DEFAULT)}``."
            ),
            flag=Flag(f"the columns: {', '.join(COLUMNS)}", "NAME", _CHOSEN),
        ),
    ] = ()
    layers: Annotated[
        tuple[str, ...],
        Setting(
            takes_words=True,
            option=Option(
                "Patterns as of a shell, ``encoder* */attention``: only the layers whose paths fit one have rows, with "
                "all that is inside them. The total then says of what it is a part.",
                "patterns",
            ),
            flag=Flag("only these layers, by patterns of their paths: 'encoder*'", "GLOB", _CHOSEN),
        ),
    ] = ()
    unfold: Annotated[
        bool,
        Setting(
            values.mark,
            option=Option("Gives each of several equal layers that follow each other a row of its own."),
            flag=Flag("give each of several equal layers a row of its own", meaning=_OPENS),
        ),
    ] = False
    code: Annotated[
        str | None,
        Setting(
            values.one_of(*CODE_POSITIONS),
            choices=CODE_POSITIONS,
            option=Option(
                "Where the source code is shown: that in the page, or else the source of what the expression calls. "
                "Code in the page stands above its table unless you say otherwise, and that of an expression is not "
                "shown. :confval:`paramdoc_code` sets another default."
            ),
            value=ConfigValue(
                "Where the source code of a block is shown unless the block says it with ``:code:``: ``'above'``, "
                "``'below'``, ``'collapsed'`` or ``'none'``. ``None``: above the table for code in the page, nowhere "
                "for an expression."
            ),
        ),
    ] = None
    legend: Annotated[
        bool,
        Setting(
            values.switch,
            option=Option(
                "Explains, under the table, the kinds of layers with weights that it shows, and those inside them: the "
                "formula in names, what its plain numbers count, what each weight does, and the paper that the kind "
                "comes from. It does the same for LoRA and for quantisation. :confval:`paramdoc_legend` turns it on "
                "for every table; ``:legend: off`` then leaves it out."
            ),
            value=ConfigValue(
                "Explain the kinds of weights under every table, as ``:legend:`` does for one; ``:legend: off`` leaves "
                "it out.",
                (bool,),
            ),
        ),
    ] = False
    diagram: Annotated[
        bool,
        Setting(
            values.mark,
            option=Option(
                "Draws the graph of the model below the table, with the count of each layer; :ref:`it takes Graphviz "
                "<diagrams>`."
            ),
        ),
    ] = False
    vary: Annotated[
        tuple[str, ...] | None,
        Setting(
            values.one_argument,
            takes_words=True,
            may_be_bare=True,
            option=Option(
                "The arguments of the outermost call, parted by blanks or commas, in which the count of the model is "
                "to be a formula: ``layers width``; without a name, all whole numbers that the call is given or has by "
                "default. :doc:`law` says how it is found, and what it is held to.",
                "names",
            ),
            flag=Flag(
                "show the count as a formula in these arguments of the outermost call; without a name, in all of its "
                "whole numbers",
                "NAME",
                "The arguments of the outermost call in which the count of the model is to be a formula, as the option "
                "of the directive; without a name, all of its whole numbers: :doc:`law`.",
            ),
        ),
    ] = None
    sliders: Annotated[
        bool,
        Setting(
            values.mark,
            option=Option(
                "Lets readers of the page change the arguments that ``:vary:`` names, and see what rows and total are "
                "then, from the formula: :ref:`sliders`."
            ),
        ),
    ] = False
    weights: Annotated[
        "facts.Variables",
        Setting(
            values.one_of(*WEIGHTS),
            decides=True,
            choices=WEIGHTS,
            option=Option(
                "Whether weights have a shape and no memory, or hold values. :confval:`paramdoc_weights` sets another "
                "default."
            ),
            value=ConfigValue(
                "Whether weights have a shape and no memory (``'abstract'``) or hold values (``'real'``).",
                check=values.is_one_of(*WEIGHTS),
            ),
            flag=Flag("default: abstract", meaning=_RUNS),
        ),
    ] = "abstract"
    backend: Annotated[
        str | None,
        Setting(
            values.backend,
            decides=True,
            option=Option(
                "The backend of Keras that the block runs on, where it differs from :confval:`paramdoc_backend`: "
                "``tensorflow``, ``jax``, ``torch``.",
                "name",
            ),
            value=ConfigValue(
                "The backend of Keras that blocks run on, as ``KERAS_BACKEND`` names it: ``'tensorflow'``, ``'jax'``, "
                "``'torch'``, ``'numpy'``. ``None``: the one that is set up where the documentation is built.",
                (str, NoneType),
                values.is_backend,
            ),
            flag=Flag("the backend of Keras: tensorflow, jax, torch", "NAME", _RUNS),
        ),
    ] = None
    upgrade: Annotated[
        bool,
        Setting(
            values.mark,
            decides=True,
            option=Option(
                "The code is for an older Keras: the safe fixes of :doc:`modernize` are made before the block runs, in "
                "its content, its argument and ``:model:``. The page shows the code of today, and in HTML the code as "
                "it was written one click away. Code that the block imports stays as it is."
            ),
            flag=Flag(
                "the code is for an older Keras: write it anew first, as far as that is safe",
                meaning="The code is for an older Keras: the safe fixes of :doc:`modernize` run before the code does.",
            ),
        ),
    ] = False
    timeout: Annotated[
        float,
        Setting(
            values.seconds,
            option=Option(
                "How long the block may take, where it differs from :confval:`paramdoc_timeout`.",
                "seconds",
            ),
            value=ConfigValue(
                "Seconds that a block may take, not counting the import of Keras.",
                (int, float),
                values.is_number,
                rebuild="",
            ),
            flag=Flag(f"default: {TIMEOUT:g}", "SECONDS", _RUNS),
        ),
    ] = TIMEOUT
    input_shape: Annotated[
        "facts.Shape",
        Setting(
            values.shape,
            decides=True,
            option=Option(
                "Builds a model or a layer that does not know the shape of its input yet. The axis of the batch comes "
                "first, as tables show it: ``(None, 28, 28, 1)``. Several inputs are a list of shapes, or a dictionary "
                'by the names of arguments: ``{"query": (None, 8, 16), "value": (None, 8, 16)}``.',
                "shape",
            ),
            flag=Flag(
                'builds a model that has no shape yet: "(None, 28, 28, 1)", the axis of the batch first',
                "SHAPE",
                'What a model is built with that does not know the shape of its input: ``"(None, 28, 28, 1)"``.',
            ),
        ),
    ] = None
    total: Annotated[int | None, _expectation("total")] = None
    trainable: Annotated[int | None, _expectation("trainable")] = None
    non_trainable: Annotated[int | None, _expectation("non-trainable")] = None

    @property
    def expected(self) -> dict[str, int | None]:
        """The name of each expectation → what the author expects, if anything."""
        return {"total": self.total, "trainable": self.trainable, "non-trainable": self.non_trainable}
