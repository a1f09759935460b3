"""Language, vision, speech and image models of keras-hub, as their authors configured them, with published counts.

The code is what a user would write. The hyperparameters come from the papers and from the configurations that
keras-hub's own converters of checkpoints read (``tools/checkpoint_conversion`` and
``keras_hub/src/utils/transformers/convert_*.py``). No count was read off the models built here.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Published:
    """A model and the number of parameters that somebody else says it has."""

    name: str
    code: str
    """An expression over the names of `keras_hub.models`, and the two parts of Stable Diffusion that it keeps back."""
    source: str
    """Who says `count`, and who else does."""
    count: int
    beyond: dict[str, int] = field(default_factory=dict, compare=False)
    """What the backbone has beyond `count`, or, negative, lacks: what, and how much."""
    preset: str | None = None
    """The preset of keras-hub whose metadata give the count of the backbone."""

    @property
    def backbone(self) -> int:
        """How many parameters the backbone must have."""
        return self.count + sum(self.beyond.values())


PUBLISHED = [
    Published(
        name="GPT-2",
        code="""GPT2Backbone(
            vocabulary_size=50257, num_layers=12, num_heads=12, hidden_dim=768, intermediate_dim=3072,
            max_sequence_length=1024)""",
        source="keras-hub's preset; GPT2Model of transformers; '124M' in github.com/openai/gpt-2",
        count=124_439_808,
        preset="gpt2_base_en",
    ),
    Published(
        name="BERT base",
        code="""BertBackbone(
            vocabulary_size=30522, num_layers=12, num_heads=12, hidden_dim=768, intermediate_dim=3072,
            max_sequence_length=512)""",
        source="keras-hub's preset; BertModel of transformers, with its pooler; '110M' in arXiv:1810.04805",
        count=109_482_240,
        preset="bert_base_en_uncased",
    ),
    Published(
        name="Llama 2 7B",
        code="""LlamaBackbone(
            vocabulary_size=32000, num_layers=32, num_query_heads=32, hidden_dim=4096, intermediate_dim=11008,
            num_key_value_heads=32)""",
        source="keras-hub's preset; metadata of the weights of meta-llama/Llama-2-7b-hf; arXiv:2307.09288",
        count=6_738_415_616,
        preset="llama2_7b_en",
    ),
    Published(
        name="Llama 3 8B",
        code="""Llama3Backbone(
            vocabulary_size=128256, num_layers=32, num_query_heads=32, hidden_dim=4096, intermediate_dim=14336,
            num_key_value_heads=8, rope_max_wavelength=500000)""",
        source="keras-hub's preset; metadata of the weights of meta-llama/Meta-Llama-3-8B; arXiv:2407.21783, table 3",
        count=8_030_261_248,
        preset="llama3_8b_en",
    ),
    Published(
        name="Llama 3.1 405B",
        code="""Llama3Backbone(
            vocabulary_size=128256, num_layers=126, num_query_heads=128, hidden_dim=16384, intermediate_dim=53248,
            num_key_value_heads=8, rope_max_wavelength=500000)""",
        source="metadata of the weights of meta-llama/Llama-3.1-405B; arXiv:2407.21783, table 3",
        count=405_853_388_800,
    ),
    Published(
        name="Mistral 7B",
        code="""MistralBackbone(
            vocabulary_size=32000, num_layers=32, num_query_heads=32, hidden_dim=4096, intermediate_dim=14336,
            num_key_value_heads=8, sliding_window=4096)""",
        source="keras-hub's preset; metadata of the weights of mistralai/Mistral-7B-v0.1; arXiv:2310.06825, table 1",
        count=7_241_732_096,
        preset="mistral_7b_en",
    ),
    Published(
        name="Mixtral 8x7B",
        code="""MixtralBackbone(
            vocabulary_size=32000, num_layers=32, num_query_heads=32, hidden_dim=4096, intermediate_dim=14336,
            num_key_value_heads=8, num_experts=8, top_k=2)""",
        source="keras-hub's preset; metadata of the weights of mistralai/Mixtral-8x7B-v0.1; arXiv:2401.04088, table 1",
        count=46_702_792_704,
        preset="mixtral_8_7b_en",
    ),
    Published(
        name="Gemma 2B",
        code="""GemmaBackbone(
            vocabulary_size=256000, num_layers=18, num_query_heads=8, num_key_value_heads=1, hidden_dim=2048,
            intermediate_dim=32768, head_dim=256)""",
        source="arXiv:2403.08295, table 2 (524,550,144 of the embedding + 1,981,884,416); keras-hub's preset",
        count=524_550_144 + 1_981_884_416,
        beyond={"the paper counts 256,128 rows of the embedding, of which the checkpoint has 256,000": -128 * 2048},
        preset="gemma_2b_en",
    ),
    Published(
        name="ViT-B/16",
        code="""ViTBackbone(
            image_shape=(224, 224, 3), patch_size=(16, 16), num_layers=12, num_heads=12, hidden_dim=768,
            mlp_dim=3072)""",
        source="ViT_B_16_Weights of torchvision; keras-hub's preset; '86M' in arXiv:2010.11929, table 1",
        count=86_567_656,
        beyond={"a backbone has no head for 1,000 classes": -(768 * 1000 + 1000)},
        preset="vit_base_patch16_224_imagenet",
    ),
    Published(
        name="T5 small",
        code="""T5Backbone(
            vocabulary_size=32128, num_layers=6, num_heads=8, hidden_dim=512, intermediate_dim=2048,
            key_value_dim=64, use_gated_activation=False)""",
        source="keras-hub's preset; metadata of the weights of google-t5/t5-small; '60M' in arXiv:1910.10683",
        count=60_506_624,
        preset="t5_small_multi",
    ),
    Published(
        name="Whisper base.en",
        code="""WhisperBackbone(
            vocabulary_size=51864, num_layers=6, num_heads=8, hidden_dim=512, intermediate_dim=2048)""",
        # keras-hub's preset whisper_base_en has GPT-2's count in its metadata, so it is no source.
        source="notebooks/LibriSpeech.ipynb in github.com/openai/whisper",
        count=71_825_408,
        beyond={"the encoder's sinusoids, which OpenAI keeps in a buffer, are a non-trainable weight": 1500 * 512},
    ),
    Published(
        name="Whisper large",
        code="""WhisperBackbone(
            vocabulary_size=51865, num_layers=32, num_heads=20, hidden_dim=1280, intermediate_dim=5120)""",
        source="keras-hub's preset; metadata of the weights of openai/whisper-large, with the encoder's sinusoids",
        count=1_543_304_960,
        preset="whisper_large_multi",
    ),
    Published(
        name="Stable Diffusion 3 medium",
        code="""StableDiffusion3Backbone(
            mmdit_patch_size=2, mmdit_hidden_dim=1536, mmdit_num_layers=24, mmdit_num_heads=24,
            mmdit_position_size=192, mmdit_qk_norm=None, mmdit_dual_attention_indices=None,
            vae=VAEBackbone([128, 256, 512, 512], [2, 2, 2, 2], [512, 512, 256, 128], [3, 3, 3, 3], name="vae"),
            clip_l=CLIPTextEncoder(49408, 768, 768, 12, 12, 3072, "quick_gelu", -2, name="clip_l"),
            clip_g=CLIPTextEncoder(49408, 1280, 1280, 32, 20, 5120, "gelu", -2, name="clip_g"))""",
        source="keras-hub's preset: the VAE, both text encoders with their projections, and the MMDiT; no T5",
        count=2_987_080_931,
        preset="stable_diffusion_3_medium",
    ),
    Published(
        name="Stable Diffusion 3.5 medium",
        code="""StableDiffusion3Backbone(
            mmdit_patch_size=2, mmdit_hidden_dim=1536, mmdit_num_layers=24, mmdit_num_heads=24,
            mmdit_position_size=384, mmdit_qk_norm="rms_norm", mmdit_dual_attention_indices=tuple(range(13)),
            vae=VAEBackbone([128, 256, 512, 512], [2, 2, 2, 2], [512, 512, 256, 128], [3, 3, 3, 3], name="vae"),
            clip_l=CLIPTextEncoder(49408, 768, 768, 12, 12, 3072, "quick_gelu", -2, name="clip_l"),
            clip_g=CLIPTextEncoder(49408, 1280, 1280, 32, 20, 5120, "gelu", -2, name="clip_g"))""",
        # The parts as loaded by diffusers: the VAE, CLIP L and G with their projections, the transformer.
        source="the parts of stabilityai/stable-diffusion-3.5-medium in diffusers; keras-hub's preset",
        count=83_819_683 + 123_650_304 + 694_659_840 + 2_243_171_520,
        beyond={"the MMDiT's table of positions, which diffusers keeps in a buffer, is a weight": 384 * 384 * 1536},
        preset="stable_diffusion_3.5_medium",
    ),
]
