"""The shapes that a change of Keras can have, and what each says of an old form."""

from flake8_paramdoc.changes.shapes.arguments import NOT_LITERAL, ArgumentChange, ArgumentsRemoved, ArgumentsRenamed
from flake8_paramdoc.changes.shapes.change import Change, Outcome, literal, short
from flake8_paramdoc.changes.shapes.members import MemberChange, MembersRemoved, MembersRenamed, Use
from flake8_paramdoc.changes.shapes.names import ModulesMoved, NameChange, NamesRemoved, NamesRenamed
from flake8_paramdoc.changes.shapes.positions import ArgumentRequired, PositionChanged
from flake8_paramdoc.changes.shapes.values import Looks, ValueChange, ValuesRenamed, ValueUnfit

__all__ = [
    "NOT_LITERAL",
    "ArgumentChange",
    "ArgumentRequired",
    "ArgumentsRemoved",
    "ArgumentsRenamed",
    "Change",
    "Looks",
    "MemberChange",
    "MembersRemoved",
    "MembersRenamed",
    "ModulesMoved",
    "NameChange",
    "NamesRemoved",
    "NamesRenamed",
    "Outcome",
    "PositionChanged",
    "Use",
    "ValueChange",
    "ValueUnfit",
    "ValuesRenamed",
    "literal",
    "short",
]
