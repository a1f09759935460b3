"""The tables of three public model zoos as lists of models, with the counts that their pages publish.

No count was read off the models built here. Where the table must differ from the page, it is said why, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """A model of a zoo."""

    code: str
    """The expression, or the arguments of the builder."""
    published: str
    """The count as the page writes it: ``25,636,712``, or ``25.6M``."""
    beyond: dict[str, int] = field(default_factory=dict)
    """What the published count has beyond the model: what, and how much."""

    def agrees(self, count: int) -> bool:
        """Tell whether a count is the published one, to the last digit that is published."""
        count += sum(self.beyond.values())
        return self.published in {f"{count:,}", f"{count / 1e6:.1f}M"}


@dataclass(frozen=True)
class Zoo:
    """A table that somebody keeps by hand."""

    source: str
    entries: dict[str, Entry]
    builder: str = ""

    @property
    def list(self) -> str:
        """The lines of the list."""
        return "\n".join(f"{name}: {entry.code}" for name, entry in self.entries.items())


def _application(name: str, published: str) -> tuple[str, Entry]:
    return name, Entry(f"keras.applications.{name}(weights=None)", published)


APPLICATIONS = Zoo(
    "templates/api/applications/index.md in github.com/keras-team/keras-io at commit e7be306",
    dict(
        _application(*each)
        for each in (
            ("Xception", "22.9M"),
            ("VGG16", "138.4M"),
            ("VGG19", "143.7M"),
            ("ResNet50", "25.6M"),
            ("ResNet50V2", "25.6M"),
            ("ResNet101", "44.7M"),
            ("ResNet101V2", "44.7M"),
            ("ResNet152", "60.4M"),
            ("ResNet152V2", "60.4M"),
            ("InceptionV3", "23.9M"),
            ("InceptionResNetV2", "55.9M"),
            ("MobileNet", "4.3M"),
            ("MobileNetV2", "3.5M"),
            ("DenseNet121", "8.1M"),
            ("DenseNet169", "14.3M"),
            ("DenseNet201", "20.2M"),
            ("NASNetMobile", "5.3M"),
            ("NASNetLarge", "88.9M"),
            ("EfficientNetB0", "5.3M"),
            ("EfficientNetB1", "7.9M"),
            ("EfficientNetB2", "9.2M"),
            ("EfficientNetB3", "12.3M"),
            ("EfficientNetB4", "19.5M"),
            ("EfficientNetB5", "30.6M"),
            ("EfficientNetB6", "43.3M"),
            ("EfficientNetB7", "66.7M"),
            ("EfficientNetV2B0", "7.2M"),
            ("EfficientNetV2B1", "8.2M"),
            ("EfficientNetV2B2", "10.2M"),
            ("EfficientNetV2B3", "14.5M"),
            ("EfficientNetV2S", "21.6M"),
            ("EfficientNetV2M", "54.4M"),
            ("EfficientNetV2L", "119.0M"),
        )
    ),
)
"""The table of keras.io. `applications` holds the exact counts of an earlier version of it."""


def _bert(layers: int, heads: int, width: int, vocabulary: int, published: str) -> Entry:
    code = (
        f"vocabulary_size={vocabulary}, num_layers={layers}, num_heads={heads}, hidden_dim={width}, "
        f"intermediate_dim={4 * width}"
    )
    return Entry(code, published)


BERT = Zoo(
    "the presets of keras_hub.models.BertBackbone in keras-hub 0.32; sizes of github.com/google-research/bert",
    {
        "bert_tiny_en_uncased": _bert(2, 2, 128, 30522, "4,385,920"),
        "bert_small_en_uncased": _bert(4, 8, 512, 30522, "28,763,648"),
        "bert_medium_en_uncased": _bert(8, 8, 512, 30522, "41,373,184"),
        "bert_base_en_uncased": _bert(12, 12, 768, 30522, "109,482,240"),
        "bert_base_en": _bert(12, 12, 768, 28996, "108,310,272"),
        "bert_base_zh": _bert(12, 12, 768, 21128, "102,267,648"),
        "bert_base_multi": _bert(12, 12, 768, 119547, "177,853,440"),
        "bert_large_en_uncased": _bert(24, 16, 1024, 30522, "335,141,888"),
        "bert_large_en": _bert(24, 16, 1024, 28996, "333,579,264"),
    },
    "keras_hub.models.BertBackbone",
)
"""One family of keras-hub's presets, built from its sizes: nothing is downloaded."""


def _mit(depths: str, widths: str, published: str, last: int) -> Entry:
    head = {"the presets count a head of 10 classes, which a backbone has not": last * 10 + 10}
    return Entry(f"layerwise_depths={depths}, hidden_dims={widths}", published, head)


_WIDE = "[64, 128, 320, 512]"

MIT = Zoo(
    "the presets of keras_hub.models.MiTBackbone in keras-hub 0.32; depths and widths of arXiv:2105.15203, table 6",
    {
        "mit_b0": _mit("[2, 2, 2, 2]", "[32, 64, 160, 256]", "3,321,962", 256),
        "mit_b1": _mit("[2, 2, 2, 2]", _WIDE, "13,156,554", 512),
        "mit_b2": _mit("[3, 4, 6, 3]", _WIDE, "24,201,418", 512),
        "mit_b3": _mit("[3, 4, 18, 3]", _WIDE, "44,077,258", 512),
        "mit_b4": _mit("[3, 8, 27, 3]", _WIDE, "60,847,818", 512),
        "mit_b5": _mit("[3, 6, 40, 3]", _WIDE, "81,448,138", 512),
    },
    "keras_hub.models.MiTBackbone(num_layers=4, layerwise_num_heads=[1, 2, 5, 8], layerwise_sr_ratios=[8, 4, 2, 1], "
    "max_drop_path_rate=0.1, layerwise_patch_sizes=[7, 3, 3, 3], layerwise_strides=[4, 2, 2, 2], "
    "image_shape=(64, 64, 3))",
)
"""The backbones of SegFormer, for segmentation."""
