from __future__ import annotations

import msgspec
import pytest

from sphinx_paramdoc.machine.installed import version


def test_versions_of_distributions() -> None:
    assert version("msgspec") == msgspec.__version__
    assert version("_pytest") == pytest.__version__  # a module of another name than its distribution


@pytest.mark.parametrize("module", ["no_such_module", "docutils.nodes", "sys"])
def test_what_no_distribution_brings_has_no_version(module: str) -> None:
    assert version(module) is None
