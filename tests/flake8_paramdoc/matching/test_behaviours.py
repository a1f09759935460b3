"""Lists of one, keys of logs, places of layers and masks: where they are other ones today, and where they are not."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes, findings, reported

BEFORE = "import keras\nfrom keras.layers import *\ni = keras.Input((3,))\nmodel = keras.Sequential([Dense(2)])\n"
ENCODER = "m = keras.Model(inputs=[i], outputs=[Dense(4)(i)])\n"
COMPILED = "model.compile(metrics=['AUC'])\n"
NAMED = "a = Dense(2, name='main')(i)\nb = Dense(2, name='aux')(i)\n"
TWO = NAMED + "m = keras.Model(i, [a, b])\n"
MASKED = "a = Embedding(9, 4, mask_zero=True)(i)\nb = Embedding(9, 4)(i)\n"


def found(source: str) -> list[tuple[int, str]]:
    """Return the line and the code of each finding, behind usual statements."""
    return [(line - BEFORE.count("\n"), code) for line, _, code in reported(BEFORE + source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (ENCODER + "Dense(2)(m(i))", [(1, "KER207")]),
        ("m = keras.Model([i], [Dense(4)(i)])\nx = m(keras.Input((3,)))", [(1, "KER207")]),
        ("Dense(3)([i])", [(1, "KER203")]),
        ("m = keras.Model({'a': i}, Dense(3)(i))\nm([x])", [(2, "KER203")]),
        ("model.layers.pop()", [(1, "KER207")]),
        ("m = keras.applications.MobileNetV3Small()\nm.layers[:150]", [(2, "KER207")]),
        ("m = keras.applications.ConvNeXtTiny()\nfor l in m.layers[30:]: pass", [(2, "KER207")]),
        ("model.weights[0].name == 'dense/kernel:0'", [(1, "KER207")]),
        ("for w in model.trainable_weights:\n    if 'a/' in w.name: pass", [(2, "KER207")]),
        ("model.weights[0].name.split('/')[0]", [(1, "KER207")]),
        ("[w for w in model.weights if w.name.endswith('kernel:0')]", [(1, "KER207")]),
        ("layer = Dense(3)\nlayer.kernel.name.startswith('dense/')", [(2, "KER207")]),
        ("model.get_layer('input_1')", [(1, "KER203")]),
        ("m = keras.Model(i, model(i))\nm.get_layer(name='model_2')", [(2, "KER203")]),
        ("Dense(output_dim=3)\nmodel.get_layer('dense_1')", [(1, "KER101"), (2, "KER207")]),
        ("model._name = 'encoder'", [(1, "KER207")]),
        (ENCODER + "Dense(2)(m.output)", [(1, "KER207")]),
        (TWO + "m = keras.Model(i, {'z': a, 'y': b})\nm.compile()\nm.fit(x).history['main_loss']", [(6, "KER207")]),
        ("model.metrics_names", [(1, "KER207")]),
        (COMPILED + "model.fit().history['auc']", [(1, "KER207")]),
        (COMPILED + "keras.callbacks.EarlyStopping('val_auc')", [(1, "KER207"), (2, "KER203")]),
        (
            "model.compile(metrics=[keras.metrics.Recall()])\nkeras.callbacks.EarlyStopping(monitor='val_recall')",
            [(2, "KER207")],
        ),
        ("r = model.fit(callbacks=[keras.callbacks.ReduceLROnPlateau()])\nr.history['lr']", [(2, "KER203")]),
        ("keras.metrics.KLDivergence()\nlogs['kullback_leibler_divergence']", [(1, "KER207")]),
        (
            NAMED + "keras.Model(i, {'z': a, 'y': b})\nkeras.callbacks.EarlyStopping(monitor='val_main_loss')",
            [(4, "KER207")],
        ),
        (
            NAMED + "m = keras.Model(i, [a, b])\nm.compile(metrics=[['mae'], ['mae']])\na, b, c, d, e = m.evaluate(x)",
            [(5, "KER207")],
        ),
        (MASKED + "Add()([a, b])", [(3, "KER207")]),
        (MASKED + "a = Dropout(0.1)(a)\nMultiply()([Dense(4)(a), b])", [(4, "KER207")]),
        ("a = Masking()(i)\nAverage()([a, i])", [(2, "KER207")]),
    ],
)
def test_what_is_otherwise(source: str, expected: list[tuple[int, str]]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        ENCODER + "m.predict(x)",
        ENCODER + "m(x)",
        ENCODER + "m(i)[0]",
        "m = keras.Model([i], [Dense(4)(i), i])\nm(i)",
        "m = keras.Model([i], Dense(4)(i))\nm(i)",
        "Add()([i])",
        "Dense(3)([x])",
        "m = keras.Model({'a': i}, Dense(3)(i))\nm({'a': x})",
        "other.layers.pop()",
        "class M(keras.Model):\n    def f(self):\n        self.layers.pop()",
        "m = keras.applications.MobileNetV2()\nm.layers[:150]",
        "m = keras.applications.MobileNetV3Small()\nm.layers[-1]",
        "model.layers[0].name == 'a/b'",
        "model.weights[0].name == 'kernel'",
        "other.weights[0].name == 'kernel:0'",
        "other.weights[0].name.split('/')",
        "model.layers[0].name.split('/')",
        "model.weights[0].name.split('_')",
        "model.get_layer('dense_1')",
        "keras.Input((3,), name='input_1')\nmodel.get_layer('input_1')",
        "loaded = keras.models.load_model('m.keras')\nloaded.get_layer('input_1')",
        "def f(given: keras.Model):\n    return given.get_layer('input_1')",
        "model.get_layer('encoder_1')",
        "model.name = 'encoder'",
        "m = keras.Model([i], Dense(4)(i))\nDense(2)(m.output)",
        COMPILED,
        COMPILED + "keras.callbacks.EarlyStopping('val_AUC')",
        "model.compile(metrics=['precision'])\nkeras.callbacks.EarlyStopping(monitor='val_loss')",
        "model.compile(metrics=[keras.metrics.Recall()])\nkeras.callbacks.EarlyStopping('val_recall', mode='max')",
        "r = model.fit()\nr.history['lr']",
        "keras.metrics.KLDivergence()",
        NAMED + "keras.Model(i, {'main': a, 'aux': b})\nkeras.callbacks.EarlyStopping(monitor='val_main_loss')",
        NAMED + "m = keras.Model(i, [a, b])\nm.compile()\na, b, c = m.evaluate(x)",
        NAMED + "m = keras.Model(i, [b, a])\nm.compile(metrics=[['mae'], ['mae']])\na, b, c, d, e = m.evaluate(x)",
        TWO + "m.compile('sgd', 'mse', metrics=[['mae'], ['mae']])",
        TWO + "m.compile('sgd', 'mse', metrics=['mae', ['mae']])",
        TWO + "m.compile('sgd', 'mse', metrics=['mae', None])",
        TWO + "m.compile('sgd', 'mse', metrics=[])",
        TWO + "m.compile('sgd', 'mse', metrics=[*both])",
        TWO + "m.compile('sgd', 'mse', metrics={'main': 'mae'})",
        TWO + "m.compile('sgd', 'mse', metrics=[first, second])",
        TWO + "m.compile('sgd', ['mse', 'mae'])",
        NAMED + "m = keras.Model(i, a)\nm.compile('sgd', 'mse', metrics=['mae', 'mse'])",
        NAMED + "m = keras.Model(i, [a])\nm.compile('sgd', 'mse', metrics=['mae', 'mse'])",
        NAMED + "m = keras.Model(i, [a, *b])\nm.compile('sgd', 'mse', metrics=['mae'])",
        MASKED + "Add()([a, a])",
        MASKED + "Concatenate()([a, b])",
        MASKED + "Add()([Conv1D(3, 3)(a), b])",
        MASKED + "Add()([a, unknown(b)])",
    ],
)
def test_what_is_the_same(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("compiled", "expected"),
    [
        ("m.compile('sgd', 'mse', metrics=['mae'])", ["KER203"]),
        ("m.compile('sgd', 'mse', metrics=['mae', 'mse', keras.metrics.AUC()])", ["KER203"]),
        ("m.compile('sgd', 'mse', weighted_metrics=[score])", ["KER203"]),
        ("both = ['mae']\nm.compile('sgd', 'mse', metrics=both)", ["KER203"]),
        ("m.compile('sgd', 'mse', metrics=['mae', keras.metrics.AUC()])", ["KER207"]),
    ],
)
def test_one_list_of_metrics_for_two_outputs(compiled: str, expected: list[str]) -> None:
    assert codes(BEFORE + TWO + compiled) == expected


@pytest.mark.parametrize(
    "source",
    [ENCODER + "m(i)", COMPILED + "model.fit().history['auc']", MASKED + "Add()([a, b])"],
)
def test_a_file_for_keras_3_means_what_it_says(source: str) -> None:
    assert codes(f"{BEFORE}keras.ops.add(1, 2)\n{source}") == []


OWN_LAYER = """\
class Own(keras.layers.Layer):
    def call(self, x, training=None, size=3):
        return self.dropout(x, training=training)
