"""The forms of a source, against the manual's own examples: a record, its entry, its note, its short note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.diagnostics import Location
from publish.load.dates import dated
from publish.load.names import Names, family, natural
from publish.load.punctuation import Punctuation
from publish.load.words import plain_text
from publish.model import Text
from source_sample import LABELS, bibliography, said

AT = Location("book/bibliography.yaml", 1, 3)
AMERICAN, BRITISH = Punctuation.of("en-US"), Punctuation.of("en-GB")

# The Chicago Manual of Style, 17th edition, and its Citation Quick Guide: what a record becomes, and where the manual shows it.
BOOK = (
    """
  type: book
  authors: ["Smith, Zadie"]
  title: Swing Time
  place: New York
  publisher: Penguin Press
  date: 2016
""",
    "315–16",
    "Smith, Zadie. *Swing Time*. New York: Penguin Press, 2016.",
    "Zadie Smith, *Swing Time* (New York: Penguin Press, 2016), 315–16",
    "Smith, *Swing Time*, 315–16",
)
TWO_AUTHORS = (
    """
  type: book
  authors: ["Grazer, Brian", "Fishman, Charles"]
  title: "A Curious Mind: The Secret to a Bigger Life"
  place: New York
  publisher: Simon & Schuster
  date: 2015
""",
    "12",
    "Grazer, Brian, and Charles Fishman. *A Curious Mind: The Secret to a Bigger Life*. New York: Simon & Schuster, 2015.",
    "Brian Grazer and Charles Fishman, *A Curious Mind: The Secret to a Bigger Life* (New York: Simon & Schuster, 2015), 12",
    "Grazer and Fishman, *Curious Mind*, 12",
)
TRANSLATED = (
    """
  type: book
  authors: ["Lahiri, Jhumpa"]
  translators: ["Goldstein, Ann"]
  title: In Other Words
  place: New York
  publisher: Alfred A. Knopf
  date: 2016
""",
    "146",
    "Lahiri, Jhumpa. *In Other Words*. Translated by Ann Goldstein. New York: Alfred A. Knopf, 2016.",
    "Jhumpa Lahiri, *In Other Words*, trans. Ann Goldstein (New York: Alfred A. Knopf, 2016), 146",
    "Lahiri, *In Other Words*, 146",
)
EDITOR_FIRST = (  # 14.103
    """
  type: book
  editors: ["Greenberg, Joel"]
  title: "Of Prairie, Woods, and Water: Two Centuries of Chicago Nature Writing"
  place: Chicago
  publisher: University of Chicago Press
  date: 2008
""",
    "42",
    "Greenberg, Joel, ed. *Of Prairie, Woods, and Water: Two Centuries of Chicago Nature Writing*. "
    "Chicago: University of Chicago Press, 2008.",
    "Joel Greenberg, ed., *Of Prairie, Woods, and Water: Two Centuries of Chicago Nature Writing* "
    "(Chicago: University of Chicago Press, 2008), 42",
    "Greenberg, *Of Prairie, Woods, and Water*, 42",
)
EDITION = (  # 14.113
    """
  type: book
  authors: ["Strunk, William, Jr.", "White, E. B."]
  title: The Elements of Style
  edition: 4th ed.
  place: New York
  publisher: Allyn and Bacon
  date: 2000
""",
    "",
    "Strunk, William, Jr., and E. B. White. *The Elements of Style*. 4th ed. New York: Allyn and Bacon, 2000.",
    "William Strunk Jr. and E. B. White, *The Elements of Style*, 4th ed. (New York: Allyn and Bacon, 2000)",
    "Strunk and White, *Elements of Style*",
)
VOLUME = (  # 14.119
    """
  type: book
  authors: ["Pelikan, Jaroslav"]
  title: Christian Doctrine and Modern Culture (since 1700)
  short-title: Christian Doctrine
  volume: 5
  container: "The Christian Tradition: A History of the Development of Doctrine"
  place: Chicago
  publisher: University of Chicago Press
  date: 1989
