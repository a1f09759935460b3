"""The layers that own weights, in variants of their constructors; run as a program, it explains all of them."""

from __future__ import annotations

import contextlib
import json
import math
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.version import Version

FILE = Path(__file__).with_suffix(".txt")

_VARIANT = re.compile(
    r"(?P<code>\S.*) on (?P<shapes>.*?)(?: then (?P<after>.*))?\n {4}(?P<explanation>.*)\n {4}(?P<symbolic>.*)\n"
)


class Variant(NamedTuple):
    code: str
    shapes: str
    after: str | None
    explanation: str
    symbolic: str

    @property
    def name(self) -> str:
        return f"{self.code} on {self.shapes}" + (f" then {self.after}" if self.after else "")

    @property
    def since(self) -> str:
        """The oldest Keras that has it."""
        return max(
            (v for v, parts in SINCE.items() if any(part in self.name for part in parts)), key=Version, default="3"
        )

    @property
    def kind(self) -> str:
        return self.code.partition("(")[0]


SINCE = {
    "3.6": ["Pipeline("],
    "3.7": ["STFTSpectrogram(", "value_dim=3, output_shape=7", "output_shape=(7, 2)"],
    "3.9": ["RMSNormalization("],
    "3.12": ["ReversibleEmbedding(", "'gptq'"],
    "3.14": ["'int4'", "'awq'", "renorm=True", "use_gate=True"],
}
"""A version of Keras → what came with it, or has the weights since that it has today; in their order."""

VARIANTS = [Variant(**match.groupdict()) for match in _VARIANT.finditer(FILE.read_text("utf-8"))]


def there() -> list[Variant]:
    """Return the variants that the installed Keras has."""
    installed = Version(metadata.version("keras"))
    return [variant for variant in VARIANTS if Version(variant.since) <= installed]


def make(variant: Variant) -> Any:
    """Build the layer of a variant."""
    import keras

    names = {
        **vars(keras.layers),
        "N": None,
        "GPTQ": lambda **given: keras.quantizers.GPTQConfig(dataset=None, tokenizer=None, **given),
        "AWQ": lambda **given: keras.quantizers.AWQConfig(dataset=None, tokenizer=None, **given),
        "INT4": lambda **given: keras.quantizers.Int4QuantizationConfig(**given),
    }
    layer = eval(variant.code, names)
    shapes = eval(f"[{variant.shapes}]", names)
    if variant.kind == "Pipeline":  # it builds what it holds when it is called
        layer(keras.Input(batch_shape=shapes[0]))
    else:
        layer.build(*shapes)
    for step in variant.after.split("; ") if variant.after else ():
        eval(f"layer.{step}", {**names, "layer": layer})
    return layer


def explain(variant: Variant) -> tuple[str, str | None, bool]:
    """Give the explanation of a variant, its symbolic form, and whether its row agrees with the live layer."""
    import keras  # noqa: F401 - what is abstract is of a framework that is imported

    from sphinx_paramdoc import inspection, table

    needs_values = "stateful=True" in variant.code  # the state that it keeps between batches has values at once
    with contextlib.nullcontext() if needs_values else inspection.abstract():
        layer = make(variant)
        row = table.build(inspection.inspect(layer)).rows[0]
    trainable = {id(weight): weight for weight in layer.trainable_weights}.values()
    agrees = row.proof == "formula" and row.params == layer.count_params() == row.trainable + row.non_trainable
    return (
        row.explanation,
        row.symbolic,
        agrees and row.trainable == sum(math.prod(weight.shape) for weight in trainable),
    )


if __name__ == "__main__":
    json.dump({variant.name: explain(variant) for variant in there()}, sys.stdout)