own = Own()
"""


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("keras.layers.Dropout(0.5)(x, True)", "training"),
        ("layer = keras.layers.BatchNormalization()\nlayer(x, False)", "training"),
        (OWN_LAYER + "own(x, False, None)", "training"),
        (OWN_LAYER + "own(x, None, 3)", "size"),
        (OWN_LAYER + "Own()(x, None, -1)", "size"),
        (OWN_LAYER + "all = [Own() for _ in range(3)]\nall[0](x, True)", "training"),
        (OWN_LAYER + "all = [Own(), Own()]\nfor each in all:\n    x = each(x, True)", "training"),
        (
            OWN_LAYER + "class M(keras.Model):\n    def __init__(self):\n        self.all = [Own() for _ in range(3)]\n"
            "    def call(self, x, training):\n        return self.all[0](x, training)",
            "training",
        ),
        (OWN_LAYER + "class M(keras.Model):\n    def call(self, x, mode):\n        pass\nM()(x, 'fast')", "mode"),
        (
            OWN_LAYER.replace(
                "    def call",
                "    def __init__(self):\n        self.dropout = keras.layers.Dropout(0.5)\n    def call",
            ).replace("training=training", "training"),
            "training",
        ),
    ],
)
def test_what_is_no_tensor_is_passed_to_a_layer_by_its_place(source: str, name: str) -> None:
    found = findings(BEFORE + source)
    assert [finding.code for finding in found] == ["KER203"]
    assert found[0].message.endswith(f": write {name}=...")


@pytest.mark.parametrize(
    "source",
    [
        "keras.layers.Dropout(0.5)(x, training=True)",
        "keras.layers.Dropout(0.5)(x, None)",
        "keras.layers.RandomFlip()(x, True)",
        "keras.layers.Attention()(x, True)",
        "i = keras.Input((3,))\nm = keras.Model(i, keras.layers.Dropout(0.5)(i))\nm(x, True)",
        OWN_LAYER + "own(x, flag)",
        OWN_LAYER + "all = [Own(), other]\nall[0](x, True)",
        OWN_LAYER + "all = [Own()]\nall[:1](x, True)",
        OWN_LAYER + "for each in [f, g]:\n    x = each(x, True)",
        OWN_LAYER + "own.call(x, True)",
        OWN_LAYER + "def f(training):\n    own(x, training)",
        OWN_LAYER.replace("call(", "__call__(") + "own(x, True)",
        OWN_LAYER.replace("Layer)", "RandomFlip)") + "own(x, True)",
        OWN_LAYER.replace(
            "    def call",
            "    def __init__(self):\n        self._allow_non_tensor_positional_args = True\n    def call",
        )
        + "own(x, True)",
        "class Own:\n    def call(self, x, training):\n        pass\nOwn()(x, True)",
    ],
)
def test_what_a_layer_takes_by_its_place(source: str) -> None:
    assert codes(BEFORE + source) == []


HUB = "import tensorflow_hub as hub\nlayer = hub.KerasLayer('address')\n"
BERT = "from transformers import TFBertModel\nbert = TFBertModel.from_pretrained('bert')\n"


@pytest.mark.parametrize(
    "source",
    [
        HUB + "keras.Sequential([layer, Dense(3)])",
        HUB + "model.add(layer)",
        HUB + "x = layer(i)",
        "import tensorflow_hub as hub\nkeras.Sequential([Dense(2), hub.KerasLayer('address', input_shape=(3,))])",
        "import tensorflow_hub as hub\nx = hub.KerasLayer('address')(i)",
        "import tensorflow_probability as tfp\nkeras.Sequential([tfp.layers.DenseFlipout(3)])",
        "import tensorflow_probability as tfp\ntfpl = tfp.layers\nx = tfpl.DistributionLambda(f)(Dense(3)(i))",
        BERT + "x = bert(i)[0]",
        BERT + "bert.compile(keras.optimizers.Adam(), loss=loss)",
        BERT + "optimizer = keras.optimizers.Adam()\nbert.compile(optimizer=optimizer, loss=loss)",
        (
            "from transformers import TFBertModel\nclass Own:\n    def f(self):\n"
            "        self.model = TFBertModel.from_pretrained('bert')\n"
            "        self.model.compile(optimizer=keras.optimizers.Adam(), loss=loss)"
        ),
        "import tf_keras\nkeras.Sequential([tf_keras.layers.Dense(3)])",
        "import tf_keras\nmodel.add(tf_keras.layers.Dense(3))",
        "import tf_keras\nx = tf_keras.layers.Dense(3)(i)",
        "import tf_keras\nm = tf_keras.Sequential()\nm.compile(keras.optimizers.Adam(), 'mse')",
    ],
)
def test_keras_2_beside_keras_3(source: str) -> None:
    assert codes(BEFORE + source) == ["KER203"]


@pytest.mark.parametrize(
    "source",
    [
        HUB + "x = layer(numbers)",
        HUB + "x = Lambda(lambda x: layer(x))(i)",
        HUB + "class Own(keras.layers.Layer):\n    def call(self, x):\n        return layer(x)",
        HUB + "import tf_keras\ntf_keras.Sequential([layer])",
        HUB
        + "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\nimport tensorflow as tf\ntf.keras.Sequential([layer])",
        HUB + "if old:\n    layer = Dense(3)\nkeras.Sequential([layer])",
        BERT + "bert.compile('adam', loss=loss)",
        BERT + "bert.compile(optimizer, loss=loss)",
        "from transformers import BertModel\nbert = BertModel.from_pretrained('bert')\nx = bert(i)",
        "import tf_keras\nkeras.Sequential([Dense(3)])\ntf_keras.Sequential([tf_keras.layers.Dense(3)])",
        "import tf_keras\nx = tf_keras.layers.Dense(3)(tf_keras.Input((3,)))",
        "import tf_keras\nmodel.compile(keras.optimizers.Adam(), 'mse')",
        "from tensorflow.python.keras.layers import Dense\nfrom keras.layers import Dense\nmodel.add(Dense(3))",
    ],
)
def test_each_keras_by_itself(source: str) -> None:
    assert codes(BEFORE + source) == []


RESNET = "m = keras.applications.ResNet50(weights=None)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("res2a_branch1", "conv2_block1_0_conv"),
        ("res4f_branch2b", "conv4_block6_2_conv"),
        ("bn5c_branch2c", "conv5_block3_3_bn"),
        ("bn_conv1", "conv1_bn"),
        ("activation_1", "conv1_relu"),
        ("activation_2", "conv2_block1_1_relu"),
        ("activation_40", "conv4_block6_out"),
        ("activation_49", "conv5_block3_out"),
        ("add_1", "conv2_block1_add"),
        ("add_16", "conv5_block3_add"),
        ("fc1000", "predictions"),
    ],
)
def test_names_of_layers_of_resnet50(old: str, new: str) -> None:
    [one] = findings(BEFORE + RESNET + f"m.get_layer('{old}')")
    assert (one.code, one.message.rpartition(": ")[2]) == ("KER203", f'write "{new}"')


@pytest.mark.parametrize(
    "source",
    [
        RESNET + "m.get_layer('conv5_block3_out')",
        RESNET + "m.get_layer('avg_pool')",
        RESNET + "m.get_layer('activation_50')",
        RESNET + "m.get_layer('res2d_branch2a')",
        RESNET + "m.get_layer('res2b_branch1')",
        "m = keras.applications.VGG16()\nm.get_layer('fc1000')",
        "m = load()\nm.get_layer('activation_49')",
        RESNET + "if a:\n    m = load()\nm.get_layer('activation_49')",
    ],
)
def test_names_that_are_those_of_layers(source: str) -> None:
    assert codes(BEFORE + source) == []
