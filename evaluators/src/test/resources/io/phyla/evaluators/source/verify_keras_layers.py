"""Runs every layer_keras.py in the directories below the one given, on NumPy in place of Keras, against golden.json."""
import ast
import importlib.util
import json
import math
import pathlib
import sys
import types

import numpy


class Variable(numpy.ndarray):
    def assign(self, value):
        self[...] = value


class Layer:
    def __init__(self, **others):
        self.weights_by_name = {}

    def build(self, input_shape):
        pass

    def add_weight(self, name, shape, initializer, trainable=True):
        variable = numpy.full(shape, initializer).view(Variable)
        self.weights_by_name[name] = variable
        return variable

    def get_config(self):
        return {}


ops = types.SimpleNamespace(
    abs=numpy.abs,
    broadcast_to=numpy.broadcast_to,
    cast=lambda a, dtype: a.astype(dtype),
    exp=numpy.exp,
    isnan=numpy.isnan,
    log=numpy.log,
    logical_or=numpy.logical_or,
    maximum=numpy.maximum,
    mean=numpy.mean,
    repeat=numpy.repeat,
    reshape=numpy.reshape,
    shape=numpy.shape,
    sigmoid=lambda a: 1 / (1 + numpy.exp(-a)),
    sqrt=numpy.sqrt,
    stop_gradient=lambda a: a,
    tanh=numpy.tanh,
    where=numpy.where,
    zeros=numpy.zeros,
)
keras = types.ModuleType("keras")
keras.ops = ops
keras.layers = types.SimpleNamespace(Layer=Layer)
keras.initializers = types.SimpleNamespace(Constant=float)
keras.saving = types.SimpleNamespace(register_keras_serializable=lambda package: lambda cls: cls)
sys.modules["keras"] = keras
numpy.seterr(all="ignore")


def numbers(values):
    return numpy.array([math.nan if each is None else each for each in values])


for directory in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    source = (directory / "layer_keras.py").read_text(encoding="utf-8")
    ast.parse(source)
    spec = importlib.util.spec_from_file_location("keras_" + directory.name, directory / "layer_keras.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    golden = json.loads((directory / "golden.json").read_text(encoding="utf-8"))
    layer = module.Layer(momentum=golden["momentum"])
    n, c, h, w = golden["shape"]
    layer.build((None, h, w, c))
    for name, values in {**golden["parameters"], **golden["moving_averages"]}.items():
        getattr(layer, layer.ROLES[name])[...] = numbers(values)
    x = numbers(golden["x"]).reshape(golden["shape"]).transpose(0, 2, 3, 1)

    def check(what, found, expected):
        found = numpy.asarray(found)
        if found.ndim == 4:
            found = found.transpose(0, 3, 1, 2)
        expected = numbers(expected)
        scale = max(1.0, numpy.abs(expected).max())
        if not numpy.allclose(found.reshape(-1) / scale, expected / scale, rtol=0, atol=1e-5, equal_nan=True):
            raise SystemExit(f"{directory.name}: {what} differs")

    check("evaluation", layer.call(x), golden["evaluation"]["output"])
    check("training", layer.call(x, training=True), golden["training"]["output"])
    for name, values in golden["training"]["moving_averages"].items():
        check(name, getattr(layer, layer.ROLES[name]), values)
    print(directory.name)
