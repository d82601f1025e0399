"""spaCy's text classifier, trained on labelled posts from a blank pipeline with a fixed seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import minibatch
from thinc.util import fix_random_seed

SEED = 7
EPOCHS = 15
_RATE = 0.01
"""Learning rate; at spaCy's own 0.001 so few posts teach the types nothing."""
_BATCH = 8
_DROP = 0.2
_CHARS = 4_000
"""Characters of a post that are read."""

Labelled = tuple[str, frozenset[str]]
"""A text and the labels that are true of it."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """A trained model."""

    nlp: Language

    def probabilities(self, text: str) -> Mapping[str, float]:
        """Probability of each label, 0 to 1."""
        return dict(self.nlp(_plain(text)).cats)


def train(posts: Sequence[Labelled], labels: Sequence[str], *, one: bool, deep: bool) -> Classifier:
    """A model that gives each text `one` label, or each label by itself.

    A bag of words and word pairs; `deep` adds a small convolutional network before it. The same
    posts give the same model.
    """
    fix_random_seed(SEED)
    shuffle = random.Random(SEED).shuffle
    nlp = spacy.blank("xx")
    name = "textcat" if one else "textcat_multilabel"
    pipe = nlp.add_pipe(name, config={"model": _deep(one=one) if deep else _bag(one=one)})
    for label in labels:
        pipe.add_label(label)  # type: ignore[attr-defined]
    examples = [
        Example.from_dict(
            nlp.make_doc(_plain(text)), {"cats": {label: float(label in true) for label in labels}}
        )
        for text, true in posts
    ]
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = _RATE
    for _ in range(EPOCHS):
        shuffle(examples)
        for batch in minibatch(examples, _BATCH):  # type: ignore[no-untyped-call]
            nlp.update(batch, sgd=optimizer, drop=_DROP)
    return Classifier(nlp)


def _plain(text: str) -> str:
    return text[:_CHARS].lower()


def _bag(*, one: bool) -> dict[str, object]:
    return {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": one,
        "ngram_size": 2,
        "no_output_layer": False,
        "length": 65_536,
    }


def _deep(*, one: bool) -> dict[str, object]:
    return {
        "@architectures": "spacy.TextCatEnsemble.v2",
        "linear_model": _bag(one=one),
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 64,
            "depth": 2,
            "embed_size": 2_000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
