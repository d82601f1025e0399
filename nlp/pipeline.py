"""The analyser: the steps in order, on one screen."""

from functools import partial
from pathlib import Path

from nlp.aliases import aliases_of
from nlp.assets import Assets
from nlp.contacts import contacts_in, masked
from nlp.fields import with_fields
from nlp.findings import Contact, Document, Findings, Part
from nlp.intent import Judgement, intent_of, tone_of
from nlp.language import Languages
from nlp.lexicon import load_lexicon
from nlp.normalise import normalise
from nlp.notices import state_of
from nlp.offers import listings_of
from nlp.post import Page, Post
from nlp.prices import MANY, end_of_amounts, prices_in
from nlp.providers import Providers
from nlp.specs import Specs
from nlp.words import Words

TITLE = 1_000
"""Characters of a title that are read."""


class Analyser:
    """Finds offers, contacts and brands in one document after another."""

    def __init__(self, data: Path | None = None) -> None:
        """Load the words under `data`, by default the project's own.

        Raises:
            LexiconError: a word file is wrong; the message names file, field and value.
        """
        self.lexicon = load_lexicon(data)
        self._words = Words(self.lexicon)
        self._assets = Assets(self.lexicon)
        self._specs = Specs(self.lexicon)
        self._providers = Providers(self.lexicon)
        self._languages = Languages(self.lexicon.languages)
        self._tags = {
            kind: frozenset(word.lower() for word in self.lexicon.cue_words(f"{kind}_tag"))
            for kind in ("offer", "wanted")
        }

    def analyse(self, document: Document) -> Findings:
        """Everything found; never raises on a document's content, whatever it is."""
        post = self._read(document)
        mentions = self._assets.mentions(post)
        judged = intent_of(post, mentions, tags=self._tags)
        if judged.intent == "offer" and not any(m.strong for m in mentions):
            mentions += self._assets.in_name(post, self._words.hits(_heading(document)))
        state = state_of(post)
        goods = state if judged.intent != "other" and state else "active"
        facts = partial(self._specs.facts, post.pages)
        listings = listings_of(post, mentions, facts, intent=judged.intent, state=goods)
        listings = with_fields(document, listings, self.lexicon)
        speaks = judged.intent == "offer" or ("legal" in post.kinds and judged.other < 9)
        return Findings(
            intent=judged.intent,
            listings=tuple(listings),
            contacts=_contacts(post, document),
            provider=self._providers.provider(post, offered=speaks and judged.intent != "wanted"),
            state=state,
            tone=tone_of(post) if judged.intent == "other" else None,
            aliases=aliases_of(post.pages) if judged.intent == "offer" else (),
            languages=post.languages,
            problems=_problems(post, document),
        )

    def judge(self, document: Document) -> Judgement:
        """What a document wants, with the scores that decided."""
        post = self._read(document)
        return intent_of(post, self._assets.mentions(post), tags=self._tags)

    def _read(self, document: Document) -> Post:
        title = self._page(document.title[:TITLE], "title", document, "")
        text = self._page(document.text, "text", document, title.text.clean)
        both = f"{title.text.clean}\n{text.text.clean}"
        return Post(document, title, text, self._languages.of(both))

    def _page(self, raw: str, part: Part, document: Document, title: str) -> Page:
        text = normalise(raw)
        if not text.clean:
            return Page(part, text, "", ())
        contacts = contacts_in(text, part)
        blanked = masked(text, contacts)
        if (end := end_of_amounts(blanked)) < len(blanked):
            text, blanked = text.cut(end, f"cut behind {MANY} amounts"), blanked[:end]
        prices = prices_in(
            text, blanked, part=part, default_currency=document.default_currency, title=title
        )
        sure = tuple(p for p in prices if p.confidence >= 0.3)
        hits, stems, tokens = self._words.read(text.clean)
        return Page(part, text, blanked, tuple(hits), stems, tokens, tuple(contacts), sure)


def _heading(document: Document) -> str:
    """What stands over all posts of its kind: a channel's name, a market's category."""
    if document.kind == "channel":
        return document.author[:200]
    fields = {key.lower(): value for key, value in document.fields.items()}
    return fields.get("category", "")[:200]


def _contacts(post: Post, document: Document) -> tuple[Contact, ...]:
    """Contacts of title, text and signature, each value once per part."""
    signed = document.signature
    signature = tuple(contacts_in(normalise(signed), "signature")) if signed else ()
    return (*post.title.contacts, *post.text.contacts, *signature)


def _problems(post: Post, document: Document) -> tuple[str, ...]:
    """What was cut in title and text, one line each."""
    length = len(document.title)
    cut = (f"title cut at {TITLE} of {length} characters",) if length > TITLE else ()
    return (*cut, *post.title.text.problems, *post.text.text.problems)
