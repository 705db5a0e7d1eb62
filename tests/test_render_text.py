"""What `render` puts into the words: links to the glossary, initialisms, signs for the line breaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.model import Break, Emendation, Inline, Link, Pagination, Paragraph, Span, Term, Text
from publish.model.walk import walk_inlines
from publish.render.abbreviations import mark_abbreviations
from publish.render.apparatus import view_emendations
from publish.render.prepare import prepare
from publish.render.references import References
from publish.render.survey import Survey
from publish.render.terms import Linker
from publish.render.typography import typeset
from publish.render.walk import inlines_of, plain, words_of
from render_book import at, book, call, emphasis, entry, heading, inlines, link, note, page, paragraph, replaced, span

ENTRIES = (
    entry("stalin", "Stalin"),
    entry("buro", "Political Buro", "the Buro"),
    entry("party", "party", kind="organisation"),
    entry("cp", "C.P."),
    entry("cpsu", "C.P.S.U."),
    entry("dizzy", '"dizzy with success"'),
    entry("once", "Sophie", link="once"),
    entry("never", "Anna", link="none"),
)


def linked(*nodes: Inline | str, language: str = "en") -> list[tuple[str, str]]:
    """The entries linked in one block and the words that the links are on."""
    return found(Linker(ENTRIES, language).link(inlines(*nodes), automatic=True))


def found(nodes: tuple[Inline, ...]) -> list[tuple[str, str]]:
    return [(node.entry, plain(node.children)) for node in walk_inlines(nodes) if isinstance(node, Term)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("of Stalin now", [("stalin", "Stalin")]),
        ("Stalin’s way", [("stalin", "Stalin")]),
        ("Stalin's way", [("stalin", "Stalin")]),
        ("the Stalins’ way", [("stalin", "Stalins")]),
        ("anti-Stalin", [("stalin", "Stalin")]),
        ("Stalinism, stalin, STALIN, Stalin’l, EStalin, Stalin_", []),
        ("the parties", [("party", "parties")]),
        ("a Political\nBuro", [("buro", "Political\nBuro")]),
        ("of the Buro", [("buro", "the Buro")]),
        ("in the C.P.S.U. now", [("cpsu", "C.P.S.U.")]),
        ("in the C.P.S.U.", [("cpsu", "C.P.S.U.")]),
        ("the A.C.P. and C.P.S", []),
        ("the C.P.’s", [("cp", "C.P.")]),
        ("those “dizzy with success.”", []),
        ("those “dizzy with success” now", [("dizzy", "“dizzy with success”")]),
        ("Stalin and Stalin", [("stalin", "Stalin")]),
        ("of Anna", []),
    ],
)
def test_a_form_is_found_as_a_whole_word_in_its_own_case(words: str, expected: list[tuple[str, str]]) -> None:
    assert linked(words) == [(name, said.replace("\n", " ")) for name, said in expected]


_FORMS = st.text("abc. ", min_size=1, max_size=5).map(str.strip).filter(lambda form: "  " not in form and form != "")


@given(st.sets(_FORMS, min_size=1, max_size=8), st.text("abc. ", max_size=20))
def test_of_all_forms_the_longest_is_found_where_the_first_one_stands(forms: set[str], text: str) -> None:
    """The same as by looking at every place for every form."""
    entries = [entry(form, form) for form in sorted(forms)]
    made = found(Linker(entries, "it").link(inlines(text), automatic=True))
    assert made[:1] == [(form, form) for form in first_form(sorted(forms, key=len, reverse=True), text)]


def first_form(forms: list[str], text: str) -> list[str]:
    for at_, form in ((start, form) for start in range(len(text)) for form in forms if text.startswith(form, start)):
        before, after = text[:at_], text[at_ + len(form) :]
        pointed = form[1:2] == "." and form[0].isalpha() and before[-1:] == "." and before[-2:-1].isalpha()
        if not (before[-1:].isalpha() or pointed or after[:1].isalpha()):
            return [form]
    return []


def test_a_thousand_forms_that_begin_alike_are_told_apart() -> None:
    entries = [entry(f"a{number}", "a" * number) for number in range(1, 1000)]
    assert found(Linker(entries, "it").link(inlines("a " + "a" * 500), automatic=True)) == [
        ("a1", "a"),
        ("a500", "a" * 500),
    ]


def test_plurals_are_those_of_the_language() -> None:
    assert linked("the Stalins", language="it") == []
    assert linked("the Stalins", language="en-GB") == [("stalin", "Stalins")]


@pytest.mark.parametrize(
    "nodes",
    [
        (link("https://example.org", "Stalin"),),
        (span("Stalin", classes=("noterm",)),),
        (span("old ", emphasis("Stalin"), classes=("noterm",)),),
        ("Sta", emphasis("lin")),
        ("Stalin", emphasis("ist")),
        (emphasis("anti"), "Stalin"),
        ("Political ", emphasis("Buro")),
        ("Political", call("x"), " Buro"),
    ],
)
def test_no_link_is_put_where_none_belongs(nodes: tuple[Inline | str, ...]) -> None:
    assert linked(*nodes) == []


def test_emphasised_words_are_found() -> None:
    assert linked(emphasis("Stalin"), " and ", emphasis("the ", emphasis("Political Buro"))) == [
        ("stalin", "Stalin"),
        ("buro", "Political Buro"),
    ]


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ((replaced(1, "Stlin", "Stalin"), "’s"), "Stalin"),
        (("a Sta", replaced(1, "nil", "lin"), ","), "Stalin"),
        (("a Po", replaced(1, "", "litical B"), "uro"), "Political Buro"),
        ((replaced(1, "x", "old Stalin and"), " so"), "old Stalin and"),
        (("Political", Emendation("emendation-1", "join", "", "", (), at()), " Buro"), "Political Buro"),
    ],
)
def test_an_emended_name_is_a_mention(nodes: tuple[Inline | str, ...], words: str) -> None:
    made = Linker(ENTRIES, "en").link(inlines(*nodes), automatic=True)
    assert [said for _, said in found(made)] == [words]
    assert plain(made) == plain(inlines(*nodes))
    assert any(
        isinstance(inner, Emendation)
        for node in walk_inlines(made)
        if isinstance(node, Term)
        for inner in node.children
    )


def test_a_mark_by_hand_is_a_mention_in_its_place() -> None:
    nodes = (span("the dictator", term="stalin"), " Stalin, ", span("they", term="party", classes=("smallcaps",)))
    made = Linker(ENTRIES, "en").link(inlines(*nodes), automatic=True)
    assert found(made) == [("stalin", "the dictator"), ("party", "they")]
    assert [node.classes for node in walk_inlines(made) if isinstance(node, Span)] == [("smallcaps",)]
    assert linked("Stalin, ", span("the dictator", term="stalin")) == [("stalin", "Stalin"), ("stalin", "the dictator")]
    assert linked(span("who?", term="unheard-of")) == []


def test_the_first_mention_of_each_section_is_linked() -> None:
    made = prepare(
        book(
            page(
                "essay",
                paragraph("p1", "Stalin, Stalin, Sophie"),
                heading("h1", "Stalin"),
                paragraph("p2", "Stalin, Sophie", call("a")),
                heading("h2", "Stalin", level=3),
                paragraph("p3", "Stalin"),
                notes=[note("a", 1, "Stalin and ", span("him", term="stalin"))],
            ),
            page("more", paragraph("p4", "Stalin"), title="More"),
            page("imprint", paragraph("p5", "Stalin"), role="imprint", title="Imprint"),
            page("glossary", paragraph("p6", "Stalin"), role="glossary"),
            glossary=ENTRIES,
        )
    )
    said = {
        block.id: found(block.children)
        for one in made.book.pages
        for block in one.blocks
        if isinstance(block, Paragraph)
    }
    assert said == {
        "p1": [("stalin", "Stalin"), ("once", "Sophie")],
        "p2": [("stalin", "Stalin")],
        "p3": [],
        "p4": [("stalin", "Stalin")],
        "p5": [],
        "p6": [],
    }
    assert [(one.id, one.section) for one in made.mentions["stalin"]] == [
        ("mention-stalin-1", ""),
        ("mention-stalin-2", "Stalin"),
        ("mention-stalin-3", "Stalin"),  # by hand, in the note
        ("mention-stalin-4", "More"),
    ]


def test_without_a_glossary_page_nothing_is_linked() -> None:
    made = prepare(book(page("essay", paragraph("p1", "Stalin ", span("he", term="stalin"))), glossary=ENTRIES))
    assert not [node for node in walk_inlines(inlines_of(made.book.pages[0].blocks[0])) if isinstance(node, Term)]  # type: ignore[arg-type]


def test_in_the_glossary_a_mark_by_hand_is_a_plain_link() -> None:
    glossary = (
        entry("stalin", "Stalin"),
        entry("party", "party", gloss=inlines("Of ", span("him", term="stalin"), ", Stalin.")),
    )
    made = prepare(book(page("glossary", role="glossary"), glossary=glossary))
    assert [node for node in made.book.glossary[1].gloss if isinstance(node, Link)] == [link("#term-stalin", "him")]
    assert made.mentions["stalin"] == ()


# ---------------------------------------------------------------------------------------------------------- abbreviations


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (("the U.S.S.R. now",), ["U.S.S.R."]),
        (("the U.S.S.R.",), ["U.S.S.R."]),
        (
            (
                "the C.I.’s, ",
                emphasis("the C.P."),
                " and ",
                link("#x", "C.P.S.U."),
            ),
            ["C.I.", "C.P.", "C.P.S.U."],
        ),
        (("of É.À.",), ["É.À."]),
        (("e.g. this, i.e. that, A. B. C., end.A.B. and 1.2.3.",), []),
        (
            (
                "the ",
                span("U.S.A.", classes=("abbr",)),
            ),
            ["U.S.A."],
        ),
    ],
)
def test_initialisms_are_marked(nodes: tuple[Inline | str, ...], expected: list[str]) -> None:
    made = mark_abbreviations(inlines(*nodes))
    assert [
        plain(node.children) for node in walk_inlines(made) if isinstance(node, Span) and "abbr" in node.classes
    ] == expected
    assert plain(made) == plain(inlines(*nodes))


# ------------------------------------------------------------------------------------------------------------- typography


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "so—and—", "so~—and~—"),
        ("en", "— so — and", "— so — and"),
        ("en", "on June 18, 1937", "on June_18, 1937"),
        ("en-US", "18 June 1937", "18_June 1937"),
        ("en", "in June 1937, No. 4, p. 12, pp. 3–4", "in June 1937, No._4, p._12, pp._3–4"),
        ("en", "he said No. Then 18 Junes", "he said No. Then 18 Junes"),
        ("de", "am 18. Juni, S. 12", "am 18._Juni, S._12"),
        ("fr", "le 18 juin, n° 4", "le 18_juin, n°_4"),
        ("pl", "18 June — so—so", "18 June — so~—so"),
        ("en", "Dr. Zam and Dr. then, St. Petersburg, chap. 8", "Dr._Zam and Dr. then, St._Petersburg, chap._8"),
        ("en", "J. V. Stalin, Stein & Day; the C.I. Besides", "J._V._Stalin, Stein_& Day; the C.I. Besides"),
        ("en", "by the U.S.S.R. The end", "by the U.S.S.R. The end"),
        ("de", "z. B. Frau Zam und die Frau Zams", "z._B._Frau_Zam und die Frau_Zams"),
        ("fr", "M. Dupont et Mme Curie", "M._Dupont et Mme_Curie"),
        ("pl", "J. Korczak", "J._Korczak"),
    ],
)
def test_the_signs_for_line_breaking(language: str, before: str, after: str) -> None:
    made = typeset(inlines(before), language)
    assert "".join(map(words_of, made)) == after.replace("~", "\u2060").replace("_", "\u00a0")


def test_a_dash_that_begins_a_node_has_its_word_joiner() -> None:
    made = typeset(
        inlines("so", emphasis("—and"), call("x"), replaced(1, " — ", "—"), "now ", emphasis("— then")), "en"
    )
    assert [words_of(node) for node in walk_inlines(made) if not isinstance(node, Text) or "—" in node.text][1:4] == [
        "\u2060—and",
        "",
        "\u2060—",
    ]
    assert plain(made) == "so—and—now — then"


@given(st.lists(st.text("ab —.1S", max_size=8), max_size=6))
def test_nothing_but_the_signs_is_added(words: list[str]) -> None:
    nodes = tuple(Text(word, at()) for word in words)
    made = "".join(words_of(node) for node in walk_inlines(typeset(mark_abbreviations(nodes), "en")))
    assert made.replace("\u2060", "").replace("\u00a0", " ") == "".join(words)


# ------------------------------------------------------------------------------------------------------------- emendations


@pytest.mark.parametrize(
    ("before", "removed", "added", "after", "lemma", "witness"),
    [
        (("old Kame",), "a", "n", ("ev said",), "Kamenev", "Kameaev"),
        (("old Kame", emphasis("v")), "e", "", ("said",), "Kamevsaid", "Kamevesaid"),
        (("a line", Break()), "teh", "the", (" next",), "the", "teh"),
        (("(",), "teh", "the", (")",), "the", "teh"),
    ],
)
def test_an_emendation_is_told_with_the_rest_of_its_word(  # noqa: PLR0917 - the columns of a table
    before: tuple[Inline | str, ...],
    removed: str,
    added: str,
    after: tuple[Inline | str, ...],
    lemma: str,
    witness: str,
) -> None:
    made = book(page("essay", paragraph("essay-p1", *before, replaced(1, removed, added), *after)))
    (reading,) = view_emendations(made, References(made.labels, Pagination(), Survey(), titled=True))
    quoted = {
        node.classes[0]: plain(node.children) for node in reading.nodes if isinstance(node, Span) and node.classes
    }
    assert (quoted["lemma"], quoted["witness"]) == (lemma, witness)
