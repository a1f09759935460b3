"""What several places of a file do together, and Keras 3 does in another way, or refuses: lists, names, logs, masks."""

from __future__ import annotations

from flake8_paramdoc.changes.keras3.counts import MADE
from flake8_paramdoc.changes.keras_names import LAYER, MODEL, layers
from flake8_paramdoc.changes.releases import BOTH_RUN_3, released
from flake8_paramdoc.changes.shapes import Behaviour, Change, Fate

_TWO = (
    "i = keras.Input((3,))\na = keras.layers.Dense(2)(i)\nb = keras.layers.Dense(2)(a)\n"
    "model = keras.Model(i, [a, b])\n"
)
"""The source of a model that has two outputs."""

CHANGES: tuple[Change, ...] = (
    # What is a list, and what things are called.
    Behaviour(
        BOTH_RUN_3,
        "list_of_one",
        (MODEL,),
        "a list of one as the outputs of a model that is called in another",
        "gives a list, and no tensor,",
        "write the tensor without its brackets",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=(
            "i = keras.Input((3,))\nencoder = keras.Model(inputs=[i], outputs=[keras.layers.Dense(4)(i)])\n"
            "keras.layers.Dense(2)(encoder(keras.Input((3,))))"
        ),
        new_sample=(
            "i = keras.Input((3,))\nencoder = keras.Model(inputs=i, outputs=keras.layers.Dense(4)(i))\n"
            "keras.layers.Dense(2)(encoder(keras.Input((3,))))"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "layer_on_list",
        (LAYER,),
        "a list of one, given to a layer that takes one tensor",
        "is refused",
        "write the tensor without its brackets",
        sample="keras.layers.Dense(3)([keras.Input((3,))])",
        new_sample="keras.layers.Dense(3)(keras.Input((3,)))",
    ),
    Behaviour(
        BOTH_RUN_3,
        "iterated",
        ("keras.KerasTensor",),
        "a loop over a Keras tensor, or taking it apart,",
        "is refused",
        "write keras.ops.unstack(x, axis=...)",
        sample="x = keras.Input((3,), batch_size=2)\na, b = x",
        new_sample="x = keras.Input((3,), batch_size=2)\na, b = keras.ops.unstack(x, axis=0)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "list_and_shape",
        ("keras.KerasTensor",),
        "a list and the shape of a Keras tensor, added,",
        "is refused",
        "write list(x.shape), as it is a tuple",
        sample="x = keras.Input((3, 4))\nshape = [2] + x.shape[1:]",
        new_sample="x = keras.Input((3, 4))\nshape = [2] + list(x.shape[1:])",
    ),
    Behaviour(
        BOTH_RUN_3,
        "argument_of_layer",
        (f"{LAYER}.__call__",),
        "what is no tensor, passed by its place to a layer that is called,",
        "is refused",
        "write {name}=...",
        sample="keras.layers.Dropout(0.5)(keras.Input((3,)), True)",
        new_sample="keras.layers.Dropout(0.5)(keras.Input((3,)), training=True)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "layer_of_keras_2",
        (LAYER,),
        "{it}, of Keras 2, in a model of Keras 3",
        "is refused",
        "take all layers from one copy of Keras, or call it in a layer of your own",
        sample="import tensorflow_hub as hub\nkeras.Sequential([hub.KerasLayer('address')])",
        new_sample=(
            "import tensorflow_hub as hub\nlayer = hub.KerasLayer('address')\n"
            "keras.Sequential([keras.layers.Lambda(lambda x: layer(x))])"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "optimizer_for_keras_2",
        (f"{MODEL}.compile",),
        "an optimizer of Keras 3 for {it}, of Keras 2,",
        "is refused",
        "write tf_keras.optimizers instead",
        sample="import tf_keras\ntf_keras.Sequential().compile(keras.optimizers.Adam())",
        new_sample="import tf_keras\ntf_keras.Sequential().compile(tf_keras.optimizers.Adam())",
    ),
    Behaviour(
        BOTH_RUN_3,
        "dictionary_called_with_list",
        (MODEL,),
        "a model whose inputs are a dictionary, called with a list",
        "is refused",
        "call it with a dictionary",
        sample=(
            "a, b = keras.Input((3,)), keras.Input((3,))\nmodel = keras.Model({'b': b, 'a': a}, a - b)\nmodel([x, y])"
        ),
        new_sample=(
            "a, b = keras.Input((3,)), keras.Input((3,))\n"
            "model = keras.Model({'b': b, 'a': a}, a - b)\nmodel({'a': x, 'b': y})"
        ),
    ),
    Behaviour(
        released("2.4.0", "keras 2.3.1 and tf_keras 2.21, where it was run"),
        "layers_changed",
        (MODEL,),
        "model.layers.pop()",
        "changes a copy of the list, and no model,",
        "make another model, keras.Model(model.inputs, model.layers[-2].output)",
        outcome=Fate.SILENT,
        sample=MADE + "model.layers.pop()",
        new_sample=MADE + "keras.Model(model.inputs, model.layers[-2].output)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "layer_number",
        ("keras.applications",),
        "a place among the layers of {it}",
        "is that of another layer, of {after} and not {before}, as operators are none,",
        "take layers by their names, get_layer(...)",
        outcome=Fate.SILENT,
        sample="model = keras.applications.MobileNetV3Small()\nmodel.layers[:150]",
        new_sample="model = keras.applications.MobileNetV3Small()\nmodel.get_layer('conv')",
    ),
    Behaviour(
        BOTH_RUN_3,
        "weight_name",
        (LAYER,),
        'a comparison of the name of a weight with "{it}"',
        "is never true, as names are short, such as kernel,",
        "compare weight.path, which has no :0",
        outcome=Fate.SILENT,
        sample="layer = keras.layers.Dense(3)\nlayer.weights[0].name == 'dense/kernel:0'",
        new_sample="layer = keras.layers.Dense(3)\nlayer.weights[0].path == 'dense/kernel'",
    ),
    Behaviour(
        BOTH_RUN_3,
        "weight_name_split",
        (LAYER,),
        'the name of a weight, split at "{it}",',
        "has one part, such as kernel,",
        "split weight.path",
        outcome=Fate.SILENT,
        sample="layer = keras.layers.Dense(3)\nlayer.weights[0].name.split('/')",
        new_sample="layer = keras.layers.Dense(3)\nlayer.weights[0].path.split('/')",
    ),
    Behaviour(
        BOTH_RUN_3,
        "default_name",
        (MODEL,),
        'get_layer("{it}"), of a layer without a name of its own,',
        'is refused, as Keras calls it "{now}",',
        'give it name="{it}" where it is made',
        sample=MADE + "model.get_layer('input_1')",
        new_sample=MADE.replace("Input((3,))", "Input((3,), name='input_1')") + "model.get_layer('input_1')",
    ),
    Behaviour(
        released("2.4.0", "keras 2.3.1 and tf_keras 2.21, where it was run"),
        "default_number",
        (MODEL,),
        'get_layer("{it}"), of a layer without a name of its own,',
        'is another layer, or none, as the first is "{now}" and not "{first}",',
        'give it name="{it}" where it is made',
        outcome=Fate.SILENT,
        sample="keras.layers.Dense(output_dim=3)\n" + MADE + "model.get_layer('dense_2')",
        new_sample=MADE.replace("Dense(2)", "Dense(2, name='dense_2')") + "model.get_layer('dense_2')",
    ),
    Behaviour(
        released("2.4.0", "keras_applications 1.0.8, of keras 2.3.1, and keras 2.4.0"),
        "application_name",
        ("keras.applications.ResNet50",),
        'get_layer("{it}") of ResNet50',
        "is refused",
        'write "{now}"',
        sample="model = keras.applications.ResNet50()\nmodel.get_layer('res5c_branch2c')",
        new_sample="model = keras.applications.ResNet50()\nmodel.get_layer('conv5_block3_3_conv')",
    ),
    Behaviour(
        BOTH_RUN_3,
        "metric_class",
        (f"{MODEL}.compile",),
        'a metric as the name of its class, "{it}"',
        'is called so in logs, and not "{was}",',
        'pass an object with name="{was}"',
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=MADE + "model.compile(metrics=['AUC'])\nmodel.fit().history['auc']",
        new_sample=MADE + "model.compile(metrics=[keras.metrics.AUC(name='auc')])\nmodel.fit().history['auc']",
    ),
    Behaviour(
        BOTH_RUN_3,
        "monitored_metric_class",
        ("keras.callbacks",),
        'a callback that monitors "{it}" of a metric "{name}"',
        "is refused",
        'pass the metric as an object with name="{was}"',
        before_keras_3=True,
        sample=MADE + "model.compile(metrics=['AUC'])\nkeras.callbacks.EarlyStopping(monitor='val_auc')",
        new_sample=(
            MADE + "model.compile(metrics=[keras.metrics.AUC(name='auc')])\n"
            "keras.callbacks.EarlyStopping(monitor='val_auc')"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "monitor_direction",
        ("keras.callbacks",),
        'a callback that monitors "{it}" without mode',
        "waits for more of it, and not for less,",
        'write mode="max", which both do',
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=(
            MADE + "model.compile(metrics=[keras.metrics.Precision(name='precision')])\n"
            "keras.callbacks.EarlyStopping(monitor='val_precision')"
        ),
        new_sample=(
            MADE + "model.compile(metrics=[keras.metrics.Precision(name='precision')])\n"
            "keras.callbacks.EarlyStopping(monitor='val_precision', mode='max')"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "rate_key",
        ("keras.callbacks.History",),
        'History.history["lr"]',
        'is called "learning_rate"',
        'write "learning_rate"',
        sample=(MADE + "record = model.fit(callbacks=[keras.callbacks.ReduceLROnPlateau()])\nrecord.history['lr']"),
        new_sample=(
            MADE + "record = model.fit(callbacks=[keras.callbacks.ReduceLROnPlateau()])\n"
            "record.history['learning_rate']"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "divergence_name",
        ("keras.metrics.KLDivergence",),
        "KLDivergence(...) without name",
        'is called "kl_divergence" in logs',
        'write name="kullback_leibler_divergence"',
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample="keras.metrics.KLDivergence()\nkey = 'val_kullback_leibler_divergence'",
        new_sample=(
            "keras.metrics.KLDivergence(name='kullback_leibler_divergence')\nkey = 'val_kullback_leibler_divergence'"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "output_key",
        (MODEL,),
        'a key "{it}" of a layer whose output has a key of its own',
        'is "{now}", by the key of the output,',
        "name the layer as its key",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=(
            "i = keras.Input((3,))\na = keras.layers.Dense(2, name='la')(i)\nb = keras.layers.Dense(2, name='lb')(i)\n"
            "keras.Model(i, {'z': a, 'y': b})\nkeras.callbacks.ModelCheckpoint('a.keras', monitor='val_la_loss')"
        ),
        new_sample=(
            "i = keras.Input((3,))\na = keras.layers.Dense(2, name='z')(i)\nb = keras.layers.Dense(2, name='y')(i)\n"
            "keras.Model(i, {'z': a, 'y': b})\nkeras.callbacks.ModelCheckpoint('a.keras', monitor='val_z_loss')"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "metrics_of_all",
        (MODEL,),
        "one list of metrics for {count} outputs",
        "is refused",
        "write a list for each output: metrics=[[...], [...]]",
        sample=_TWO + "model.compile(loss='mse', metrics=['mae'])",
        new_sample=_TWO + "model.compile(loss='mse', metrics=[['mae'], ['mae']])",
    ),
    Behaviour(
        BOTH_RUN_3,
        "metrics_of_each",
        (MODEL,),
        "one list of {count} metrics for {count} outputs",
        "is one for each, and not all for each,",
        "write a list for each output: metrics=[[...], [...]]",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=_TWO + "model.compile(loss='mse', metrics=['mae', 'mse'])",
        new_sample=_TWO + "model.compile(loss='mse', metrics=[['mae', 'mse'], ['mae', 'mse']])",
    ),
    Behaviour(
        BOTH_RUN_3,
        "evaluated_order",
        (MODEL,),
        "a list that evaluate() gives, of a model with outputs {it}",
        "has the metrics in the order of the outputs' names",
        "write return_dict=True, and read by key",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=(
            "i = keras.Input((3,))\na = keras.layers.Dense(2, name='main')(i)\n"
            "b = keras.layers.Dense(2, name='aux')(i)\nmodel = keras.Model(i, [a, b])\n"
            "model.compile(metrics=[['mae'], ['mae']])\nt, m, n, p, q = model.evaluate(x, y)"
        ),
        new_sample=(
            "i = keras.Input((3,))\na = keras.layers.Dense(2, name='main')(i)\n"
            "b = keras.layers.Dense(2, name='aux')(i)\nmodel = keras.Model(i, [a, b])\n"
            "model.compile(metrics=[['mae'], ['mae']])\nfound = model.evaluate(x, y, return_dict=True)"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "half_masked",
        layers("Add Subtract Multiply Average Maximum Minimum Masking"),
        "{it} of a masked tensor and one without a mask",
        "has no mask, where it had that of the one",
        "write mask_zero=True on both",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=(
            "i = keras.Input((3,))\na = keras.layers.Embedding(9, 4, mask_zero=True)(i)\n"
            "b = keras.layers.Embedding(9, 4)(i)\nkeras.layers.LSTM(3)(keras.layers.Add()([a, b]))"
        ),
        new_sample=(
            "i = keras.Input((3,))\na = keras.layers.Embedding(9, 4, mask_zero=True)(i)\n"
            "b = keras.layers.Embedding(9, 4, mask_zero=True)(i)\nkeras.layers.LSTM(3)(keras.layers.Add()([a, b]))"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "frozen_before_call",
        layers("MultiHeadAttention"),
        "trainable = False of {it}, and then its first call",
        "freezes nothing of what the call makes",
        "freeze it behind its call",
        outcome=Fate.SILENT,
        sample=(
            "i = keras.Input((4, 3))\nlayer = keras.layers.MultiHeadAttention(2, 3)\n"
            "layer.trainable = False\no = layer(i, i)"
        ),
        new_sample=(
            "i = keras.Input((4, 3))\nlayer = keras.layers.MultiHeadAttention(2, 3)\n"
            "o = layer(i, i)\nlayer.trainable = False"
        ),
    ),
)
