"""The backbones of keras-hub that are documented, each with the arguments of a published size or a small one."""

from __future__ import annotations

from collections.abc import Mapping

_BASE = {"vocabulary_size": 30522, "num_layers": 12, "num_heads": 12, "hidden_dim": 768, "intermediate_dim": 3072}
"""The sizes of BERT's base model."""

_DECODER = {
    "vocabulary_size": 32000,
    "num_layers": 32,
    "num_query_heads": 32,
    "num_key_value_heads": 8,
    "hidden_dim": 4096,
    "intermediate_dim": 14336,
}
"""Those of Mistral 7B."""

_EXPERTS = {"num_experts": 8, "top_k": 2}
_IMAGE = {"image_shape": (224, 224, 3), "patch_size": 16}
_SMOL = {
    "vocabulary_size": 49152,
    "num_layers": 30,
    "num_attention_heads": 9,
    "num_key_value_heads": 3,
    "hidden_dim": 576,
    "intermediate_dim": 1536,
    "attention_bias": False,
    "attention_dropout": 0.0,
    "rope_layer_enabled_list": [True] * 30,
    "layer_types": ["attention"] * 30,
    "mlp_bias": False,
    "layer_norm_epsilon": 1e-5,
    "max_position_embeddings": 2048,
    "rope_theta": 10000.0,
    "partial_rotary_factor": 1.0,
}
_VISION = {"num_layers": 12, "num_heads": 12, "hidden_dim": 768}

