"""Findings of names, members and modules → what is written instead, with the imports and all uses."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import CALLED, moved, public
from flake8_paramdoc.changes.record import replace
from flake8_paramdoc.changes.shapes import Fix, MemberChange, NameChange, Place, Safety, Template
from flake8_paramdoc.changes.today import is_there
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.batches import counts_batches, has_samples_by_place, of_samples_by_place
from flake8_paramdoc.edits.calls import of_fixes
from flake8_paramdoc.edits.imports import Changed, Operation, Removed, without
from flake8_paramdoc.edits.rates import of_rate
from flake8_paramdoc.edits.results import is_needed_as_before
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.matching.era import is_only_in_tensorflow_1
from flake8_paramdoc.matching.finding import Site
from flake8_paramdoc.matching.namespaces import full_name
from flake8_paramdoc.reading.keras_packages import KerasPackage, origin
from flake8_paramdoc.reading.scopes import Names

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match


_BATCHES = "the second argument is a number of batches, and was one of samples in Keras 1"


def of_name(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of a name, where it is imported or used."""
    change, site, node = match.change, match.site, match.node
    if not isinstance(change, NameChange) or site is None:
        return None
    if isinstance(node, ast.ImportFrom):
        return _of_module(node, context, site)
    if isinstance(node, ast.alias):
        statement = context.source.parents[id(node)]
        if isinstance(statement, ast.Import):
            return _of_plain_import(change, statement, node, context, site)
        assert isinstance(statement, ast.ImportFrom)
        return _of_import(match, statement, node, context)
    return of_use(change.fixes(site.name), node, context, site)


