"""Formulas of the layers that work on each feature by itself, and of those that compute features.

Sources: PReLU: He and others 2015, https://arxiv.org/abs/1502.01852; the short-time Fourier transform:
https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/; layer scale: Touvron and others 2021,
https://arxiv.org/abs/2103.17239.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula
from sphinx_paramdoc.expression import Dimension, Number, product


def prelu(layer: Dimensions) -> Formula:
    """Give the product of the input's axes: a slope for each element, unless ``shared_axes`` share it."""
    shared = layer.axes("shared_axes") if layer.has("shared_axes") else []
    rank = len(layer.input())
    axes = [axis for axis in range(1, rank) if axis not in shared]
    sizes = [Dimension(layer.input_axis(axis), _axis_name(axis, rank)) for axis in axes]
    note = "a slope for each element; shared_axes would share it" if rank > 2 and not shared else ""
    return Formula(product([Number(1, "slope"), *sizes]) if len(sizes) < 2 else product(sizes), note)


def _axis_name(axis: int, rank: int) -> str:
    if axis == rank - 1:
        return "channels" if rank > 2 else "features"
    return f"size of axis {axis}"


def stft_spectrogram(layer: Dimensions) -> Formula:
    """Give ``2 × frame length × frequency bins``: the real and the imaginary part of the transform."""
    frame = layer.integer("frame_length")
    length = layer.integer("fft_length") if layer.has("fft_length") else 1 << (frame - 1).bit_length()
    window = Dimension(frame, "frame length") * Dimension(length // 2 + 1, "frequency bins")
    mode = layer.text("mode")
    if mode not in {"real", "imag"}:
        window = Number(2, "real and imaginary part") * window
    note = (
        "" if layer.layer.frozen_by else "the transform's coefficients, which training changes unless trainable=False"
    )
    return Formula(window, note)


def layer_scale(layer: Dimensions) -> Formula:
    """Give ``1 × channels``: a factor for each."""
    return Formula(Number(1, "gamma") * Dimension(layer.integer("projection_dim"), "channels"))


FORMULAS = {
    "keras.layers.PReLU": Family(prelu, frozenset({"alpha"})),
    "keras.layers.STFTSpectrogram": Family(stft_spectrogram, frozenset({"real_kernel", "imag_kernel"})),
    "keras.src.applications.convnext.LayerScale": Family(layer_scale, frozenset({"gamma"})),
}
