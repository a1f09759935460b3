"""The formula of a block in the arguments of its call: its settings are blocks like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sphinx_paramdoc import execution, law
from sphinx_paramdoc.law import Law
from sphinx_paramdoc.notation import varying
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.sphinx_ext.build import Build


def find(
    build: Build, listing: execution.Listing, options: Options, given: execution.Success, document: str
) -> tuple[Law | None, str]:
    """Return the formula of a block, or why there is none; and what is wrong with what was asked for.

    :param given: what the block gave as it is written.
    :raises NoSettingError: where a setting has no record, and nothing is to be run.
    """
    names = options.vary or ()
    wanted = varying.varied(names, given.arguments)
    if not wanted.arguments:
        return None, wanted.complaint
    job = build.known.job(listing, options)

    def run(settings: Sequence[Mapping[str, int]]) -> list[law.Result]:
        answers = build.settings([varying.job(job, given, each) for each in settings], given, document)
        return [varying.result(setting, answer) for setting, answer in zip(settings, answers, strict=True)]

    found = law.find(wanted.arguments, given.model, run, wanted.fixed, may_leave_out=not names)
    return found, wanted.complaint
