"""What one build knows: what its project says, its records, and by them which blocks run and which pages are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_paramdoc import execution, machine
from sphinx_paramdoc.notation import autodoc_patterns, foresight
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.records.store import Records
from sphinx_paramdoc.sphinx_ext import config, language, state
from sphinx_paramdoc.sphinx_ext.library import Library
from sphinx_paramdoc.sphinx_ext.state import Outcome

RUN_NOTHING = frozenset({"gettext", "linkcheck", "doctest"})
"""The builders that look at the text of a project and need no tables."""


class Knowledge:
    """What is true of one build from its begin; only the tables of all pages come to be known on the way."""

    def __init__(self, env: BuildEnvironment, builder: Builder) -> None:
        """Read the configuration."""
        self._env = env
        self.builder = builder
        self.says = says = config.of(env.config)
        self.shows_no_tables = builder.name in RUN_NOTHING
        """Whether the builder leaves the blocks to those that show them."""
        self.runs_blocks = says.execute in {"auto", "force"} and not self.shows_no_tables
        self.path = machine.import_path(env.srcdir)
        """Where blocks import from."""
        self.first_party = machine.FirstParty.of(env.srcdir, says.first_party)
        folder = Path(env.srcdir, says.records) if says.records else Path(env.doctreedir, "paramdoc")
        self.records = Records(folder, Path(env.srcdir), self.path, says.environment, self.first_party)
        self.words, self.catalogues = language.spoken(env.config, Path(env.srcdir))
        self.library: Library | None = None
        """The tables of all pages, once these have been read."""
        self._labelled: dict[str, tuple[Path, foresight.Preview]] | None = None

    def job(self, listing: execution.Listing, options: Options) -> execution.Job:
        """Return what is asked for a block: the request, and what running it takes."""
        request = listing.request(
            weights=options.weights,
            backend=options.backend,
            input_shape=options.input_shape,
            explainers=dict(sorted(self.says.explainers.items())),
        )
        return execution.Job(
            request=request,
            path=self.path,
            directory=str(self._env.srcdir),
            first_party=self.first_party,
            timeout=options.timeout,
            memory=self.says.memory_limit,
        )

    def is_fresh(self, request: execution.Request) -> bool:
        """Tell whether a record answers a request."""
        return self.says.execute != "force" and self.records.is_fresh(self.records.key(request))

    def foreseen(self, documents: Iterable[str]) -> list[execution.Job]:
        """Return what the blocks that documents seem to hold will most likely ask for, where no record answers it."""
        pages = (Path(self._env.doc2path(document)) for document in documents)
        return self._unanswered(each for page in pages for each in self._previews(page))

    def listed(self) -> list[execution.Job]:
        """Return what the pages will most likely ask for that autosummary is about to write, as `foreseen` does."""
        from sphinx_paramdoc.notation import foreseen_docstrings

        pages = (Path(self._env.doc2path(document)) for document in sorted(self._env.found_docs))
        return self._unanswered((True, foreseen_docstrings.listed(page, self.says)) for page in pages)

    def _unanswered(self, found: Iterable[tuple[bool, Iterable[foresight.Preview]]]) -> list[execution.Job]:
        """Return what blocks ask for, where no record answers it.

        Of what may stand in docstrings nothing is foreseen where most of it has fresh records: the rest is rather a
        wrong guess, for which a framework would be imported in vain, or a few blocks that can wait for their pages.

        :param found: blocks, and whether they are guessed from docstrings.
        """
        jobs = [
            (self.job(preview.listing, preview.options), is_guess)
            for is_guess, previews in found
            for preview in previews
        ]
        is_fresh = [self.is_fresh(job.request) for job, _ in jobs]
        guesses = [fresh for fresh, (_, is_guess) in zip(is_fresh, jobs, strict=True) if is_guess]
        takes_guesses = 2 * sum(guesses) < len(guesses)
        return [
            job
            for fresh, (job, is_guess) in zip(is_fresh, jobs, strict=True)
            if not fresh and (takes_guesses or not is_guess)
        ]

    def _previews(self, page: Path) -> Iterator[tuple[bool, Iterable[foresight.Preview]]]:
        """Yield the blocks that a page itself seems to hold, and those that autodoc will most likely put there."""
        yield False, foresight.blocks(page, self.says)
        yield True, self._in_docstrings(page)

    def _in_docstrings(self, page: Path) -> Iterable[foresight.Preview]:
        config = self._env.config
        if "sphinx.ext.autodoc" not in config.extensions:
            return ()
        from sphinx_paramdoc.notation import foreseen_docstrings

        autodoc = foreseen_docstrings.Autodoc(config.autodoc_default_options, config.autodoc_member_order)
        return foreseen_docstrings.blocks(page, self.says, autodoc)

    def lost(self, document: str) -> list[execution.Job]:
        """Return what blocks of docstrings would have asked for that a document, which was read, does not hold."""
        asked = {block.key for block in state.of(self._env).page(document).blocks}
        found = (self.job(it.listing, it.options) for it in self._in_docstrings(Path(self._env.doc2path(document))))
        return [job for job in found if self.records.key(job.request) not in asked]

    def labelled(self, label: str) -> tuple[Path, foresight.Preview] | None:
        """Return the page of the block that has a label, and the block; ``None`` where no page seems to hold it."""
        if self._labelled is None:
            self._labelled = {}
            for document in sorted(self._env.found_docs):
                page = Path(self._env.doc2path(document))
                for preview in (each for _, previews in self._previews(page) for each in previews):
                    if name := preview.options.name:
                        self._labelled.setdefault(nodes.fully_normalize_name(name), (page, preview))
        return self._labelled.get(nodes.fully_normalize_name(label))

    def outdated(self) -> Iterator[str]:
        """Yield the documents that must be read again though they may not have changed.

        That are those that had something to warn of, those with a block that has no fresh record, and those with one
        that another builder skipped.
        """
        if self.shows_no_tables:
            return  # such a builder leaves the pages to those that do
        decisive, mode = self.records.decisive_digest(), self.says.execute
        for document, page in state.of(self._env).pages.items():
            outcomes = {block.outcome for block in page.blocks}
            if (
                page.has_warned
                or (page.blocks and page.decisive != decisive)
                or self._asks_for_others(page)
                or (mode == "force" and page.blocks)
                or Outcome.FAILED in outcomes
                or (mode != "off" and (Outcome.SKIPPED in outcomes or self.lacks_a_record(document)))
            ):
                yield document

    def _asks_for_others(self, page: state.Page) -> bool:
        """Tell whether ``paramdoc_autodoc`` has changed in what it says of the objects of a page."""
        documented = page.documented.items()
        return any(autodoc_patterns.entries(self.says.autodoc, names) != before for names, before in documented)

    def lacks_a_record(self, document: str) -> bool:
        """Tell whether a document, as it was read before, has a block without a fresh record."""
        page = state.of(self._env).pages.get(document)
        return page is not None and not all(self.records.is_fresh(block.key) for block in page.blocks)

    def prune(self) -> int:
        """Delete the records that no page uses; return how many there were.

        None where a page had something to warn of: a block that is refused today may ask for its record tomorrow.
        """
        pages = state.of(self._env).pages.values()
        if any(page.has_warned for page in pages):
            return 0
        return self.records.prune({block.key for page in pages for block in page.blocks})
