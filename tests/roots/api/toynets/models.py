"""Toy models, with docstrings as Google writes them.

.. paramsummary::

   model = build_mlp(units=UNITS)
"""

import functools

import keras

UNITS = 4
L = keras.layers


def build_mlp(units=8):
    """Build a network.

    Args:
        units: how many.

            .. paramsummary:: build_mlp(units=8)
               :total: 1001

    Returns:
        A model.

    .. paramsummary::

    Examples:
        It is as good as another one:

        .. paramsummary::
           :caption: With an old form

           def old(x):
               return keras.Model(input=x, outputs=x)  # 1002

           build_mlp(UNITS)

        This says it again, as
        :paramcount:`planted 1016` does:

        .. paramsummary:: build_mlp(units=8)
           :total: 1003
    """
    return keras.Sequential([keras.Input((3,)), L.Dense(units)])


def begin():
    """.. paramsummary:: build_mlp(2)
       :total: 1004

    The directive stands in the first stanza.
    """


def undocumented():
    return build_mlp(3)


class Net(keras.Model):
    """A network.

    Attributes:
        units: how many.

    .. paramsummary::
       :input-shape: (None, 3)

    >>> Net()  # a backslash: \\ and a lot behind
    """

    def __init__(self, units=6):
        """Make one.

        .. paramsummary::
           :total: 1005

           build_mlp(len("\\n"))
        """
        super().__init__()
        self.inner = L.Dense(units)

    def call(self, x):
        """Call it."""
        return self.inner(x)


class Nets:
    """Several networks."""

    @property
    def encoder(self):
        """The encoder.

        .. paramsummary::
           :total: 1006
        """
        return build_mlp(7)

    @functools.cached_property
    def decoder(self):
        """The decoder.

        .. paramsummary::
        """
        return build_mlp(6)

    @classmethod
    def make(cls):
        """Make one, inherited by others.

        .. paramsummary:: build_mlp(UNITS)
           :total: 1007
        """
        return build_mlp(9)

    def build(self):
        """Build one.

        .. paramsummary::
        """
        return build_mlp(10)


#: A network that is there at once.
#:
#: .. paramsummary::
#:    :total: 1008
ready = build_mlp(11)

other = build_mlp(12)
"""Another one.

.. paramsummary::
   :total: 1009
"""
