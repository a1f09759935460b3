"""More networks, which inherit their documentation."""

from toynets.models import Nets

UNITS = "not what the docstring means"


class MoreNets(Nets):
    """More of them."""

    @classmethod
    def make(cls):
        return super().make()
