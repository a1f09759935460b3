"""Findings in the arguments of a call → what is written instead."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    ArgumentRequired,
    Fix,
    NameChange,
    Place,
    PositionChanged,
    Safety,
    Template,
    ValueChange,
    ValueUnfit,
)
from flake8_paramdoc.edits.arguments import Arguments, in_quotes_of
from flake8_paramdoc.edits.around import around_values
from flake8_paramdoc.edits.batches import has_samples_by_place
from flake8_paramdoc.edits.orders import is_order
from flake8_paramdoc.edits.rates import rate_of_today
from flake8_paramdoc.edits.results import is_needed_as_before
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flake8_paramdoc.matching.finding import Match, Site

_OF_VALUE = re.compile(r"\bvalue\[(\d)\]")


def of_call(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of an argument, or of a call that its arguments tell of."""
    site, change = match.site, match.change
    if site is None or site.call is None:
        return None
    arguments = Arguments(context.source, site.call)
    if isinstance(change, ArgumentChange):
        if has_samples_by_place(site.call, context) or _is_unknown_order(match.node, context):
            return None
        return _of_argument(change, match.node, arguments)
    if isinstance(change, ValueChange):
        return _of_value(change, match.node, arguments, site, context)
    if isinstance(change, PositionChanged):
        return _of_place(change, arguments, site)
    if isinstance(change, ArgumentRequired):
        return _simple(change.fix, arguments.added(change.fix.template.new)) if change.fix.template else None
    if isinstance(change, NameChange):
        return of_fixes(change.fixes_of_call(site.name), site.call, site, context, bare=_is_bare(site.call))
    return None


def of_node(fixes: Sequence[Fix], node: ast.AST, context: Context) -> Rewrite | None:
    """Return what is written by a fix that asks for nothing but a node: an argument is added or dropped."""
    for fix in fixes:
        holder = context.source.parents.get(id(node))
        if fix.names or fix.safety is Safety.BY_HAND or not isinstance(holder, ast.Call):
            continue
        arguments = Arguments(context.source, holder)
        if fix.place is Place.ADDED and fix.template is not None and holder.func is node and not arguments.is_spread:
            name = fix.template.new.partition("=")[0]
            return _simple(fix, arguments.added(fix.template.new)) if arguments.named(name) is None else None
        if fix.place is Place.DROPPED and isinstance(node, ast.keyword):
            return _simple(fix, arguments.dropped(node))
    return None


def _is_bare(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name)


def _simple(fix: Fix, edits: Sequence[Edit]) -> Rewrite:
    return Rewrite(tuple(edits), safety=fix.safety, reason=fix.holds)


def _of_argument(change: ArgumentChange, node: ast.AST, arguments: Arguments) -> Rewrite | None:
    if not isinstance(node, ast.keyword) or node.arg is None or node not in arguments.call.keywords:
        return None
    value = node.value.value if isinstance(node.value, ast.Constant) else None
    fix = change.fix(node.arg, value) if isinstance(node.value, ast.Constant) else change.fix(node.arg)
    if fix.place is Place.DROPPED:
        return _simple(fix, arguments.dropped(node))
    if fix.place is not Place.KEYWORD or fix.template is None:
        return None
    olds = [parameter.name for parameter in fix.template.parameters]
    if (new := _other_name(fix.template)) is not None:
        return _simple(fix, arguments.renamed(node, new)) if arguments.named(new) is None else None
    bound = {old: word.value for old in olds if (word := arguments.named(old)) is not None}
    missing = [parameter for parameter in fix.template.parameters if parameter.name not in bound]
    if any(parameter.default is None for parameter in missing):
        return None
    words = [arguments.named(old) for old in bound]
    keep = [slot.node for slot in arguments.slots.slots if slot.node not in words]
    edits = arguments.rearranged(fix.template, bound, {}, keep=keep)
    return _simple(fix, edits) if edits is not None else None


def _is_unknown_order(node: ast.AST, context: Context) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "dim_ordering" and not is_order(node.value, context)


def _other_name(template: Template) -> str | None:
    """Return the name of today where nothing but the name of an argument is another."""
    if len(template.parameters) != 1:
        return None
    entries = list(template.entries({template.parameters[0].name: "_"}))
    return entries[0].name if len(entries) == 1 and entries[0].text == "_" else None


