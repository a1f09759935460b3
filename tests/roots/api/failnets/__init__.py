"""What goes wrong, and where."""

from toynets.models import build_mlp


def wrong(units):
    """Build a network, and fail.

    Args:
        units: how many.

            .. paramsummary:: build_mlp(unit=4)

    Examples:
        .. paramsummary::
           :caption: One that fails

           made = build_mlp(4)
           made.nothing()

    .. paramsummary::
    """
    return build_mlp(units)


class Wrong:
    """Has no model.

    .. paramsummary::
       :captoin: Misspelt
    """

    def build(self):
        """Build one.

        .. paramsummary::

           here = 3
           nowhere
        """
