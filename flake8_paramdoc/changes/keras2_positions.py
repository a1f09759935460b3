"""Places among the arguments of layers whose meaning changed from Keras 1 to Keras 2.

Sources: as in ``keras2_layers``. The shims of Keras 2.0 took these forms with a warning; later releases run some of
them and do something else.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras2_layers import NOTES
from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.changes.shapes import Change, Outcome, PositionChanged

CHANGES: tuple[Change, ...] = (
    PositionChanged(
        callees=layers("Conv2D SeparableConv2D AtrousConvolution2D"),
        position=2,
        looks=forms.anything,
        old="filters, rows, columns",
        new="filters, (rows, columns)",
        sample="64, 3, 3",
        new_sample="64, (3, 3)",
        spelled=frozenset({"Convolution2D", "SeparableConvolution2D", "AtrousConvolution2D", "AtrousConv2D"}),
        outcome=Outcome.SILENT,
        since="2.0.0",
        source=NOTES,
    ),
    # Today the third is the stride, and Conv2D(64, 3, 2) is a common way to write it.
    PositionChanged(
        callees=layers("Conv2D SeparableConv2D ConvLSTM2D LocallyConnected2D"),
        position=2,
        looks=forms.integer,
        old="filters, rows, columns",
        new="filters, (rows, columns)",
        sample="64, 3, 3",
        new_sample="64, (3, 3)",
        spelled=frozenset({"Conv2D", "SeparableConv2D", "ConvLSTM2D", "LocallyConnected2D"}),
        doubtful=True,
        outcome=Outcome.SILENT,
        since="2.0.0",
        source=NOTES,
    ),
    PositionChanged(
        callees=layers("Conv2DTranspose"),
        position=3,
        looks=forms.sequence,
        old="filters, rows, columns, output_shape",
        new="filters, (rows, columns)",
        sample="64, 3, 3, (None, 28, 28, 64)",
        new_sample="64, (3, 3)",
        since="2.0.0",
        source=NOTES,
    ),
    PositionChanged(
        callees=layers("Conv3D"),
        position=3,
        looks=forms.integer,
        old="filters, dim1, dim2, dim3",
        new="filters, (dim1, dim2, dim3)",
        sample="64, 3, 3, 3",
        new_sample="64, (3, 3, 3)",
        since="2.0.0",
        source=NOTES,
    ),
    PositionChanged(
        callees=layers("Conv2D SeparableConv2D"),
        position=3,
        looks=forms.initializer,
        old="filters, rows, columns, init",
        new="filters, (rows, columns), kernel_initializer=init",
        sample='64, 3, 3, "glorot_uniform"',
        new_sample='64, (3, 3), kernel_initializer="glorot_uniform"',
        since="2.0.0",
        source=NOTES,
    ),
    PositionChanged(
        callees=layers("Conv1D"),
        position=2,
        looks=forms.initializer,
        old="filters, length, init",
        new="filters, length, kernel_initializer=init",
        sample='64, 3, "glorot_uniform"',
        new_sample='64, 3, kernel_initializer="glorot_uniform"',
        since="2.0.0",
        source=NOTES,
    ),
    PositionChanged(
        callees=layers("Dense LSTM GRU SimpleRNN"),
        position=1,
        looks=forms.initializer,
        old="units, init",
        new="units, kernel_initializer=init",
        sample='64, "glorot_uniform"',
        new_sample='64, kernel_initializer="glorot_uniform"',
        since="2.0.0",
        source=NOTES,
    ),
    # Before the first release, a layer was given the size of its input first.
    PositionChanged(
        callees=layers("Dense LSTM GRU SimpleRNN"),
        position=1,
        looks=forms.integer,
        old="input_dim, output_dim",
        new="units",
        sample="64, 10",
        new_sample="10",
        since="1.0",
        step=2,
        source="keras 1.0: the signatures",
    ),
    PositionChanged(
        callees=layers("BatchNormalization"),
        position=0,
        looks=forms.fraction,
        old="epsilon",
        new="epsilon=epsilon",
        sample="1e-5",
        new_sample="epsilon=1e-5",
        outcome=Outcome.SILENT,
        since="2.0.0",
        source="keras 1.2.2 and 2.0.0: the signatures",
    ),
    PositionChanged(
        callees=layers("Lambda"),
        position=2,
        looks=forms.dictionary,
        old="function, output_shape, arguments",
        new="function, output_shape, arguments=arguments",
        sample='f, None, {"scale": 2}',
        new_sample='f, None, arguments={"scale": 2}',
        outcome=Outcome.SILENT,
        since="2.0.0",
        source="keras 1.2.2 and 2.0.0: the signatures",
    ),
)