def _of_value(
    change: ValueChange, node: ast.expr, arguments: Arguments, site: Site, context: Context
) -> Rewrite | None:
    fix = change.fix(node)
    if fix is None and isinstance(change, ValueUnfit) and change.ending:
        fix = change.fix(written(node, site.scope))
    if fix is None:
        return None
    source = context.source
    holder = source.parents.get(id(node))
    keyword = holder if isinstance(holder, ast.keyword) and holder in arguments.call.keywords else None
    if fix.place is Place.DROPPED:
        return _simple(fix, arguments.dropped(keyword)) if keyword is not None else None
    if fix.template is None or (names := context.spelled(fix, site, arguments.call.func)) is None:
        return None
    spelled, operations = names
    start, end = source.span(node)
    if fix.place is Place.KEYWORD:
        text = fix.template.write({}, spelled)
        name = text.partition("=")[0]
        if arguments.named(name) not in (None, keyword):
            return None
        if keyword is not None:
            text = f"{name}={in_quotes_of(source.segment(keyword.value), text[len(name) + 1 :])}"
            return Rewrite(tuple(arguments.replaced(keyword, text)), operations, fix.safety, fix.holds)
        if arguments.call.args[-1:] != [node] or arguments.is_spread:
            return None
        return Rewrite(tuple(arguments.replaced(node, text)), operations, fix.safety, fix.holds)
    if fix.place is not Place.VALUE:
        return None
    if isinstance(change, ValueUnfit) and change.ending:
        return _of_path(fix, node, change.ending, context)
    new = _value(fix.template, node, context, spelled)
    if new is None:
        return None
    return Rewrite((Edit(start, end, new),), operations, fix.safety, fix.holds)


_ENDINGS = (".weights.h5", ".h5", ".hdf5", ".hdf", ".keras", ".ckpt", ".model")
"""What the names of files of models and weights end in."""


_FOR_SERVING = re.compile(r"export|saved_?model|serving|(?:^|/)\d+/?$", re.IGNORECASE)
"""What is in the path of a folder that others read than Keras: what is written there is no file of today."""


def _of_path(fix: Fix, node: ast.expr, ending: str, context: Context) -> Rewrite | None:
    """Return what gives a path another ending, wherever the same text stands: who writes a file and who reads it."""
    if isinstance(node, ast.Name):
        binders = context.uses.binders(node, node.id)
        parent = context.source.parents.get(id(binders[0])) if len(binders) == 1 else None
        node = parent.value if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else node
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    old = next((one for one in _ENDINGS if node.value.endswith(one)), "")
    if not old and _FOR_SERVING.search(node.value):
        return None
    edits = []
    for same in ast.walk(context.source.tree):
        if isinstance(same, ast.Constant) and same.value == node.value and not _is_text(same, context):
            start, end = context.source.span(same)
            quoted = context.source.text[start:end]
            body = quoted.rstrip("\"'")
            if quoted.count("\n") or not body.endswith(old):
                return None
            place = start + len(body) - len(old)
            edits.append(Edit(place, start + len(body), ending))
    return Rewrite(tuple(edits), (), fix.safety, fix.holds)


def _is_text(node: ast.Constant, context: Context) -> bool:
    return isinstance(context.source.parents.get(id(node)), (ast.Expr, ast.JoinedStr))


def _value(template: Template, node: ast.expr, context: Context, spelled: Mapping[str, str]) -> str | None:
    """Return a value as it is written today."""
    if not template.parameters:
        text = template.write({}, spelled)
        old = context.source.segment(node)
        if old.startswith("'") and not old.startswith("'''") and text.startswith('"') and "'" not in text:
            return f"'{text[1:-1]}'"  # quotes as they were
        return text
    [parameter] = template.parameters
    if parameter.name != "value":
        return None
    if _OF_VALUE.search(template.new) and isinstance(node, (ast.Tuple, ast.List)):
        return _OF_VALUE.sub(lambda found: context.source.segment(node.elts[int(found[1])]), template.new)
    if template.new == "float(value)" and isinstance(node, ast.Constant) and context.source.segment(node).isdecimal():
        return f"{context.source.segment(node)}.0"
    return template.write({"value": context.source.segment(node)}, spelled)


def _of_place(change: PositionChanged, arguments: Arguments, site: Site) -> Rewrite | None:
    if arguments.is_spread:
        return None
    try:
        fix = change.fix(site.callee if not isinstance(change.order, str) else change.callees[0])
    except KeyError:
        owner = next(
            (callee for callee in change.callees if callee.rpartition(".")[2] == site.callee.rpartition(".")[2]), ""
        )
        fix = change.fix(owner or change.callees[0])
    template = fix.template
    placed = arguments.placed(site.skip)
    if template is None or len(placed) > len(template.parameters):
        return None
    bound = {parameter.name: node for parameter, node in zip(template.parameters, placed, strict=False)}
    if any(parameter.default is None and parameter.name not in bound for parameter in template.parameters):
        return None
    keep = [slot.node for slot in arguments.slots.slots if slot.node not in placed]
    edits = arguments.rearranged(template, bound, {}, keep=keep)
    return _simple(fix, edits) if edits is not None else None


