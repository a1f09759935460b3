"""Packages of layers that live on in another: what is said of a class there is said of its successor.

Facts call a class what people import it as, and formulas and words know it by its name of today. This is a part of the
language that the rooms speak, because those who explain know that alone, and not the frameworks that a model can be
read from.
"""

from __future__ import annotations

SUCCESSORS = {"tf_keras": "keras", "tf.keras": "keras"}
"""A package of layers, or what TensorFlow calls it, as some of its classes have no other public name → the one in which
they live on under the same names."""


def today(class_name: str) -> str:
    """Return the name of a class in the package in which it lives on."""
    for before, after in SUCCESSORS.items():
        if class_name.startswith(f"{before}."):
            return after + class_name.removeprefix(before)
    return class_name
