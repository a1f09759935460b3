"""The papers that the kinds of layers come from.

A year beside an address at arXiv is that of the first version there. Of more than four authors only the first is named.
"""

from __future__ import annotations

import msgspec

from sphinx_paramdoc.said import Said, listed, said

_PLACES = {"https://arxiv.org/abs/": "arXiv:", "https://doi.org/": "doi:"}


def _authors(*names: str) -> Said:
    *others, last = names
    return said("{authors} and {author}", authors=listed(others), author=last)


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
    _authors("Yann LeCun", "Léon Bottou", "Yoshua Bengio", "Patrick Haffner"),
    1998,
    "Gradient-based learning applied to document recognition",
    "https://doi.org/10.1109/5.726791",
)
TRANSPOSED = Reference(
    said("{author} and others", author="Matthew Zeiler"),
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
    _authors("Yoshua Bengio", "Réjean Ducharme", "Pascal Vincent", "Christian Jauvin"),
    2003,
    "A neural probabilistic language model",
    "https://www.jmlr.org/papers/v3/bengio03a.html",
)
TYING = Reference(
    _authors("Ofir Press", "Lior Wolf"),
    2016,
    "Using the output embedding to improve language models",
    "https://arxiv.org/abs/1608.05859",
)
BATCH = Reference(
    _authors("Sergey Ioffe", "Christian Szegedy"),
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
    _authors("Jimmy Lei Ba", "Jamie Ryan Kiros", "Geoffrey E. Hinton"),
    2016,
    "Layer normalization",
    "https://arxiv.org/abs/1607.06450",
)
GROUP = Reference(_authors("Yuxin Wu", "Kaiming He"), 2018, "Group normalization", "https://arxiv.org/abs/1803.08494")
RMS = Reference(
    _authors("Biao Zhang", "Rico Sennrich"),
    2019,
    "Root mean square layer normalization",
    "https://arxiv.org/abs/1910.07467",
)
ELMAN = Reference("Jeffrey L. Elman", 1990, "Finding structure in time", "https://doi.org/10.1207/s15516709cog1402_1")
LSTM = Reference(
    _authors("Sepp Hochreiter", "Jürgen Schmidhuber"),
    1997,
    "Long short-term memory",
    "https://doi.org/10.1162/neco.1997.9.8.1735",
)
FORGET = Reference(
    _authors("Felix A. Gers", "Jürgen Schmidhuber", "Fred Cummins"),
    2000,
    "Learning to forget: continual prediction with LSTM",
    "https://doi.org/10.1162/089976600300015015",
)
GRU = Reference(
    said("{author} and others", author="Kyunghyun Cho"),
    2014,
    "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
    "https://arxiv.org/abs/1406.1078",
)
CONV_LSTM = Reference(
    said("{author} and others", author="Xingjian Shi"),
    2015,
    "Convolutional LSTM network: a machine learning approach for precipitation nowcasting",
    "https://arxiv.org/abs/1506.04214",
)
BIDIRECTIONAL = Reference(
    _authors("Mike Schuster", "Kuldip K. Paliwal"),
    1997,
    "Bidirectional recurrent neural networks",
    "https://doi.org/10.1109/78.650093",
)
SPECTRAL = Reference(
    _authors("Takeru Miyato", "Toshiki Kataoka", "Masanori Koyama", "Yuichi Yoshida"),
    2018,
    "Spectral normalization for generative adversarial networks",
    "https://arxiv.org/abs/1802.05957",
)
DOT_PRODUCT = Reference(
    _authors("Minh-Thang Luong", "Hieu Pham", "Christopher D. Manning"),
    2015,
    "Effective approaches to attention-based neural machine translation",
    "https://arxiv.org/abs/1508.04025",
)
ADDITIVE = Reference(
    _authors("Dzmitry Bahdanau", "Kyunghyun Cho", "Yoshua Bengio"),
    2014,
    "Neural machine translation by jointly learning to align and translate",
    "https://arxiv.org/abs/1409.0473",
)
MULTI_HEAD = Reference(
    said("{author} and others", author="Ashish Vaswani"),
    2017,
    "Attention is all you need",
    "https://arxiv.org/abs/1706.03762",
)
GROUPED_QUERY = Reference(
    said("{author} and others", author="Joshua Ainslie"),
    2023,
    "GQA: training generalized multi-query transformer models from multi-head checkpoints",
    "https://arxiv.org/abs/2305.13245",
)
PRELU = Reference(
    _authors("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"),
    2015,
    "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification",
    "https://arxiv.org/abs/1502.01852",
)
LAYER_SCALE = Reference(
    said("{author} and others", author="Hugo Touvron"),
    2021,
    "Going deeper with image transformers",
    "https://arxiv.org/abs/2103.17239",
)
LORA = Reference(
    said("{author} and others", author="Edward J. Hu"),
    2021,
    "LoRA: low-rank adaptation of large language models",
    "https://arxiv.org/abs/2106.09685",
)
FLOAT8 = Reference(
    said("{author} and others", author="Paulius Micikevicius"),
    2022,
    "FP8 formats for deep learning",
    "https://arxiv.org/abs/2209.05433",
)
GPTQ = Reference(
    _authors("Elias Frantar", "Saleh Ashkboos", "Torsten Hoefler", "Dan Alistarh"),
    2022,
    "GPTQ: accurate post-training quantization for generative pre-trained transformers",
    "https://arxiv.org/abs/2210.17323",
)
AWQ = Reference(
    said("{author} and others", author="Ji Lin"),
    2023,
    "AWQ: activation-aware weight quantization for LLM compression and acceleration",
    "https://arxiv.org/abs/2306.00978",
)