def of_fixes(
    fixes: Sequence[Fix],
    call: ast.Call,
    site: Site,
    context: Context,
    *,
    bare: bool = False,
    given: Mapping[str, str] | None = None,
) -> Rewrite | None:
    """Return what is written instead of a whole call: the first of several fixes that is for it.

    :param bare: whether what is called was imported by its own name.
    :param given: what the template takes that the call does not pass: the object whose method it is.
    """
    for fix in fixes:
        if fix.place is not Place.CALL or fix.template is None or fix.safety is Safety.BY_HAND:
            continue
        bound = _bound(fix.template, call, given or {}, context)
        if bound is None or _is_doubled(fix.template, bound):
            continue
        if fix.safety is Safety.UNSAFE and is_needed_as_before(site.name, call, context):
            return None
        spelled = context.spelled(fix, site, call.func, bare=bare)
        if spelled is None:
            return None
        texts, operations = spelled
        edits = _call_edits(fix.template, call, bound, texts, context, given or {})
        if edits is None:
            return None
        if fix.in_result and isinstance(context.source.parents.get(id(call)), ast.Expr):
            return Rewrite(tuple(edits), operations)
        return Rewrite(tuple(edits), operations, fix.safety, fix.holds)
    return None


def _bound(
    template: Template, call: ast.Call, given: Mapping[str, str], context: Context
) -> Mapping[str, ast.expr] | None:
    if given:
        template = Template(template.old.partition(", ")[2] if "," in template.old else "", template.new)
    return template.bind(call, context.value_of)


def _is_doubled(template: Template, bound: Mapping[str, ast.expr]) -> bool:
    """Tell whether something would be written, and computed, several times that is more than a name."""
    names = [node.id for node in ast.walk(template.tree) if isinstance(node, ast.Name)]
    return any(names.count(name) > 1 and not _is_plain(node) for name, node in bound.items())


def _is_plain(node: ast.expr) -> bool:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Constant, ast.Name)):
            return False
        node = node.value
    return isinstance(node, (ast.Name, ast.Constant))


def _call_edits(
    template: Template,
    call: ast.Call,
    bound: Mapping[str, ast.expr],
    spelled: Mapping[str, str],
    context: Context,
    given: Mapping[str, str],
) -> list[Edit] | None:
    source, arguments = context.source, Arguments(context.source, call)
    start, end = source.span(call)
    tree = template.tree
    if any(_is_flat(bound.get(name)) for name in _spread(tree)):
        return None
    if isinstance(tree, ast.Call) and not given and not isinstance(tree.func, ast.Call):
        function = ast.unparse(tree.func)
        if function in spelled:
            edits = arguments.rearranged(template, bound, spelled, keep=[])
            if edits is not None:
                _, func_end = source.span(call.func)
                return [Edit(start, func_end, spelled[function]), *edits]
    values = [source.span(node) for node in bound.values()]
    if any(
        not any(begin <= comment.start < behind for begin, behind in values) for comment in source.comments(start, end)
    ):
        return None
    passed = {**arguments.passed(bound), **given, **rate_of_today(call, context)}
    text = template.write(passed, spelled)
    if (bare := _without_copy(template, text, call, context)) is not None:
        return [Edit(start, end, bare)]
    needs_parentheses = not isinstance(tree, (ast.Call, ast.Attribute, ast.Name, ast.Tuple)) and _needs_parentheses(
        call, context
    )
    if not needs_parentheses and not given and "\n" in source.text[start:end]:
        around = around_values(template, bound, passed, spelled, arguments)
        if around is not None:
            return around
    return [Edit(start, end, f"({text})" if needs_parentheses else text)]


def _spread(tree: ast.expr) -> Iterator[str]:
    """Yield the names that code of today takes apart: of pairs, one for each axis."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Starred) and isinstance(node.value, ast.Name):
            yield node.value.id


def _is_flat(node: ast.expr | None) -> bool:
    """Tell whether a tuple holds no pairs, but a number for each axis, as Keras 1 took them."""
    return isinstance(node, (ast.Tuple, ast.List)) and not all(
        isinstance(one, (ast.Tuple, ast.List)) for one in node.elts
    )


def _without_copy(template: Template, text: str, call: ast.Call, context: Context) -> str | None:
    """Return what is written without the ``tuple()`` or ``list()`` around it, where another takes it apart at once."""
    tree = template.tree
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name) or tree.func.id not in ("tuple", "list"):
        return None
    written = ast.parse(text, mode="eval").body
    if not isinstance(written, ast.Call) or not isinstance(written.args[0], (ast.Attribute, ast.Name)):
        return None
    parent = context.source.parents.get(id(call))
    is_one = isinstance(parent, ast.Subscript) and parent.value is call and not isinstance(parent.slice, ast.Slice)
    is_copied = (
        isinstance(parent, ast.Call)
        and isinstance(parent.func, ast.Name)
        and parent.func.id in ("tuple", "list", "len")
        and parent.args == [call]
    )
    is_unpacked = (
        isinstance(parent, ast.Assign)
        and len(parent.targets) == 1
        and isinstance(parent.targets[0], (ast.Tuple, ast.List))
    )
    return text.partition("(")[2].removesuffix(")").strip() if is_one or is_copied or is_unpacked else None


def _needs_parentheses(call: ast.Call, context: Context) -> bool:
    parent = context.source.parents.get(id(call))
    if isinstance(parent, ast.Call):
        return parent.func is call
    return not isinstance(parent, (ast.Assign, ast.Return, ast.keyword, ast.Expr, ast.Tuple, ast.List))
