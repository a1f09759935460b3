"""The facts of a few settings of one builder → the model's count as a formula in the builder's own arguments.

What changes with an argument is found weight by weight and dimension by dimension, and held to settings that had no
part in it. Everything here is pure: whoever asks says how a setting is executed.
"""

from sphinx_paramdoc.law.finding import find
from sphinx_paramdoc.law.formula import Law, Result
from sphinx_paramdoc.law.polynomial import Polynomial

__all__ = ["Law", "Polynomial", "Result", "find"]
