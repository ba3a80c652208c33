"""Russian prose of any length, of which no sentence is anybody's: made from the letters of our own articles.

Its words come as often as words do (Zipf's law). The commonest are those of the articles in `content/`; the others are
made letter by letter, each after the two before it as often as in those: so a text has the trigrams that texts have.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Final

_ARTICLES: Final = Path(__file__).parent.parent / "content"
_WORD = re.compile("[а-яё]+")
VOCABULARY: Final = 40_000
"""Words; a short run has to make do with fewer, since the rare ones are made one by one."""

_AGAIN: Final = 0.25  # of all sentences are another one with some words changed


class Prose:
    """Sentences by a seed: the same ones each time."""

    def __init__(self, seed: int, *, words: int = VOCABULARY) -> None:
        """Learn letters, and make so many words."""
        self._chance = random.Random(seed)  # noqa: S311  # the same text in each run
        written = [file.read_text(encoding="utf-8").lower() for file in sorted(_ARTICLES.glob("*/*/ru.md"))]
        known = Counter(word for text in written for word in _WORD.findall(text))
        self._after: dict[str, str] = {}
        for word, times in known.items():
            for at, letter in enumerate(f"{word} "):
                before = f"  {word}"[at : at + 2]
                self._after[before] = self._after.get(before, "") + letter * times
        vocabulary = {word: None for word, _ in known.most_common()}
        while len(vocabulary) < words:
            vocabulary.setdefault(self._made())
        self._words = list(vocabulary)

    def _made(self) -> str:
        word = "  "
        while not (len(word) > 2 and word.endswith(" ")) and len(word) < 20:
            word += str(self._chance.choice(self._after[word[-2:]]))
        return word.strip() or "и"

    def _word(self) -> str:
        rank = int(len(self._words) ** self._chance.random()) - 1
        return str(self._words[rank])

    def sentence(self) -> str:
        """Return a sentence of some fifteen words, one in four with a number in it."""
        words = [self._word() for _ in range(max(4, int(self._chance.gauss(15, 7))))]
        if self._chance.random() < 0.25:  # one in four
            words.insert(self._chance.randrange(len(words)), str(self._chance.randrange(1, 2027)))
        return f"{' '.join(words).capitalize()}."

    def varied(self, sentence: str) -> str:
        """Return a sentence with up to a quarter of its words changed, put in, left out or ending otherwise."""
        words = sentence.rstrip(".").split()
        for _ in range(self._chance.randint(1, max(1, len(words) // 4))):
            at = self._chance.randrange(len(words))
            words[at : at + 1] = self._chance.choice(
                ([self._word()], [words[at], self._word()], [words[at][:-1] + self._chance.choice("аеиоуы")], [])
            )
            words = words or [self._word()]
        return f"{' '.join(words).capitalize()}."

    def sentences(self, number: int) -> list[str]:
        """Return so many sentences, a quarter of them much like an earlier one."""
        return list(islice(self._all(), number))

    def _all(self) -> Iterator[str]:
        for _ in count():
            sentence = self.sentence()
            yield sentence
            if self._chance.random() < _AGAIN / (1 - _AGAIN):
                yield self.varied(sentence)
