"""Formulas of the layers that transform signals.

Source: the short-time Fourier transform, https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula
from sphinx_paramdoc.expression import Dimension, Number
from sphinx_paramdoc.said import said


def stft_spectrogram(layer: Dimensions) -> Formula:
    """Return ``2 × frame length × frequency bins``: the real and the imaginary part of the transform."""
    frame = layer.integer("frame_length")
    length = layer.integer("fft_length") if layer.has("fft_length") else 1 << (frame - 1).bit_length()
    window = Dimension(frame, "frame length") * Dimension(length // 2 + 1, "frequency bins")
    mode = layer.text("mode")
    if mode not in {"real", "imag"}:
        window = Number(2, "real and imaginary part") * window
    note = (
        ""
        if layer.layer.frozen_by
        else said("the transform's coefficients, which training changes unless trainable=False")
    )
    return Formula(window, note)


FORMULAS = {
    "keras.layers.STFTSpectrogram": Family(stft_spectrogram, frozenset({"real_kernel", "imag_kernel"})),
}
