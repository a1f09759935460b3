"""The shapes that a change of Keras can have, and what each says of an old form."""

from flake8_paramdoc.changes.shapes.arguments import NOT_LITERAL, ArgumentChange, ArgumentsRemoved, ArgumentsRenamed
from flake8_paramdoc.changes.shapes.behaviour import Behaviour
from flake8_paramdoc.changes.shapes.change import ANY, Change, Fate, is_name, literal, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.members import MemberChange, MembersRemoved, MembersRenamed, Use
from flake8_paramdoc.changes.shapes.names import ModulesMoved, NameChange, NamesRemoved, NamesRenamed
from flake8_paramdoc.changes.shapes.packages import PackagesRemoved
from flake8_paramdoc.changes.shapes.positions import ArgumentRequired, DefaultChanged, PositionChanged
from flake8_paramdoc.changes.shapes.template import Template
from flake8_paramdoc.changes.shapes.tensors import FunctionsOnTensors
from flake8_paramdoc.changes.shapes.values import Looks, ValueChange, ValuesRenamed, ValueUnfit

__all__ = [
    "ANY",
    "NOT_LITERAL",
    "ArgumentChange",
    "ArgumentRequired",
    "ArgumentsRemoved",
    "ArgumentsRenamed",
    "Behaviour",
    "Change",
    "DefaultChanged",
    "Fate",
    "Fix",
    "FunctionsOnTensors",
    "Looks",
    "MemberChange",
    "MembersRemoved",
    "MembersRenamed",
    "ModulesMoved",
    "NameChange",
    "NamesRemoved",
    "NamesRenamed",
    "PackagesRemoved",
    "Place",
    "PositionChanged",
    "Safety",
    "Template",
    "Use",
    "ValueChange",
    "ValueUnfit",
    "ValuesRenamed",
    "is_name",
    "literal",
    "short",
]