""",
    "16",
    "Pelikan, Jaroslav. *Christian Doctrine and Modern Culture (since 1700)*. Vol. 5 of *The Christian Tradition: A History of the "
    "Development of Doctrine*. Chicago: University of Chicago Press, 1989.",
    "Jaroslav Pelikan, *Christian Doctrine and Modern Culture (since 1700)*, vol. 5 of *The Christian Tradition: A History of the "
    "Development of Doctrine* (Chicago: University of Chicago Press, 1989), 16",
    "Pelikan, *Christian Doctrine*, 16",
)
CHAPTER = (  # 14.107
    """
  type: chapter
  authors: ["Thoreau, Henry David"]
  title: Walking
  container: The Making of the American Essay
  editors: ["D'Agata, John"]
  pages: 167–95
  place: Minneapolis
  publisher: Graywolf Press
  date: 2016
""",
    "177–78",
    "Thoreau, Henry David. “Walking.” In *The Making of the American Essay*, edited by John D’Agata, 167–95. "
    "Minneapolis: Graywolf Press, 2016.",
    "Henry David Thoreau, “Walking,” in *The Making of the American Essay*, ed. John D’Agata (Minneapolis: Graywolf Press, 2016), 177–78",
    "Thoreau, “Walking,” 177–78",
)
JOURNAL = (  # 14.171
    """
  type: article-journal
  authors: ["Satterfield, Susan"]
  title: Livy and the *Pax Deum*
  short-title: Livy
  container: Classical Philology
  volume: 111
  issue: 2
  date: 2016-04
  pages: 165–76
""",
    "170",
    "Satterfield, Susan. “Livy and the *Pax Deum*.” *Classical Philology* 111, no. 2 (April 2016): 165–76.",
    "Susan Satterfield, “Livy and the *Pax Deum*,” *Classical Philology* 111, no. 2 (April 2016): 170",
    "Satterfield, “Livy,” 170",
)
MAGAZINE = (  # 14.188
    """
  type: article-magazine
  authors: ["Mead, Rebecca"]
  title: The Prophet of Dystopia
  container: New Yorker
  date: 2017-04-17
""",
    "",
    "Mead, Rebecca. “The Prophet of Dystopia.” *New Yorker*, April 17, 2017.",
    "Rebecca Mead, “The Prophet of Dystopia,” *New Yorker*, April 17, 2017",
    "Mead, “Prophet of Dystopia”",
)
UNSIGNED = (  # 14.199
    """
  type: article-newspaper
  title: In Texas, Ad Heats Up Race for Governor
  container: New York Times
  date: 2002-07-30
""",
    "",
    "*New York Times*. “In Texas, Ad Heats Up Race for Governor.” July 30, 2002.",
    "“In Texas, Ad Heats Up Race for Governor,” *New York Times*, July 30, 2002",
    "*New York Times*, “In Texas, Ad Heats Up Race for Governor”",
)
REVIEW = (  # 14.202
    """
  type: article-newspaper
  authors: ["Kakutani, Michiko"]
  title: Friendship Takes a Path That Diverges
  short-title: Friendship
  description: review of *Swing Time*, by Zadie Smith
  container: New York Times
  date: 2016-11-07
""",
    "",
    "Kakutani, Michiko. “Friendship Takes a Path That Diverges.” Review of *Swing Time*, by Zadie Smith. *New York Times*, November 7, 2016.",
    "Michiko Kakutani, “Friendship Takes a Path That Diverges,” review of *Swing Time*, by Zadie Smith, *New York Times*, November 7, 2016",
    "Kakutani, “Friendship”",
)
UNTITLED_REVIEW = (  # 14.204
    """
  type: article-magazine
  description: review of *Swing Time*, by Zadie Smith
  container: Kirkus Reviews
