"""What is run on a change, each in an environment of its own: ``nox -l`` lists it, ``nox -s lint`` runs one.

Arguments behind ``--`` go to pytest: ``nox -s tests -- -m "not slow"``.
"""

from __future__ import annotations

import shutil

import nox
from packaging.requirements import Requirement

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "types", "docs", "tests"]
nox.options.reuse_venv = "yes"

PROJECT = nox.project.load_toml("pyproject.toml")
WORKERS = ("-n", "2", "--dist", "loadfile")


EARLY = {"docutils", "flake8", "keras", "sphinx", "tensorflow"}
"""What the packages stand on: its pre-releases are tried too. Those of all else tell of nothing here."""


def floors() -> list[tuple[str, str]]:
    """Return what the packages and their tests need, each with the oldest version that pyproject.toml allows."""
    project = PROJECT["project"]
    asked = map(Requirement, sum(project["optional-dependencies"].values(), project["dependencies"]))
    return [
        (one.name, bound.version)
        for one in asked
        if one.name != project["name"]
        for bound in one.specifier
        if bound.operator == ">="
    ]


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, as README does."""
    session.install("-e", ".[test]")
    if shutil.which("npm"):  # what looks for faults of accessibility; the tests that ask it would skip
        session.run("npm", "install", "--no-save", "--no-audit", "--no-fund", "axe-core@4", external=True)
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure what of both packages the tests run, in all processes; ``-- -m "not slow"`` asks the pure ones alone."""
    session.install("-e", ".[test]", *nox.project.dependency_groups(PROJECT, "coverage"))
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *WORKERS, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def lint(session: nox.Session) -> None:
    """Look at style and form."""
    session.install(*nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, those of the tests included."""
    session.install("-e", ".[test]", *nox.project.dependency_groups(PROJECT, "lint"))
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the manual, with all its tables."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-W", "--keep-going", "docs", "docs/_build/html")


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """Run the tests with the oldest Python and the oldest versions that pyproject.toml allows."""
    session.install("-e", ".[test]", *(f"{name}=={version}" for name, version in floors()))
    session.run("pip", "list", "--format=freeze")
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session(python="3.13")
def newest(session: nox.Session) -> None:
    """Run the tests with the newest Python of the classifiers and the newest versions, in part pre-releases."""
    wanted = [f"{name}>={version}.dev0" for name, version in floors() if name in EARLY]
    session.install("--upgrade", "--upgrade-strategy", "eager", "-e", ".[test]", *wanted)
    session.run("pip", "list", "--format=freeze")
    session.run("pytest", *WORKERS, *session.posargs)
