"""What the weights of each kind of layer are, in a sentence or two, with the papers that the kind comes from."""

from __future__ import annotations

import msgspec

from sphinx_paramdoc.explanation import papers


class LayerKind(msgspec.Struct, frozen=True):
    """A kind of layer, or of storing its weights."""

    title: str
    weights: str
    """What its weights are."""
    references: tuple[papers.Reference, ...] = ()
    covers_parts: bool = False
    """Whether this says all of the layers inside it as well, so that they need no words of their own."""


_KINDS = (
    (
        LayerKind(
            "Dense",
            "The kernel holds a weight for each pair of an input and a unit; the bias, if there is one, a number for "
            "each unit.",
        ),
        ["Dense"],
    ),
    (
        LayerKind(
            "Einstein summation",
            "The kernel has the axes that the equation names with letters, and the bias those that bias_axes names.",
        ),
        ["EinsumDense"],
    ),
    (
        LayerKind("Embedding", "A learned vector for each entry of the vocabulary.", (papers.LANGUAGE_MODEL,)),
        ["Embedding"],
    ),
    (
        LayerKind(
            "Reversible embedding",
            "A learned vector for each entry of the vocabulary. The way back from vectors to entries uses the same "
            "matrix where the weights are tied, and else one of its own.",
            (papers.TYING,),
        ),
        ["ReversibleEmbedding"],
    ),
    (
        LayerKind(
            "Convolution",
            "Each filter holds a window of weights for each input channel that it sees, and a bias if the layer has "
            "one. The window slides over the input, whose size does not count.",
            (papers.CONVOLUTION,),
        ),
        ["Conv1D", "Conv2D", "Conv3D"],
    ),
    (
        LayerKind(
            "Transposed convolution",
            "The weights of a convolution, a window for each pair of an input channel and a filter, used the other way "
            "round; each filter has a bias if the layer has one.",
            (papers.TRANSPOSED,),
        ),
        ["Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"],
    ),
    (
        LayerKind(
            "Depthwise convolution",
            "Each channel has windows of its own, and no weight joins two channels; each output channel has a "
            "bias if the layer has one.",
            (papers.XCEPTION,),
        ),
        ["DepthwiseConv1D", "DepthwiseConv2D"],
    ),
    (
        LayerKind(
            "Separable convolution",
            "The depthwise kernel works on each channel by itself, the pointwise kernel joins the channels; each "
            "filter has a bias if the layer has one.",
            (papers.XCEPTION,),
        ),
        ["SeparableConv1D", "SeparableConv2D"],
    ),
    (
        LayerKind(
            "Batch normalization",
            "The moving mean and the moving variance stand in for the batch's own statistics after training; they are "
            "tracked, not learned. gamma scales the normalised values and beta shifts them, where the layer has them.",
            (papers.BATCH,),
        ),
        ["BatchNormalization"],
    ),
    (
        LayerKind(
            "Layer normalization",
            "gamma scales the normalised values and beta shifts them, where the layer has them. Mean and variance are "
            "those of each example, so nothing is tracked.",
            (papers.LAYER,),
        ),
        ["LayerNormalization"],
    ),
    (
        LayerKind(
            "Group normalization",
            "gamma scales each channel and beta shifts it, where the layer has them. Mean and variance are those of "
            "each group of each example, so nothing is tracked.",
            (papers.GROUP,),
        ),
        ["GroupNormalization"],
    ),
    (
        LayerKind(
            "Root mean square normalization",
            "The scale multiplies the normalised values and is learned; nothing shifts them, and nothing is tracked.",
            (papers.RMS,),
        ),
        ["RMSNormalization"],
    ),
    (
        LayerKind(
            "Normalization of features",
            "Mean and variance are those of the data that adapt() was given, or were loaded, and are not learned. The "
            "counter is unused, and there for old checkpoints.",
        ),
        ["Normalization"],
    ),
    (
        LayerKind(
            "Normalization of features in Keras 2",
            "Mean and variance are those of the data that adapt() was given, or were loaded, and are not learned. The "
            "counter says how many values adapt() has seen, so that further ones get their weight.",
        ),
        ["tf_keras.layers.Normalization"],
    ),
    (
        LayerKind(
            "Locally connected layer",
            "The windows of a convolution, but each position of the output has weights of its own, and biases if the "
            "layer has any.",
        ),
        ["tf_keras.layers.LocallyConnected1D", "tf_keras.layers.LocallyConnected2D"],
    ),
    (
        LayerKind(
            "Simple recurrent layer",
            "A kernel for the inputs, a recurrent kernel for the state that is fed back, and a bias if there is one.",
            (papers.ELMAN,),
        ),
        ["SimpleRNN", "SimpleRNNCell"],
    ),
    (
        LayerKind(
            "Long short-term memory (LSTM)",
            "A kernel for the inputs, a recurrent kernel for the state that is fed back, and mostly a bias; each four "
            "times, for the input gate, the forget gate, the new content of the cell and the output gate.",
            (papers.LSTM, papers.FORGET),
        ),
        ["LSTM", "LSTMCell"],
    ),
    (
        LayerKind(
            "Gated recurrent unit (GRU)",
            "A kernel for the inputs, a recurrent kernel for the state that is fed back, and mostly a bias; each "
            "three times, for the update gate, the reset gate and the candidate. With reset_after there is a second "
            "bias, for the state.",
            (papers.GRU,),
        ),
        ["GRU", "GRUCell"],
    ),
    (
        LayerKind(
            "Convolutional LSTM",
            "The four kernels and biases of an LSTM; the kernels are windows that slide over the input and over the "
            "state that is fed back.",
            (papers.CONV_LSTM,),
        ),
        [
            *("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "keras.src.layers.rnn.conv_lstm.ConvLSTMCell"),
            "keras.src.layers.rnn.base_conv_lstm.ConvLSTMCell",
        ],
    ),
    (LayerKind("Recurrent layer of cells", "It owns what its cells own."), ["RNN", "StackedRNNCells"]),
    (LayerKind("Layer of layers", "It owns what the layers inside it own."), ["Pipeline", "Wrapper"]),
    (
        LayerKind("Time distributed", "Every time step is given to the same layer, so its weights count once."),
        ["TimeDistributed"],
    ),
    (
        LayerKind(
            "Bidirectional",
            "Two copies of the layer inside, each with weights of its own: one reads forwards, one backwards.",
            (papers.BIDIRECTIONAL,),
        ),
        ["Bidirectional"],
    ),
    (
        LayerKind(
            "Spectral normalization",
            "The layer inside keeps its weights. The vector is kept by power iteration, which estimates the kernel's "
            "largest singular value with it; it is not learned.",
            (papers.SPECTRAL,),
        ),
        ["SpectralNormalization"],
    ),
    (
        LayerKind(
            "Dot-product attention",
            "The scale is one learned number; so is the weight of a concatenated score.",
            (papers.DOT_PRODUCT,),
        ),
        ["Attention"],
    ),
    (
        LayerKind(
            "Additive attention", "The scale is a learned number for each dimension of the query.", (papers.ADDITIVE,)
        ),
        ["AdditiveAttention"],
    ),
    (
        LayerKind(
            "Multi-head attention",
            "A kernel each projects query, key and value to the heads, and one more leads from the heads to the "
            "outputs; each may have a bias.",
            (papers.MULTI_HEAD,),
            covers_parts=True,
        ),
        ["MultiHeadAttention"],
    ),
    (
        LayerKind(
            "Grouped-query attention",
            "The kernels and biases of a multi-head attention, with fewer heads for keys and values: each of them "
            "serves several heads of the query.",
            (papers.GROUPED_QUERY,),
            covers_parts=True,
        ),
        ["GroupQueryAttention"],
    ),
    (
        LayerKind(
            "Parametric rectifier (PReLU)", "The slopes for negative values, which are learned.", (papers.PRELU,)
        ),
        ["PReLU"],
    ),
    (
        LayerKind(
            "Short-time Fourier transform",
            "The coefficients of the transform, kept as kernels of a convolution; training changes them unless "
            "trainable=False.",
        ),
        ["STFTSpectrogram"],
    ),
    (
        LayerKind(
            "Layer scale",
            "gamma is a learned factor for each channel of what a residual block adds.",
            (papers.LAYER_SCALE,),
        ),
        ["keras.src.applications.convnext.LayerScale"],
    ),
)

KINDS = {name if "." in name else f"keras.layers.{name}": kind for kind, names in _KINDS for name in names}
"""The public full name of a layer class → what its weights are; for each class that has a formula."""

VARIANTS = {
    "renorm": LayerKind(
        "Batch renormalization",
        "Three vectors more are tracked: the moving standard deviation, and a mean and a standard deviation for the "
        "correction of each batch.",
        (papers.RENORM,),
    ),
    "lora": LayerKind(
        "Low-rank adaptation (LoRA)",
        "The product of two factors is added to the matrix: two narrow matrices, as wide as the rank, which are "
        "learned in place of the matrix itself. That is frozen, unless somebody unfreezes it.",
        (papers.LORA,),
    ),
    "int8": LayerKind(
        "Quantised to int8",
        "The numbers of the matrix are integers of one byte. The scales turn them back; neither is learned.",
    ),
    "int4": LayerKind(
        "Quantised to int4",
        "The numbers of the matrix are integers of four bits, two in a byte. The scales, and the zero points of "
        "groups, turn them back; none of them is learned.",
    ),
    "float8": LayerKind(
        "Quantised to float8",
        "The matrix stays as it is. Its products are computed in 8 bits, with a scale for inputs, kernel and "
        "gradients, taken from the latest maxima of each; training overwrites both.",
        (papers.FLOAT8,),
    ),
    "gptq": LayerKind(
        "Quantised by GPTQ",
        "The numbers of the matrix become integers of a few bits: they are rounded one after the other, and each time "
        "those that remain make up for the error. Scales and zero points turn them back; none of them is learned. "
        "Until calibration has done so, the matrix itself is kept as well.",
        (papers.GPTQ,),
    ),
    "awq": LayerKind(
        "Quantised by AWQ",
        "The numbers of the matrix become integers of four bits. Scales and zero points turn them back, and a scale "
        "for each row protects the weights that matter most to the outputs; none of them is learned. Until "
        "calibration has found them, the matrix itself is kept as well.",
        (papers.AWQ,),
    ),
}
"""Ways to keep weights that a layer of any kind may choose; quantisations have the names that Keras gives them."""