BACKBONES: Mapping[str, Mapping[str, object]] = {
    "AlbertBackbone": {**_BASE, "embedding_dim": 128},
    "BartBackbone": {**_BASE, "num_layers": 6, "vocabulary_size": 50265},
    "BertBackbone": _BASE,
    "BloomBackbone": {**_BASE, "num_layers": 24, "num_heads": 16, "hidden_dim": 1024, "vocabulary_size": 250880},
    "CSPNetBackbone": {
        "stem_filters": 32,
        "stem_kernel_size": 3,
        "stem_strides": 1,
        "stackwise_depth": [1, 2, 4],
        "stackwise_strides": [1, 2, 2],
        "stackwise_num_filters": [32, 64, 128],
        "block_type": "dark_block",
        "stage_type": "dark",
    },
    "DINOV2Backbone": {**_VISION, "patch_size": 14, "intermediate_dim": 3072},
    "DINOV3Backbone": {**_VISION, "patch_size": 16, "intermediate_dim": 3072},
    "DebertaV3Backbone": {**_BASE, "vocabulary_size": 128100, "bucket_size": 256},
    "DeiTBackbone": {**_VISION, "image_shape": (384, 384, 3), "patch_size": 16, "intermediate_dim": 3072},
    "DenseNetBackbone": {"stackwise_num_repeats": [6, 12, 24, 16]},
    "DistilBertBackbone": {**_BASE, "num_layers": 6},
    "ESMBackbone": {**_BASE, "vocabulary_size": 33, "num_layers": 6, "num_heads": 20, "hidden_dim": 320},
    "ElectraBackbone": {
        "vocab_size": 30522,
        "num_layers": 12,
        "num_heads": 4,
        "hidden_dim": 256,
        "embedding_dim": 128,
        "intermediate_dim": 1024,
    },
    "FNetBackbone": {"vocabulary_size": 32000, "num_layers": 12, "hidden_dim": 768, "intermediate_dim": 3072},
    "FalconBackbone": {
        "vocabulary_size": 50304,
        "num_layers": 24,
        "num_attention_heads": 64,
        "hidden_dim": 2048,
        "intermediate_dim": 8192,
    },
    "GPT2Backbone": {**_BASE, "vocabulary_size": 50257},
    "GPTNeoXBackbone": {**_BASE, "vocabulary_size": 50432, "num_layers": 6, "num_heads": 8, "hidden_dim": 512},
    "Gemma3Backbone": {
        **_DECODER,
        "vocabulary_size": 262144,
        "image_size": 896,
        "num_layers": 26,
        "num_query_heads": 4,
        "num_key_value_heads": 1,
        "hidden_dim": 1152,
        "intermediate_dim": 6912,
        "head_dim": 256,
    },
    "GemmaBackbone": {
        "vocabulary_size": 256000,
        "num_layers": 18,
        "num_query_heads": 8,
        "num_key_value_heads": 1,
        "hidden_dim": 2048,
        "intermediate_dim": 32768,
        "head_dim": 256,
    },
    "GptOssBackbone": {**_DECODER, **_EXPERTS, "num_layers": 4},
    "Llama3Backbone": {**_DECODER, "vocabulary_size": 128256},
    "LlamaBackbone": {**_DECODER, "num_key_value_heads": 32, "intermediate_dim": 11008},
    "MiTBackbone": {
        "layerwise_depths": [2, 2, 2, 2],
        "num_layers": 4,
        "layerwise_num_heads": [1, 2, 5, 8],
        "layerwise_sr_ratios": [8, 4, 2, 1],
        "max_drop_path_rate": 0.1,
        "layerwise_patch_sizes": [7, 3, 3, 3],
        "layerwise_strides": [4, 2, 2, 2],
        "hidden_dims": [32, 64, 160, 256],
        "image_shape": (224, 224, 3),
    },
    "MistralBackbone": _DECODER,
    "MixtralBackbone": {**_DECODER, **_EXPERTS},
    "MoonshineBackbone": {
        "vocabulary_size": 32768,
        "filter_dim": 288,
        "encoder_num_layers": 6,
        "decoder_num_layers": 6,
        "hidden_dim": 288,
        "intermediate_dim": 1152,
        "encoder_num_heads": 8,
        "decoder_num_heads": 8,
    },
    "OPTBackbone": {**_BASE, "vocabulary_size": 50272},
    "PaliGemmaBackbone": {
        "vocabulary_size": 257152,
        "image_size": 224,
        "num_layers": 18,
        "num_query_heads": 8,
        "num_key_value_heads": 1,
        "hidden_dim": 2048,
        "intermediate_dim": 32768,
        "head_dim": 256,
        "vit_patch_size": 14,
        "vit_num_heads": 16,
        "vit_hidden_dim": 1152,
        "vit_num_layers": 27,
        "vit_intermediate_dim": 4304,
    },
    "Phi3Backbone": {**_DECODER, "num_key_value_heads": 32, "hidden_dim": 3072, "intermediate_dim": 8192},
    "Qwen3Backbone": {**_DECODER, "vocabulary_size": 151936, "head_dim": 128},
    "Qwen3MoeBackbone": {**_DECODER, **_EXPERTS, "num_layers": 4, "moe_intermediate_dim": 768, "head_dim": 128},
    "QwenBackbone": {**_DECODER, "vocabulary_size": 151936},
    "QwenMoeBackbone": {
        **_DECODER,
        **_EXPERTS,
        "num_layers": 4,
        "moe_intermediate_dim": 1408,
        "shared_expert_intermediate_dim": 5632,
    },
    "RWKV7Backbone": {
        "vocabulary_size": 65536,
        "num_layers": 12,
        "hidden_size": 768,
        "head_size": 64,
        "intermediate_dim": 3072,
    },
    "ResNetBackbone": {
        "input_conv_filters": [64],
        "input_conv_kernel_sizes": [7],
        "stackwise_num_filters": [64, 128, 256, 512],
        "stackwise_num_blocks": [3, 4, 6, 3],
        "stackwise_num_strides": [1, 2, 2, 2],
        "block_type": "bottleneck_block",
    },
    "RobertaBackbone": {**_BASE, "vocabulary_size": 50265},
    "RoformerV2Backbone": {**_BASE, "vocabulary_size": 12000, "head_size": 64},
    "SmolLM3Backbone": _SMOL,
    "SwinTransformerBackbone": {
        "image_shape": (224, 224, 3),
        "embed_dim": 96,
        "depths": (2, 2, 6, 2),
        "num_heads": (3, 6, 12, 24),
        "window_size": 7,
    },
    "T5Backbone": {**_BASE, "vocabulary_size": 32128},
    "VGGBackbone": {"stackwise_num_repeats": [2, 2, 3, 3, 3], "stackwise_num_filters": [64, 128, 256, 512, 512]},
    "ViTBackbone": {**_VISION, **_IMAGE, "mlp_dim": 3072},
    "ViTDetBackbone": {
        "image_shape": (1024, 1024, 3),
        "patch_size": 16,
        "hidden_size": 768,
        "num_layers": 12,
        "intermediate_dim": 3072,
        "num_heads": 12,
        "global_attention_layer_indices": [2, 5, 8, 11],
    },
    "WhisperBackbone": {**_BASE, "vocabulary_size": 51865, "num_layers": 4, "num_heads": 6, "hidden_dim": 384},
    "XLMRobertaBackbone": {**_BASE, "vocabulary_size": 250002},
    "XLNetBackbone": {**_BASE, "vocabulary_size": 32000},
    "XceptionBackbone": {
        "stackwise_conv_filters": [[32, 64], [64, 128], [256, 256]],
        "stackwise_pooling": [True, True, False],
    },
}
"""The name of a class → the arguments of its constructor."""


def expressions() -> dict[str, str]:
    """Return what ``paramdoc_autodoc`` says of them."""
    return {
        f"keras_hub.models.{name}": f"{{name}}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"
        for name, arguments in BACKBONES.items()
    }
