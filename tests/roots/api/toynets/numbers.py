"""Networks with docstrings as NumPy writes them."""

from toynets.models import build_mlp


def scaled(scale=1):
    r"""Build a scaled network.

    A longer description.

    .. paramsummary::

       def old(x):
           return keras.Model(input=x, outputs=x)  # 1010

       build_mlp(len("\n"))

    Parameters
    ----------
    scale : int
        How much.

        .. paramsummary:: scaled(2)
           :total: 1011

    Returns
    -------
    keras.Model
        A model.

    See Also
    --------
    toynets.models.build_mlp : the other one.

    Notes
    -----
    These come last; see
    :paramcount:`planted 1017`.

    .. paramsummary::
       :total: 1012

    Examples
    --------
    >>> scaled()

    .. paramsummary:: scaled(2)
       :total: 1013
    """
    return build_mlp(scale)


class Scaled:
    """Scaled networks.

    Attributes
    ----------
    scale : int
        How much.

    Notes
    -----
    .. paramsummary:: Scaled().build()
       :total: 1014
    """

    def build(self):
        """Build one.

        .. paramsummary::
           :total: 1015

        Returns
        -------
        keras.Model
            A model.
        """
        return build_mlp(1)


def plain():
    """Build a network.

    Returns
    -------
    keras.Model
        A model.
    """
    return build_mlp(2)
