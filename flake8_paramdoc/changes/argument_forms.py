"""What an argument must be, told from how it is written, without running it.

Each function takes the expression of an argument and says whether it has a certain form; of what is no literal, only
its name can speak. ``False`` means: nothing can be said.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_paramdoc.changes.shapes import Looks

_INITIALIZERS = frozenset({
    "uniform", "normal", "zero", "one", "identity", "orthogonal",
    "lecun_uniform", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal",
})  # fmt: skip
"""Every initializer that Keras 1 took as a string."""

_DTYPES = frozenset({
    "bool", "string", "half", "float", "double", "int", "bfloat16", "float16", "float32", "float64",
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "complex64", "complex128",
    "mixed_float16", "mixed_bfloat16",
})  # fmt: skip
"""Names of NumPy's and TensorFlow's number types, as Keras takes them."""


def anything(node: ast.expr) -> bool:
    """Whatever stands there: the place itself is what is old."""
    return not isinstance(node, ast.Starred)


def number(node: ast.expr) -> bool:
    """A number that is not a truth value: ``1e-6``, ``-1``, ``10 ** -6``, or a quotient of numbers."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.UnaryOp):
            pending.append(part.operand)
        elif isinstance(part, ast.BinOp):
            pending += (part.left, part.right)
        elif not (isinstance(part, ast.Constant) and type(part.value) in (int, float)):
            return False
    return True


def integer(node: ast.expr) -> bool:
    """A whole number: ``3``."""
    return isinstance(node, ast.Constant) and type(node.value) is int


def more_than_one(node: ast.expr) -> bool:
    """A whole number above 1, or a tuple or list with one: ``2``, ``(1, 2, 2)``."""
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
    return any(isinstance(part, ast.Constant) and type(part.value) is int and part.value > 1 for part in parts)


def of_an_operator(node: ast.expr) -> bool:
    """The name that Keras 2 gave to what an operator or a function of TensorFlow made: ``"tf.math.multiply_1"``."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("tf.")


def fraction(node: ast.expr) -> bool:
    """A number with a point or an exponent: ``1e-5``."""
    return isinstance(node, ast.Constant) and type(node.value) is float


def tiny(node: ast.expr) -> bool:
    """A number that only an epsilon can be, such as ``1e-8``, or ``None``."""
    return isinstance(node, ast.Constant) and (
        node.value is None or (type(node.value) is float and 0 < node.value <= 1e-4)
    )


def truth(node: ast.expr) -> bool:
    """``True`` or ``False``."""
    return isinstance(node, ast.Constant) and type(node.value) is bool


def string(node: ast.expr) -> bool:
    """A string, also one that is put together."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def title(node: ast.expr) -> bool:
    """A string that names an object and no type of numbers: ``"encoder"``; or a variable called ``name``."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value not in _DTYPES
    return isinstance(node, ast.JoinedStr) or called("name")(node)


def initializer(node: ast.expr) -> bool:
    """The name of an initializer of Keras 1: ``"glorot_uniform"``."""
    return isinstance(node, ast.Constant) and node.value in _INITIALIZERS


def dictionary(node: ast.expr) -> bool:
    """A dictionary that is written out."""
    return isinstance(node, ast.Dict) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict"
    )


def four(node: ast.expr) -> bool:
    """A tuple of four, with nothing nested in it: ``(1, 1, 2, 2)``."""
    return (
        isinstance(node, ast.Tuple)
        and len(node.elts) == 4
        and all(isinstance(item, ast.Constant) for item in node.elts)
    )


def sequence(node: ast.expr) -> bool:
    """A tuple or a list."""
    return isinstance(node, (ast.Tuple, ast.List))


def metrics(node: ast.expr) -> bool:
    """A list of metrics, which no list of numbers is: ``["accuracy"]``, ``[keras.metrics.AUC()]``."""
    return (
        isinstance(node, (ast.List, ast.Tuple))
        and bool(node.elts)
        and all(isinstance(item, ast.Call) or string(item) for item in node.elts)
    )


def no_whole_number(node: ast.expr) -> bool:
    """A number with a fraction in Python 3, whatever its parts are: ``filters / 2``, ``64 * 0.5``, ``32.0``."""
    pending = [node]
    while pending:
        part = pending.pop()
        if fraction(part) or (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div)):
            return True
        if isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Sub, ast.Mult)):
            pending += (part.left, part.right)
    return False


_OF_ARRAYS = frozenset({"prod", "product", "max", "min", "sum", "amax", "amin", "nanmax", "argmax", "count_nonzero"})
_NUMPY_MAKES = frozenset({*_OF_ARRAYS, "ceil", "floor", "round", "rint", "int32", "int64", "log2", "sqrt"})


def numpy_number(node: ast.expr) -> bool:
    """A number of NumPy's, also with others added: ``np.prod(shape)``, ``labels.max() + 1``."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            module = part.func.value
            of_numpy = isinstance(module, ast.Name) and module.id in ("np", "numpy")
            if part.func.attr in (_NUMPY_MAKES if of_numpy else _OF_ARRAYS) and (of_numpy or not part.args):
                return True
        elif isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)):
            pending += (part.left, part.right)
    return False


