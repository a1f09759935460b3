import numpy


class Layer:
    def __init__(self, name):
        self.name, self.weights, self.layers = name, {}, []


class Linear(Layer):
    def __init__(self, inputs, units, name="linear"):
        super().__init__(name)
        self.inputs, self.units = inputs, units
        self.weights = {"kernel": numpy.zeros((inputs, units), "float32"), "bias": numpy.zeros(units, "float32")}


class Chain(Layer):
    def __init__(self, *layers, name="chain"):
        super().__init__(name)
        self.layers = list(layers)
