"""Why a layer has as many parameters as it has.

What formulas are made of is handed on from here. The formulas themselves come with `explanation.proof` and
`explanation.wording`: a function that explains layers of a project's own needs none of them.
"""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.expression import Dimension, Expression, Number, Quotient

__all__ = ["Dimension", "Expression", "Number", "Quotient"]

__getattr__ = later(__name__, {"sphinx_paramdoc.expression": "Dimension Expression Number Quotient"})