def no_shape(node: ast.expr) -> bool:
    """A whole number where a shape must stand: ``10``, ``28 * 28``, ``n - 1``, ``len(words)``, ``x.shape[1]``."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub) and integer(part.right):
            return True  # no number is taken from a tuple
        if isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)):
            pending += (part.left, part.right)
        elif not (integer(part) or _is_length(part)):
            return False
    return True


def _is_length(node: ast.expr) -> bool:
    """Tell whether an expression is the length of something, or of one of its axes."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("len", "int")
    if not isinstance(node, ast.Subscript) or isinstance(node.slice, ast.Slice) or not number(node.slice):
        return False
    shape = node.value
    if isinstance(shape, ast.Name):
        return shape.id == "input_shape"
    return isinstance(shape, ast.Attribute) and shape.attr == "shape"


def axes(node: ast.expr) -> bool:
    """One axis in a list or a tuple: ``[-1]``."""
    return isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) == 1 and number(node.elts[0])


def lone_metric(node: ast.expr) -> bool:
    """One metric that stands in no list: ``"accuracy"``, ``keras.metrics.AUC()``."""
    if isinstance(node, ast.Call):
        name = called_as(node.func)
        return name[:1].isupper()
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def called_as(func: ast.expr) -> str:
    """Return the last part of the name of what is called; empty where it has none."""
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def given(node: ast.expr) -> bool:
    """Anything but ``None``."""
    return not _is_none(node)


def old_optimizer(node: ast.expr) -> bool:
    """An optimizer of TensorFlow 1: ``tf.train.AdamOptimizer(0.1)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    module = node.func.value
    return node.func.attr.endswith("Optimizer") and isinstance(module, ast.Attribute) and module.attr == "train"


def tensor_of_tensorflow(node: ast.expr) -> bool:
    """What TensorFlow makes by itself: ``tf.ones((2, 3))``, ``K.variable(x)``, ``iterator.get_next()``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr == "get_next":
        return True
    root: ast.expr = node.func
    while isinstance(root, ast.Attribute):
        if root.attr in ("keras", "layers", "contrib"):
            return False
        root = root.value
    module = root.id if isinstance(root, ast.Name) else ""
    return (module in ("tf", "tensorflow") and node.func.attr[:1].islower()) or (
        module == "K" and node.func.attr in ("variable", "constant")
    )


def with_slash(node: ast.expr) -> bool:
    """A string with "/" in a part that is written out: ``"a/b"``, ``f"{name}/b"``, ``name + "/b"``."""
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Constant):
            if isinstance(part.value, str) and "/" in part.value:
                return True
        elif isinstance(part, ast.JoinedStr):
            pending += part.values
        elif isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Mod)):
            pending.append(part.left)
            if isinstance(part.op, ast.Add) or (isinstance(part.left, ast.Constant) and "%" in str(part.left.value)):
                pending.append(part.right)
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr == "format":
                pending += (part.func.value, *part.args)
            elif part.func.attr == "join":
                if len(part.args) > 1:
                    return True  # os.path.join
                pending += (part.func.value, *part.args)
        elif isinstance(part, (ast.List, ast.Tuple)):
            pending += part.elts
        elif isinstance(part, ast.IfExp):
            pending += (part.body, part.orelse)
        elif isinstance(part, ast.BoolOp):
            pending += part.values
    return False


