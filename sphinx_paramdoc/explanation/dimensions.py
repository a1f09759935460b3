"""What a formula may ask a layer for; whatever the layer cannot answer ends the formula, not the build."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_paramdoc import facts


class NoFormulaError(Exception):
    """The layer's facts do not hold what a formula needs: the layer is explained by its weights."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The dimensions of one layer: its constructor's arguments, and the shape of its input.

    Every method raises `NoFormulaError` where the layer has no such dimension.
    """

    layer: facts.Layer

    def integer(self, argument: str) -> int:
        """Give an argument that is a whole number, such as ``units``."""
        value = self.layer.arguments.get(argument)
        if isinstance(value, bool) or not isinstance(value, int):
            raise NoFormulaError(argument)
        return value

    def integers(self, argument: str) -> list[int]:
        """Give an argument that is a list of whole numbers, such as ``kernel_size``."""
        value = self.layer.arguments.get(argument)
        if not isinstance(value, list):
            raise NoFormulaError(argument)
        return value

    def flag(self, argument: str) -> bool:
        """Give an argument that is true or false, such as ``use_bias``."""
        value = self.layer.arguments.get(argument)
        if not isinstance(value, bool):
            raise NoFormulaError(argument)
        return value

    def text(self, argument: str) -> str:
        """Give an argument that is a word, such as ``data_format``."""
        value = self.layer.arguments.get(argument)
        if not isinstance(value, str):
            raise NoFormulaError(argument)
        return value

    def input_axis(self, axis: int) -> int:
        """Give the size of one axis of the input, counted with the batch axis as 0, or from the end if negative."""
        shape = self.layer.input_shape
        if not isinstance(shape, list) or not -len(shape) <= axis < len(shape):
            raise NoFormulaError("input_shape")
        size = shape[axis]
        if not isinstance(size, int):
            raise NoFormulaError("input_shape")
        return size
