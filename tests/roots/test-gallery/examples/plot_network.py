"""
A network
=========

.. paramsummary:: toynets.models.build_mlp()
   :total: 1031
"""

from toynets.models import build_mlp

# %%
# Another one
# -----------
#
# Much of
# :paramcount:`planted 1033`.
#
# .. paramsummary::
#
#    def old(x):
#        return keras.Model(input=x, outputs=x)  # 1032
#
#    keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])

build_mlp(3)
