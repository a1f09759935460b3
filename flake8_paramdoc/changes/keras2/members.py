"""Methods and attributes that Keras 2 calls otherwise or no longer has."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import LAYER, MODEL, SEQUENTIAL
from flake8_paramdoc.changes.releases import NOTES_2, in_file
from flake8_paramdoc.changes.shapes import Change, MembersRemoved, MembersRenamed, Use

CHANGES: tuple[Change, ...] = (
    MembersRenamed(
        NOTES_2, (LAYER,), {"get_output_shape_for": "compute_output_shape"}, uses=frozenset({Use.READ, Use.DEFINED})
    ),
    MembersRemoved(
        in_file("2.0.0", "keras/engine/topology.py"),
        (LAYER,),
        {
            "add_inbound_node": "call the layer",
            "create_input_layer": "use keras.Input",
            "constraints": "pass constraint= to add_weight",
            "regularizers": "read layer.losses",
        },
    ),
    MembersRemoved(
        in_file("2.0.0", "keras/engine/topology.py"),
        (MODEL,),
        {
            "constraints": "look at the layers' own",
            "regularizers": "read model.losses",
            "load_weights_from_hdf5_group": "use load_weights",
            "save_weights_to_hdf5_group": "use save_weights",
        },
    ),
    MembersRenamed(in_file("2.0.0", "keras/models.py"), (SEQUENTIAL,), {"flattened_layers": "layers"}),
)