""",
    "",
    "*Kirkus Reviews*. Review of *Swing Time*, by Zadie Smith.",
    "review of *Swing Time*, by Zadie Smith, *Kirkus Reviews*",
    "*Kirkus Reviews*, review of *Swing Time*, by Zadie Smith",
)
ENTRY = (  # 14.233
    """
  type: entry-encyclopedia
  title: Stevie Nicks
  container: Wikipedia
  note: last modified July 19, 2016
  url: https://en.wikipedia.org/wiki/Stevie_Nicks
""",
    "",
    "Wikipedia. “Stevie Nicks.” Last modified July 19, 2016. https://en.wikipedia.org/wiki/Stevie_Nicks.",
    "Wikipedia, s.v. “Stevie Nicks,” last modified July 19, 2016, https://en.wikipedia.org/wiki/Stevie_Nicks",
    "Wikipedia, s.v. “Stevie Nicks”",
)
SIGNED_ENTRY = (  # 14.234
    """
  type: entry-encyclopedia
  authors: ["Isaacson, Melissa"]
  title: Bulls
  container: "*Encyclopedia of Chicago*"
  editors: ["Grossman, James R.", "Keating, Ann Durkin", "Reiff, Janice L."]
  place: Chicago
  publisher: University of Chicago Press
  date: 2004
""",
    "",
    "Isaacson, Melissa. “Bulls.” In *Encyclopedia of Chicago*, edited by James R. Grossman, Ann Durkin Keating, and Janice L. Reiff. "
    "Chicago: University of Chicago Press, 2004.",
    "Melissa Isaacson, “Bulls,” in *Encyclopedia of Chicago*, ed. James R. Grossman, Ann Durkin Keating, and Janice L. Reiff "
    "(Chicago: University of Chicago Press, 2004)",
    "Isaacson, “Bulls”",
)
SITE = (  # 14.207
    """
  type: webpage
  authors: [Yale University]
  title: "About Yale: Yale Facts"
  note: accessed May 1, 2017
  url: https://www.yale.edu/about-yale/yale-facts
""",
    "",
    "Yale University. “About Yale: Yale Facts.” Accessed May 1, 2017. https://www.yale.edu/about-yale/yale-facts.",
    "Yale University, “About Yale: Yale Facts,” accessed May 1, 2017, https://www.yale.edu/about-yale/yale-facts",
    "Yale University, “About Yale”",
)
DOI = (  # 14.8
    """
  type: article-journal
  authors: ["McIlroy, John", "Campbell, Alan"]
  title: "What Is 'Left'? An \\"American\\" View"
  container: American Communist History
  date: 2019
  doi: 10.1080/14743892.2019.1681200
