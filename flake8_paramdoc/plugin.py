"""The face to flake8: the checker that the entry point ``KER`` names.

flake8 reads the name and the version of a plugin from its distribution, and everything else from this class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from flake8_paramdoc.reading.keras_packages import is_about_keras

if TYPE_CHECKING:
    import argparse
    import ast
    from collections.abc import Iterator, Sequence

    from flake8.options.manager import OptionManager

_TARGETS = ("2", "3")


class KerasChecker:
    """Report Keras code that was written for an older Keras."""

    # On the class: flake8 makes an object for each file, also in other processes, and options come before.
    target: ClassVar[int] = 3

    def __init__(self, tree: ast.AST, lines: Sequence[str]) -> None:
        """Take what flake8 passes by the parameters' names: a file's tree and its lines."""
        self._tree = tree
        self._lines = lines

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Declare the option, and the codes that are off unless asked for."""
        manager.extend_default_ignore(["KER9"])
        manager.add_option(
            "--keras-target",
            choices=_TARGETS,
            default="3",
            parse_from_config=True,
            help="The Keras that the code is to run on; with 2, changes of Keras 3 are silent. (Default: 3)",
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Keep the option's value.

        Raises flake8's ``ExecutionError``, which ends its run with a message, for another Keras than 2 or 3:
        choices bind the command line alone, not the configuration file.
        """
        if options.keras_target not in _TARGETS:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(f"keras-target is {options.keras_target!r}: it must be 2 or 3")
        cls.target = int(options.keras_target)

    def run(self) -> Iterator[tuple[int, int, str, type[KerasChecker]]]:
        """Return each finding's line, column and text, in flake8's form: columns begin at 0."""
        # The tables are read when the first file needs them; most projects have none that does.
        if not is_about_keras("".join(self._lines)):
            return
        from flake8_paramdoc.matching import find

        for finding in find(self._tree, self._lines, target=self.target, deprecated=True):
            yield finding.line, finding.column, f"{finding.code} {finding.message}", type(self)