def called(*names: str) -> Looks:
    """Make the test for a variable or an attribute that is called by one of ``names``, whatever its case."""

    def looks(node: ast.expr) -> bool:
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        return name.lower() in names

    return looks


def either(*several: Looks) -> Looks:
    """Make the test that is true where one of several is."""
    return lambda node: any(looks(node) for looks in several)


reduction = either(
    string, called("reduction", "auto", "none", "sum", "sum_over_batch_size"), lambda node: _is_none(node)
)
"""How a loss' ``reduction`` is written: a string, ``None``, or a member of ``Reduction``."""


def reduced(node: ast.expr) -> bool:
    """The name of a way to put a batch's losses together: ``"sum"``."""
    return isinstance(node, ast.Constant) and node.value in ("auto", "none", "sum", "sum_over_batch_size")


def regularizer(node: ast.expr) -> bool:
    """A regularizer, by its name or as the call that makes it: ``"l2"``, ``keras.regularizers.L2(0.1)``."""
    if isinstance(node, ast.Call):
        return called("l1", "l2", "l1_l2", "l1l2")(node.func)
    return isinstance(node, ast.Constant) and str(node.value).lower() in ("l1", "l2", "l1_l2", "l1l2")


def prediction(node: ast.expr) -> bool:
    """A variable that holds what a model gives: ``y_pred``, ``output``."""
    name = node.id if isinstance(node, ast.Name) else ""
    return "pred" in name.lower() or name.lower() in {"output", "outputs", "logits", "y_hat"}


def path_without(*endings: str) -> Looks:
    """Make the test for a path that is written out, at least at its end, and has none of ``endings``."""

    def looks(node: ast.expr) -> bool:
        end = ending(node)
        return bool(end) and "://" not in end and not end.lower().endswith(endings)

    return looks


def path_with(*endings: str) -> Looks:
    """Make the test for a path that is written out, at least at its end, and has one of ``endings``."""
    return lambda node: ending(node).lower().endswith(endings)


def path_to_folder(node: ast.expr) -> bool:
    """A path on this machine that is written out and has no extension, as a folder's has none."""
    end = ending(node)
    name = end.rstrip("/\\").replace("\\", "/").rpartition("/")[2]
    return bool(name) and "." not in name and "://" not in end


def ending(node: ast.expr) -> str:
    """Return the end of a string as far as it is written out: ``".h5"`` of ``name + ".h5"``; empty if it is not."""
    filled: list[tuple[str, str, ast.expr | None]] = []
    while not isinstance(node, ast.Constant):
        if isinstance(node, ast.JoinedStr) and node.values:
            node = node.values[-1]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            # Of "%s.h5" the text behind the last mark is the end, whatever is put in.
            items = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            filled.append(("%", "sdrfg", items[-1] if items else None))
            node = node.left
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Div)):
            node = node.right
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            function, args = node.func, node.args
            if function.attr == "format":
                filled.append(("{", "}", args[-1] if args and not node.keywords else None))
                node = function.value
            elif function.attr != "join" or not args or isinstance(args[-1], ast.Starred):
                return ""
            elif isinstance(function.value, ast.Constant):
                return ""  # "".join(…)
            else:
                node = args[-1]
        else:
            return ""
    text = node.value if isinstance(node.value, str) else ""
    for mark, ends, last in reversed(filled):
        is_put_in = text.endswith(("%s", "{}"))
        text = _behind(text, mark, ends)
        if is_put_in and isinstance(last, ast.Constant) and isinstance(last.value, str):
            text = last.value
    return text


def _behind(text: str, mark: str, ends: str) -> str:
    _, found, rest = text.rpartition(mark)
    if not found:
        return text
    position = min((rest.find(end) for end in ends if end in rest), default=-1)
    return rest[position + 1 :] if position >= 0 else ""


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