""",
    "",
    "McIlroy, John, and Alan Campbell. “What Is ‘Left’? An ‘American’ View.” *American Communist History* (2019). "
    "https://doi.org/10.1080/14743892.2019.1681200.",
    "John McIlroy and Alan Campbell, “What Is ‘Left’? An ‘American’ View,” *American Communist History* (2019), "
    "https://doi.org/10.1080/14743892.2019.1681200",
    "McIlroy and Campbell, “What Is ‘Left’? An ‘American’ View”",
)
WITHOUT_FORM = (
    """
  text: General knowledge of the period, [not checked](https://example.org/).
  short: general knowledge
""",
    "passim",
    "General knowledge of the period, not checked.",
    "General knowledge of the period, not checked, passim",
    "general knowledge, passim",
)
FORMS = {
    name: form for name, form in globals().items() if isinstance(form, tuple) and name.isupper() and len(form) == 5
}


@pytest.mark.parametrize("name", FORMS)
def test_the_three_forms(name: str) -> None:
    record, locator, entry, note, short = FORMS[name]
    listed, unlisted = (bibliography(f"- id: A{record}", listed=listed) for listed in (True, False))
    citation = f"[@A, {locator}]" if locator else "[@A]"
    assert said(listed.sources()["A"].text) == entry
    assert listed.cite(citation) == [short]
    assert unlisted.cite(citation, citation) == [note, short]
    assert listed.found == unlisted.found == []


def test_a_note_without_a_place_tells_all_pages() -> None:
    for record, form in ((CHAPTER, "Graywolf Press, 2016), 167–95"), (JOURNAL, "(April 2016): 165–76")):
        assert bibliography(f"- id: A{record[0]}", listed=False).cite("[@A]")[0].endswith(form)
    assert bibliography(f"- id: A{JOURNAL[0]}", listed=False).cite("[@A, table 3]")[0].endswith("(April 2016), table 3")


def test_british_punctuation_stands_outside_and_days_before_months() -> None:
    british = bibliography(f"- id: A{UNSIGNED[0]}", "en-GB")
    assert said(british.sources()["A"].text) == (
        "*New York Times*. “In Texas, Ad Heats Up Race for Governor”. 30 July 2002."
    )


@pytest.mark.parametrize(
    ("record", "entry"),
    [
        ("type: book\n  title: Alone", "*Alone*."),
        ("type: book\n  title: Who Dug?\n  publisher: Hedge", "*Who Dug?* Hedge."),
        ("type: book\n  title: Place\n  place: Kew", "*Place*. Kew."),
        (
            "type: book\n  title: Two\n  volume: 2\n  series: Garden Books 7\n  date: n.d.",
            "*Two*. Vol. 2. Garden Books 7. n.d.",
        ),
        ("type: book\n  translators: [Goldstein, Ann]\n  title: Alone", "Goldstein and Ann, trans. *Alone*."),
        ("type: article-journal\n  title: A\n  container: C\n  issue: 143", "“A.” *C*, no. 143."),
        ("type: article-journal\n  title: A\n  container: C\n  volume: 7\n  pages: 1–2", "“A.” *C* 7: 1–2."),
        (
            "type: webpage\n  title: A\n  container: a.org\n  publisher: B\n  date: 2016-04",
            "“A.” a.org. B. April 2016.",
        ),
        ("type: webpage\n  description: list of plants\n  container: a.org", "List of plants. a.org."),
        ("type: entry-encyclopedia\n  title: A\n  container: C\n  edition: rev. ed.", "C. “A.” Rev. ed."),
    ],
)
def test_what_is_not_known_leaves_no_mark(record: str, entry: str) -> None:
    assert said(bibliography(f"- id: A\n  {record}").sources()["A"].text) == entry


# ------------------------------------------------------------------------------------------------------------ the parts


def label(name: str) -> str:
    return LABELS[name]


NAMES = ["Ash, Ann", "Box, Bo", "Cress, Cy", "Dill, Di"]


def test_names_are_listed_as_the_form_wants() -> None:
    """14.76: four in a note are one, eleven in an entry are seven."""
    names = Names(label)
    assert names.inverted(NAMES[:1]) == "Ash, Ann"
    assert names.inverted(["BBC", "Box, Bo"]) == "BBC and Bo Box"
    assert names.inverted(NAMES) == "Ash, Ann, Bo Box, Cy Cress, and Di Dill"
    assert names.inverted(NAMES * 3) == "Ash, Ann, Bo Box, Cy Cress, Di Dill, Ann Ash, Bo Box, Cy Cress, et al."
    assert names.natural(NAMES[:3]) == "Ann Ash, Bo Box, and Cy Cress"
    assert names.natural(NAMES) == "Ann Ash et al."
    assert names.family(NAMES[:2]) == "Ash and Box"


@pytest.mark.parametrize(
    ("name", "written", "first"),
    [
        ("Conquest, Robert", "Robert Conquest", "Conquest"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr.", "King"),
        ("Redman, Joseph [Brian Pearce]", "Joseph Redman [Brian Pearce]", "Redman"),
        ("Le Blanc, Paul", "Paul Le Blanc", "Le Blanc"),
        ("Library of Congress", "Library of Congress", "Library of Congress"),
    ],
)
def test_a_name_is_turned(name: str, written: str, first: str) -> None:
    assert (natural(name), family(name)) == (written, first)


@pytest.mark.parametrize(
    ("iso", "language", "written"),
    [
        ("1988-02-06", "en-US", "February 6, 1988"),
        ("1988-02-06", "en-GB", "6 February 1988"),
        ("1988-02", "en", "February 1988"),
        ("1988-02-06", "de-AT", "6. Februar 1988"),
        ("1988-02-06", "fr", "6 février 1988"),
        ("1988-02-06", "la", "1988-02-06"),
        ("1988", "en", "1988"),
        ("March–April 1958", "en", "March–April 1958"),
        ("1988-13", "en", "1988-13"),
    ],
)
def test_dates_in_words(iso: str, language: str, written: str) -> None:
    assert dated(iso, language) == written


@pytest.mark.parametrize(
    ("words", "mark", "american", "british"),
    [
        ("“a”", ".", "“a.”", "“a”."),
        ("“a ‘b’”", ",", "“a ‘b,’”", "“a ‘b’”,"),
        ("“a?”", ".", "“a?”", "“a?”"),
        ("“a?”", ",", "“a?,”", "“a?”,"),
        ("U.S.", ".", "U.S.", "U.S."),
        ("the Bolsheviks’", ".", "the Bolsheviks’.", "the Bolsheviks’."),
        ("a", ",", "a,", "a,"),
    ],
)
def test_where_a_mark_stands(words: str, mark: str, american: str, british: str) -> None:
    nodes = (Text(words, AT),)
    assert said(AMERICAN.closed(nodes, mark, AT)) == american
    assert said(BRITISH.closed(nodes, mark, AT)) == british


@given(st.text("ab “”‘’.,?"), st.sampled_from(".,"))
def test_a_mark_is_all_that_is_put_in(words: str, mark: str) -> None:
    for marks in (AMERICAN, BRITISH):
        closed = plain_text(marks.closed((Text(words, AT),), mark, AT))
        places = [closed[:at] + closed[at + 1 :] for at, sign in enumerate(closed) if sign == mark]
        assert closed == words or words in places


@given(st.lists(st.text("ab“”.?"), max_size=4), st.sampled_from(".,"))
def test_joined_elements_are_all_there_in_order(elements: list[str], mark: str) -> None:
    joined = plain_text(AMERICAN.joined([(Text(one, AT),) if one else () for one in elements], mark, AT))
    left = iter(joined)
    assert all(sign in left for sign in "".join(elements))
    assert joined.count(" ") == max(0, sum(map(bool, elements)) - 1)


# --------------------------------------------------------------------------------------------------------------- order


def test_sources_are_put_in_order_letter_by_letter() -> None:
    titles = {
        "1": "type: article-newspaper\n  title: Z\n  container: The Atlantic",
        "2": 'type: book\n  authors: ["Le Blanc, Paul"]\n  title: The A',
        "3": 'type: book\n  authors: ["Le Blanc, Paul"]\n  title: B',
        "4": 'type: book\n  authors: ["Le Blanc, Paul", "Ash, Ann"]\n  title: A',
        "5": 'type: book\n  authors: ["Lebrun, Ann"]\n  title: A',
        "6": 'type: book\n  authors: ["Lèmon, Zoë"]\n  title: A',
        "7": 'type: webpage\n  title: "“Lemon” and Lime"',
        "8": 'text: "*Zinnias*, a list"',
        "9": "text: Aster\n  sort: Zz",
    }
    text = "\n".join(f"- id: {key}\n  {record}" for key, record in reversed(titles.items()))
    found = bibliography(text).sources().values()
    assert [one.id for one in sorted(found, key=lambda one: one.sort)] == list(titles)
