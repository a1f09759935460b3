"""Networks with docstrings in Markdown.

```{paramsummary} build(3)
:total: 1020
```
"""

from toynets.models import build_mlp


def build(units=8):
    """Build a network.

    ```{paramsummary}
    :total: 1021
    ```

    - An item of
      {paramcount}`planted 1024`:

      ```{paramsummary}
      ---
      total: 1022
      ---

      def old(x):
          return keras.Model(input=x, outputs=x)  # 1023

      build(2)
      ```
    """
    return build_mlp(units)
