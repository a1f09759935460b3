from __future__ import annotations

from typing import Any, ClassVar

import pytest

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass, replace


@dataclass(frozen=True)
class Fruit:
    """Has a field by its place, one by name, and what is no field."""

    name: str
    _: KW_ONLY
    weight: int = 1
    kind: ClassVar[int]


@dataclass(frozen=True)
class Apple(Fruit):
    """Has its own fields behind those."""

    sort: str
    holds: Any = NOTHING


@dataclass(frozen=True, eq=False)
class Lone:
    """Equals itself alone."""

    name: str


def test_fields_come_behind_those_of_the_class_above() -> None:
    apple = Apple("a", "boskop", weight=3)
    assert (apple.name, apple.sort, apple.weight, apple.holds) == ("a", "boskop", 3, {})
    assert repr(apple) == "Apple(name='a', sort='boskop', holds=mappingproxy({}), weight=3)"


def test_records_of_the_same_values_are_equal_where_they_are_to_be() -> None:
    assert Fruit("a") == Fruit("a", weight=1)
    assert len({Fruit("a"), Fruit("a", weight=1), Fruit("b")}) == 2
    assert Fruit("a") != Apple("a", "boskop")


def test_other_values_are_given_to_a_new_record() -> None:
    apple = Apple("a", "boskop", weight=3)
    assert replace(apple, sort="gala") == Apple("a", "gala", weight=3)
    assert apple.sort == "boskop"


@pytest.mark.parametrize(
    ("values", "named", "wrong"),
    [
        ((), {}, "name"),
        (("a", "b"), {}, "passed twice"),
        (("a",), {"name": "b"}, "passed twice"),
        (("a",), {"color": "red"}, "color"),
    ],
)
def test_a_field_that_is_missing_or_unknown_is_named(
    values: tuple[Any, ...], named: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(TypeError, match=rf"Fruit: missing, unknown or too many: {wrong}$"):
        Fruit(*values, **named)


def test_a_record_stays_as_it_is() -> None:
    fruit: Any = Fruit("a")
    with pytest.raises(AttributeError, match=r"Fruit\.weight: a record stays"):
        fruit.weight = 2
    with pytest.raises(AttributeError, match=r"Fruit\.name: a record stays"):
        del fruit.name


def test_a_class_may_leave_equality_to_identity() -> None:
    assert Lone("a") != Lone("a")
