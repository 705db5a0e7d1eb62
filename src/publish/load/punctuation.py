"""How the elements of a reference are put together: the marks between them, and the quotation marks around titles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.diagnostics import Location
from publish.languages import marks_inside, quotes_of
from publish.load.words import Words, plain_text, reworded
from publish.model import Text

_ENDING = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The marks of a language. `inside`: a period or comma stands before a closing quotation mark (6.9, American style)."""

    quotes: tuple[str, str, str, str]
    inside: bool

    @classmethod
    def of(cls, language: str) -> Punctuation:
        """That of a BCP 47 tag."""
        return cls(quotes_of(language), marks_inside(language))

    def quoted(self, words: Words, location: Location) -> Words:
        """The words in quotation marks; those that stand in them already become the marks of a quotation in a quotation (14.94)."""
        opening, closing, inner_opening, inner_closing = self.quotes
        inner = reworded(words, lambda text: text.replace(opening, inner_opening).replace(closing, inner_closing))
        return (Text(opening, location), *inner, Text(closing, location))

    def closed(self, words: Words, mark: str, location: Location) -> Words:
        """The words with a mark behind them; no period behind what ends with one, or with a question or exclamation mark (6.123–24)."""
        text = plain_text(words)
        closing = tuple(one for opening, one in (self.quotes[:2], self.quotes[2:]) if opening in text)
        if mark == "." and _bare(text, closing).endswith(_ENDING):
            return words
        return self._put(words, mark, closing if self.inside else (), location)

    def joined(self, elements: Iterable[Words], mark: str, location: Location) -> Words:
        """The elements that there are, with a mark and a space behind each but the last."""
        whole: Words = ()
        for element in elements:
            if whole and element:
                whole = (*self.closed(whole, mark, location), Text(" ", location))
            whole += element
        return whole

    def _put(self, words: Words, mark: str, closing: tuple[str, ...], location: Location) -> Words:
        last = words[-1] if words else None
        if not isinstance(last, Text):
            return (*words, Text(mark, location))
        body = _bare(last.text, closing)
        if not body and words[:-1]:
            return (*self._put(words[:-1], mark, closing, location), last)
        return (*words[:-1], Text(f"{body}{mark}{last.text[len(body) :]}", last.location))


def _bare(text: str, closing: tuple[str, ...]) -> str:
    """The text without the closing quotation marks at its end."""
    while closing and text.endswith(closing):
        text = text.removesuffix(next(one for one in closing if text.endswith(one)))
    return text
