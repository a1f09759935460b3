"""What stands in for all that an old file lacks here and that Keras' change did not take away.

Packages that are not installed, names of TensorFlow 1 and of an older NumPy, data sets, weights that would be fetched
or lie in files that are not there. Training is one step. With ``legacy``, ``tf_keras`` is what ``keras`` and
``tensorflow.keras`` import.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import inspect
import os
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any


class Absent:
    """What stands in for anything of a package that is not installed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __init_subclass__(cls, **kwargs: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # As a decorator, it leaves what it decorates.
        if len(args) == 1 and not kwargs and inspect.isroutine(args[0]):
            return args[0]
        return Absent()

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: Any) -> Any:
        return Absent()

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __enter__(self) -> Any:
        return Absent()

    def __exit__(self, *args: object) -> None:
        pass


class AbsentModule(types.ModuleType):
    """A package that is not installed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Find what is not installed."""

    dead = frozenset(
        {"keras", "tensorflow", "tf_keras", "keras_applications", "keras_preprocessing", "tensorflow_addons"}
    )
    """What Keras' change took away is not stood in for."""

    def find_spec(
        self,
        fullname: str,
        path: Any = None,  # noqa: ARG002
        target: Any = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a stand-in for what nothing else found, or nothing for what Keras' change took away."""
        name = fullname
        if name.partition(".")[0] in self.dead or name.startswith("_"):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return an empty module."""
        return AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Leave the module as it is."""


class Legacy(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Give out ``tf_keras`` as ``keras`` and as ``tensorflow.keras``."""

    def find_spec(
        self,
        fullname: str,
        path: Any = None,  # noqa: ARG002
        target: Any = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where ``tf_keras`` has what Keras was called."""
        name = fullname
        for old in ("tensorflow.keras", "keras"):
            if name == old or name.startswith(f"{old}."):
                real = "tf_keras" + name[len(old) :]
                try:
                    importlib.import_module(real)
                except ImportError:
                    return None
                return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the module of ``tf_keras``."""
        old = "tensorflow.keras" if spec.name.startswith("tensorflow") else "keras"
        return sys.modules["tf_keras" + spec.name[len(old) :]]

    def exec_module(self, module: types.ModuleType) -> None:
        """Leave the module as it is."""


def prepare(legacy: bool) -> Any:
    """Import one Keras, and put in what old files use of other packages.

    :returns: Keras.
    """
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    if legacy:
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
    import numpy as np
    import tensorflow as tf

    for old, new in (("float", float), ("int", int), ("bool", bool), ("object", object), ("str", str)):
        if old not in vars(np):
            setattr(np, old, new)
    if legacy:
        import tf_keras as keras

        for name in [
            name for name in sys.modules if name == "keras" or name.startswith(("keras.", "tensorflow.keras"))
        ]:
            del sys.modules[name]
        sys.meta_path.insert(0, Legacy())
        tf.keras = keras
    else:
        import keras

        importlib.import_module("tensorflow.keras.layers")
    v1 = tf.compat.v1
    parts = ("nn", "math", "train", "image", "random", "summary")
    for module, older in ((tf, v1), *((getattr(tf, part), getattr(v1, part)) for part in parts)):
        for name in dir(older):
            if name.startswith("_") or name in ("keras", "layers", "estimator"):
                continue
            if not hasattr(module, name):
                with suppress(Exception):
                    setattr(module, name, getattr(older, name))
    _stand_in(keras, np)
    return keras


def _stand_in(keras: Any, np: Any) -> None:
    """Make data."""
    draw = np.random.default_rng(0)

    def images(*shape: int, labels: int = 10) -> Callable[..., Any]:
        def load_data(*_: Any, **__: Any) -> Any:
            x = draw.integers(0, 255, (64, *shape)).astype("uint8")
            y = draw.integers(0, labels, (64,) if len(shape) == 2 else (64, 1)).astype("uint8")
            return (x, y), (x, y)

        return load_data

    def sentences(*_: Any, num_words: Any = 1000, **__: Any) -> Any:
        texts = [list(draw.integers(1, min(num_words or 1000, 1000), 20)) for _ in range(64)]
        x = np.array([*texts, [1]], dtype=object)[:64]
        return (x, draw.integers(0, 2, 64)), (x, draw.integers(0, 2, 64))

    data = keras.datasets
    data.mnist.load_data = data.fashion_mnist.load_data = images(28, 28)
    data.cifar10.load_data = images(32, 32, 3)
    data.cifar100.load_data = images(32, 32, 3, labels=100)
    for each in (data.imdb, data.reuters):
        each.load_data = sentences
        each.get_word_index = lambda *_, **__: {f"word{i}": i for i in range(1000)}
    keras.utils.get_file = lambda *a, **k: "/absent/" + str(a[0] if a else k.get("fname", "file"))
    _train_a_step(keras)
    _leave_out_weights(keras)


def _train_a_step(keras: Any) -> None:
    """Train a step only, and load no weights that are not there."""
    model = keras.models.Model
    real_fit, real_load = model.fit, model.load_weights

    def fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        real = inspect.signature(real_fit).bind(self, *args, **kwargs)
        real.arguments["epochs"] = 1
        real.arguments.pop("initial_epoch", None)
        real.arguments["steps_per_epoch"] = 1
        real.arguments["verbose"] = 0
        if "validation_data" in real.arguments and real.arguments["validation_data"] is not None:
            real.arguments["validation_steps"] = 1
        return real_fit(*real.args, **real.kwargs)

    def load_weights(self: Any, filepath: Any, *args: Any, **kwargs: Any) -> Any:
        inspect.signature(real_load).bind(self, filepath, *args, **kwargs)
        if not Path(str(filepath)).exists():
            return None
        return real_load(self, filepath, *args, **kwargs)

    model.fit, model.load_weights = fit, load_weights


def _leave_out_weights(keras: Any) -> None:
    """Build the applications without the weights that would be fetched."""
    for name in dir(keras.applications):
        module = getattr(keras.applications, name)
        for called in dir(module) if isinstance(module, types.ModuleType) else ():
            make = getattr(module, called)
            if not (inspect.isfunction(make) and "weights" in inspect.signature(make).parameters):
                continue

            def made(*args: Any, _make: Any = make, **kwargs: Any) -> Any:
                given = inspect.signature(_make).bind(*args, **kwargs)
                given.arguments["weights"] = None
                if given.arguments.get("include_top", True):
                    given.arguments.pop("input_shape", None)
                return _make(*given.args, **given.kwargs)

            setattr(module, called, made)
            if getattr(keras.applications, called, None) is make:
                setattr(keras.applications, called, made)
