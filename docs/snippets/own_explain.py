from sphinx_paramdoc import Dimension, Number


def gated(layer):
    inputs = Dimension(layer.input_shape[-1], "inputs")
    units = Dimension(layer.arguments["units"], "units")
    return Number(2, "matrices: value, gate") * inputs * units