def of_member(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of a method or attribute of an object."""
    change, site, node = match.change, match.site, match.node
    if not isinstance(change, MemberChange) or site is None or site.elsewhere:
        return None
    fix = change.fix(site.name)
    if fix.template is None or fix.safety is Safety.BY_HAND:
        return None
    if fix.place is Place.CALL and isinstance(node, ast.Attribute):
        call = context.source.parents.get(id(node))
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        return _of_method(fix, call, node, context, site)
    if fix.place is not Place.MEMBER:
        return None
    new = fix.template.new
    if isinstance(node, ast.Attribute):
        _, end = context.source.span(node)
        return Rewrite((Edit(end - len(node.attr), end, new),), safety=fix.safety, reason=fix.holds)
    if isinstance(node, ast.FunctionDef) and "." not in new:
        start, end = context.source.span(node)
        tokens = iter(context.source.between(start, end))
        for token in tokens:
            if token.kind == tokenize.NAME and token.text == "def":
                name = next(tokens)
                return Rewrite((Edit(name.start, name.end, new),), safety=fix.safety, reason=fix.holds)
    return None


def _of_method(fix: Fix, call: ast.Call, node: ast.Attribute, context: Context, site: Site) -> Rewrite | None:
    """Return what is written instead of a method's call; where only the name is another, the rest stays as it is."""
    template = fix.template
    assert template is not None
    tree = template.tree
    receiver = context.source.segment(node.value)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and ast.unparse(tree.func.value) == "self":
        if site.package is KerasPackage.KERAS and has_samples_by_place(call, context):
            return of_samples_by_place(call, site, context)
        inner = Template(template.old.partition(", ")[2], template.new)
        bound = inner.bind(call)
        if bound is None:
            return None
        if node.attr.endswith("_generator") and len(call.args) > 1 and site.package is KerasPackage.KERAS:
            if counts_batches(call, context) is None:
                return None
            fix = replace(fix, safety=Safety.UNSAFE, holds=_BATCHES)
        edits = Arguments(context.source, call).rearranged(inner, bound, {}, keep=[])
        if edits is None:
            return None
        _, end = context.source.span(node)
        return Rewrite((Edit(end - len(node.attr), end, tree.func.attr), *edits), safety=fix.safety, reason=fix.holds)
    return of_fixes([fix], call, Site(Names(), KerasPackage.KERAS), context, given={"self": receiver})


def of_use(
    fixes: tuple[Fix, ...], node: ast.expr, context: Context, site: Site, *, bare: bool = False
) -> Rewrite | None:
    """Return what is written instead of a use of a name."""
    if not fixes:
        return None
    if fixes[0].place is Place.NAME and fixes[0].template is not None:
        fix = fixes[0]
        assert fix.template is not None
        found = context.spelling.spelled(fix.template.new, site, node, bare=bare or isinstance(node, ast.Name))
        if found is None or fix.safety is Safety.BY_HAND or _is_needed(fix, node, context, site):
            return None
        start, end = context.source.span(node)
        operations = (found.added,) if found.added is not None else ()
        call = context.source.parents.get(id(node))
        rates = of_rate(call, context) if isinstance(call, ast.Call) and call.func is node else ()
        edits = (Edit(start, end, found.text), *_of_cudnn(node, site, context), *rates)
        return Rewrite(edits, operations, fix.safety, fix.holds)
    call = context.source.parents.get(id(node))
    if not isinstance(call, ast.Call) or call.func is not node:
        return None
    if fixes[0].place is Place.STATEMENT:
        statement = context.source.parents.get(id(call))
        if not isinstance(statement, ast.Expr) or (site.name == "set_session" and _has_session(context)):
            return None
        return Rewrite((without(context.source, statement),), (), fixes[0].safety, fixes[0].holds)
    return of_fixes(fixes, call, site, context, bare=bare)


def _has_session(context: Context) -> bool:
    """Tell whether a file makes sessions as only TensorFlow 1 does: it must be brought to TensorFlow 2 as a whole."""
    return any(is_only_in_tensorflow_1(call, scope) for call, scope in context.reading.calls)


def _is_needed(fix: Fix, node: ast.expr, context: Context, site: Site) -> bool:
    """Tell whether a function of today's name would give what the file can do nothing with."""
    call = context.source.parents.get(id(node))
    if fix.safety is Safety.SAFE or not isinstance(call, ast.Call) or call.func is not node:
        return False
    return is_needed_as_before(site.name, call, context)


def _of_cudnn(node: ast.expr, site: Site, context: Context) -> Iterator[Edit]:
    """Yield what says that a GRU is one of cuDNN, where the file's other ones were not."""
    call = context.source.parents.get(id(node))
    if site.name == "CuDNNGRU" and context.era.is_before_2_4 and isinstance(call, ast.Call) and call.func is node:
        arguments = Arguments(context.source, call)
        if arguments.named("reset_after") is None and not arguments.is_spread:
            yield from arguments.added("reset_after=True")


def _numbers(statement: ast.Import | ast.ImportFrom, alias: ast.alias, context: Context) -> tuple[int, int]:
    number = next(number for number, one in enumerate(context.source.imports) if one is statement)
    return number, statement.names.index(alias)


def _of_import(match: Match, statement: ast.ImportFrom, alias: ast.alias, context: Context) -> Rewrite | None:
    """Return what is written instead of a name that is imported, with all its uses."""
    change, site = match.change, match.site
    assert isinstance(change, NameChange)
    assert site is not None
    number, place = _numbers(statement, alias, context)
    bound = alias.asname or alias.name
    uses = context.uses.of(alias, bound)
    if bound in context.uses.exported:
        return None
    if not uses:
        if context.is_package or change.code.startswith("KER9") or change.code == "KER207":
            return None
        return Rewrite((), (Removed(number, place),))
    where = origin(f"{statement.module}.{alias.name}")
    if where is not None and moved(where.name) in CALLED and change.called:
        return None  # its calls are told one by one
    imports = _same(alias, bound, context)
    if imports is None:
        return None
    fixes = change.fixes(site.name)
    if change.is_module and not _holds_all(fixes, uses, context):
        return None
    if fixes and fixes[0].place is Place.NAME and fixes[0].template is not None:
        fix = fixes[0]
        new = full_name(fix.template.new, site.package) if fix.template else ""
        module, _, name = new.rpartition(".")
        if not module or any(_is_needed(fix, use, context, site) for use in uses):
            return None
        known = context.spelling.bound_to(new, alias)
        is_in_the_way = name in context.uses.taken and known != name
        if alias.asname or name == bound or is_in_the_way:
            operations = tuple(Changed(*at, module, name, bound) for at in imports)
            return Rewrite((), operations, fix.safety, fix.holds)
        edits = tuple(
            edit
            for use in uses
            for edit in (Edit(*context.source.span(use), known or name), *_of_cudnn(use, site, context))
        )
        if known:
            return Rewrite(edits, tuple(Removed(*at) for at in imports), fix.safety, fix.holds)
        return Rewrite(edits, tuple(Changed(*at, module, name, name) for at in imports), fix.safety, fix.holds)
    rewrites = [of_use(fixes, use, context, site, bare=True) for use in uses]
    return _together([one for one in rewrites if one is not None]) if all(rewrites) else None


def _holds_all(fixes: tuple[Fix, ...], uses: list[ast.Name], context: Context) -> bool:
    """Tell whether a module of today holds all that a file uses of the old one."""
    if not fixes or fixes[0].template is None:
        return False
    for use in uses:
        parent = context.source.parents.get(id(use))
        if not isinstance(parent, ast.Attribute) or not is_there(f"{fixes[0].template.new}.{parent.attr}"):
            return False
    return True


def _same(alias: ast.alias, bound: str, context: Context) -> list[tuple[int, int]] | None:
    """Return where a name is imported, which may be several times; ``None`` where it stands for something else too."""
    binders = context.uses.binders(alias, bound)
    found = []
    for number, statement in enumerate(context.source.imports):
        for place, one in enumerate(statement.names):
            if any(one is binder for binder in binders):
                if (
                    not isinstance(statement, ast.ImportFrom)
                    or one.name != alias.name
                    or context.reading.guards.cover(statement)
                ):
                    return None
                found.append((number, place))
    return found if len(found) == len(binders) else None


def _together(rewrites: list[Rewrite]) -> Rewrite | None:
    """Return one of several, which are made together."""
    edits = tuple(dict.fromkeys(edit for one in rewrites for edit in one.edits))
    ordered = sorted(edits)
    if any(before.end > after.start for before, after in pairwise(ordered)):
        # One inside another: from the inside out, a round each.
        return rewrites[-1] if rewrites else None
    unsafe = next((one for one in rewrites if one.safety is not Safety.SAFE), rewrites[0])
    operations = tuple(dict.fromkeys(operation for one in rewrites for operation in one.operations))
    return Rewrite(edits, operations, unsafe.safety, unsafe.reason)


def _of_module(statement: ast.ImportFrom, context: Context, site: Site) -> Rewrite | None:
    """Return what is written instead of an import from a module that is gone: each name from where it is today."""
    number = next(number for number, one in enumerate(context.source.imports) if one is statement)
    operations: list[Operation] = []
    for place, alias in enumerate(statement.names):
        bound = alias.asname or alias.name
        where = origin(f"{statement.module}.{alias.name}")
        if where is None:
            continue
        if alias.name == "*":
            module = origin(statement.module or "")
            new = moved(f"{module.name}.*") if module is not None else ""
            if not new or new == (module.name if module is not None else "") + ".*" or not is_there(new[:-2]):
                return None
            operations.append(Changed(number, place, full_name(new[:-2], site.package), "*", "*"))
            continue
        new = _today(where.name)
        if new:
            module_name, _, name = full_name(new, site.package).rpartition(".")
            operations.append(Changed(number, place, module_name, name, bound))
        elif not context.uses.of(alias, bound) and bound not in context.uses.exported and not context.is_package:
            operations.append(Removed(number, place))
    return Rewrite((), tuple(operations)) if operations else None


_HOMES = ("keras.layers", "keras.models", "keras.utils", "keras")
"""Where what the modules behind Keras held may be found today."""


def _today(name: str) -> str:
    """Return where something is found today that stood in a module that is gone; '' where that is not known."""
    last = name.rpartition(".")[2]
    homes = [f"{home}.{last}" for home in _HOMES] if name.startswith("keras.engine.") else []
    return next((new for new in (moved(name), public(name), *homes) if is_there(new)), "")


def _of_plain_import(
    change: NameChange, statement: ast.Import, alias: ast.alias, context: Context, site: Site
) -> Rewrite | None:
    """Return what is written instead of a module that is imported."""
    number, place = _numbers(statement, alias, context)
    fixes = change.fixes(site.name)
    bound = alias.asname or alias.name.partition(".")[0]
    if bound in context.uses.exported:
        return None
    if not context.uses.of(alias, bound) and not context.is_package and not change.code.startswith("KER9"):
        return Rewrite((), (Removed(number, place),))
    fix = fixes[0] if fixes else None
    if fix is None or fix.place is not Place.NAME or fix.template is None or not change.is_module:
        return None
    where = origin(alias.name)
    rest = where.name[len(change.module) + 1 + len(site.name) :] if where is not None else ""
    new = f"{fix.template.new}{rest}"
    if not is_there(new):
        return None
    if alias.asname and not _holds_all(fixes, context.uses.of(alias, bound), context):
        return None
    return Rewrite((), (Changed(number, place, "", full_name(new, site.package), alias.asname or ""),), fix.safety)
