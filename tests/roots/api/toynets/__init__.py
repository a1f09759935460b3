"""Toy networks.

.. paramsummary:: build_mlp(units=UNITS)
   :total: 1000
"""

from toynets.models import UNITS, build_mlp

__all__ = ["UNITS", "build_mlp"]
