"""Which layers are taken for the same."""

from __future__ import annotations

from sphinx_paramdoc.difference.matching import matched
from sphinx_paramdoc.difference.parts import Layer, Maker, Weight


def test_of_very_many_layers_those_that_changed_are_matched_as_well() -> None:
    make = Maker()

    def net(number: int, width: int) -> list[Layer]:
        sizes = [(4, 8, width)[place % 3] for place in range(number)]
        parts = [
            make.part(
                "keras.layers.Dense",
                [Weight("kernel", (size, 2), "float32", True, None)],
                (),
                output_shape=None,
                shared_with=None,
                frozen="",
                formula=lambda: None,
            )
            for size in sizes
        ]
        return [Layer(f"dense_{place}", part) for place, part in enumerate(parts)]

    pairs = list(matched(net(600, 16), net(630, 32)))
    assert sum(1 for pair in pairs if pair.before and pair.after) == 600
    assert all(pair.after for pair in pairs)
