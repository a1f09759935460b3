"""The papers that the kinds of layers come from.

A year beside an address at arXiv is that of the first version there. Of more than four authors only the first is named.
"""

from __future__ import annotations

import msgspec

_PLACES = {"https://arxiv.org/abs/": "arXiv:", "https://doi.org/": "doi:"}


class Reference(msgspec.Struct, frozen=True):
    """A paper."""

    authors: str
    year: int
    title: str
    url: str

    @property
    def label(self) -> str:
        """What the paper is called where it is kept: ``arXiv:1502.03167``."""
        for place, name in _PLACES.items():
            if self.url.startswith(place):
                return name + self.url.removeprefix(place)
        return self.url.removeprefix("https://")


CONVOLUTION = Reference(
    "Yann LeCun, Léon Bottou, Yoshua Bengio and Patrick Haffner",
    1998,
    "Gradient-based learning applied to document recognition",
    "https://doi.org/10.1109/5.726791",
)
TRANSPOSED = Reference(
    "Matthew Zeiler and others",
    2010,
    "Deconvolutional networks",
    "https://doi.org/10.1109/CVPR.2010.5539957",
)
XCEPTION = Reference(
    "François Chollet",
    2016,
    "Xception: deep learning with depthwise separable convolutions",
    "https://arxiv.org/abs/1610.02357",
)
LANGUAGE_MODEL = Reference(
    "Yoshua Bengio, Réjean Ducharme, Pascal Vincent and Christian Jauvin",
    2003,
    "A neural probabilistic language model",
    "https://www.jmlr.org/papers/v3/bengio03a.html",
)
TYING = Reference(
    "Ofir Press and Lior Wolf",
    2016,
    "Using the output embedding to improve language models",
    "https://arxiv.org/abs/1608.05859",
)
BATCH = Reference(
    "Sergey Ioffe and Christian Szegedy",
    2015,
    "Batch normalization: accelerating deep network training by reducing internal covariate shift",
    "https://arxiv.org/abs/1502.03167",
)
RENORM = Reference(
    "Sergey Ioffe",
    2017,
    "Batch renormalization: towards reducing minibatch dependence in batch-normalized models",
    "https://arxiv.org/abs/1702.03275",
)
LAYER = Reference(
    "Jimmy Lei Ba, Jamie Ryan Kiros and Geoffrey E. Hinton",
    2016,
    "Layer normalization",
    "https://arxiv.org/abs/1607.06450",
)
GROUP = Reference("Yuxin Wu and Kaiming He", 2018, "Group normalization", "https://arxiv.org/abs/1803.08494")
RMS = Reference(
    "Biao Zhang and Rico Sennrich",
    2019,
    "Root mean square layer normalization",
    "https://arxiv.org/abs/1910.07467",
)
ELMAN = Reference("Jeffrey L. Elman", 1990, "Finding structure in time", "https://doi.org/10.1207/s15516709cog1402_1")
LSTM = Reference(
    "Sepp Hochreiter and Jürgen Schmidhuber",
    1997,
    "Long short-term memory",
    "https://doi.org/10.1162/neco.1997.9.8.1735",
)
FORGET = Reference(
    "Felix A. Gers, Jürgen Schmidhuber and Fred Cummins",
    2000,
    "Learning to forget: continual prediction with LSTM",
    "https://doi.org/10.1162/089976600300015015",
)
GRU = Reference(
    "Kyunghyun Cho and others",
    2014,
    "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
    "https://arxiv.org/abs/1406.1078",
)
CONV_LSTM = Reference(
    "Xingjian Shi and others",
    2015,
    "Convolutional LSTM network: a machine learning approach for precipitation nowcasting",
    "https://arxiv.org/abs/1506.04214",
)
BIDIRECTIONAL = Reference(
    "Mike Schuster and Kuldip K. Paliwal",
    1997,
    "Bidirectional recurrent neural networks",
    "https://doi.org/10.1109/78.650093",
)
SPECTRAL = Reference(
    "Takeru Miyato, Toshiki Kataoka, Masanori Koyama and Yuichi Yoshida",
    2018,
    "Spectral normalization for generative adversarial networks",
    "https://arxiv.org/abs/1802.05957",
)
DOT_PRODUCT = Reference(
    "Minh-Thang Luong, Hieu Pham and Christopher D. Manning",
    2015,
    "Effective approaches to attention-based neural machine translation",
    "https://arxiv.org/abs/1508.04025",
)
ADDITIVE = Reference(
    "Dzmitry Bahdanau, Kyunghyun Cho and Yoshua Bengio",
    2014,
    "Neural machine translation by jointly learning to align and translate",
    "https://arxiv.org/abs/1409.0473",
)
MULTI_HEAD = Reference(
    "Ashish Vaswani and others", 2017, "Attention is all you need", "https://arxiv.org/abs/1706.03762"
)
GROUPED_QUERY = Reference(
    "Joshua Ainslie and others",
    2023,
    "GQA: training generalized multi-query transformer models from multi-head checkpoints",
    "https://arxiv.org/abs/2305.13245",
)
PRELU = Reference(
    "Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun",
    2015,
    "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification",
    "https://arxiv.org/abs/1502.01852",
)
LAYER_SCALE = Reference(
    "Hugo Touvron and others",
    2021,
    "Going deeper with image transformers",
    "https://arxiv.org/abs/2103.17239",
)
LORA = Reference(
    "Edward J. Hu and others",
    2021,
    "LoRA: low-rank adaptation of large language models",
    "https://arxiv.org/abs/2106.09685",
)
FLOAT8 = Reference(
    "Paulius Micikevicius and others", 2022, "FP8 formats for deep learning", "https://arxiv.org/abs/2209.05433"
)
GPTQ = Reference(
    "Elias Frantar, Saleh Ashkboos, Torsten Hoefler and Dan Alistarh",
    2022,
    "GPTQ: accurate post-training quantization for generative pre-trained transformers",
    "https://arxiv.org/abs/2210.17323",
)
AWQ = Reference(
    "Ji Lin and others",
    2023,
    "AWQ: activation-aware weight quantization for LLM compression and acceleration",
    "https://arxiv.org/abs/2306.00978",
)
