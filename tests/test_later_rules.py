"""Every rule of the later stages is broken by something that is really made: a case of `tests/cases`, or a finding of this list.

What a source cannot break is broken in a finished file, as a fault of the build or of a library would: by the damage that the tests of
each judge do, here told rule by rule, so that no rule is without it.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

import page_sample
import press
import print_sample as sample
import test_conformance
import test_ebook_rules
import test_epub
import test_epub_judges
import test_fonts
import test_names
import test_nu
import test_page_findings
import test_pdf_patches
import test_pdf_ua
import test_planned_pages
import test_preflight
import test_prove_numbers
import test_prove_text
import test_records
import test_shops
import test_wrap
from proof_sample import changed, edited, garden, rewritten
from publish.diagnostics import Diagnostic, Location, catalogue
from publish.errors import BookHasErrors
from publish.load.profiles import load_profiles
from publish.make import pdf_messages, shaping, weasyprint_pages
from publish.make.pagebreak import Pages, Place
from publish.make.pdf import Typesetter
from publish.model import Asset
from publish.prove import ace, epubcheck, nu, numbers, onix, preflight, review, shops, text
from publish.prove.pdf_ua import by_page_validation

CASES = {folder.name for folder in (Path(__file__).parent / "cases").iterdir()}
Found: TypeAlias = Iterable[Diagnostic]


# ------------------------------------------------------------------------------------------------------------ the pages


def laid_out(*blocks: str) -> Found:
    rendering = sample.rendering(sample.section("one", *blocks), locations={"p": Location("book/text/one.md", 7, 1)})
    return Typesetter(sample.book()).lay_out(rendering, sample.COVER).diagnostics


def with_crowded_notes() -> Found:
    """As WeasyPrint fills the pages without our patch."""
    typesetter = Typesetter(sample.book())
    with test_pdf_patches.without("_linebox_layout"):
        return typesetter.lay_out(sample.rendering(*test_pdf_patches.crowded()), sample.COVER).diagnostics


@contextmanager
def instead(owner: object, name: str, value: object) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, value)
        yield


def with_wrong_widths() -> Found:
    width = shaping.Measurer.width
    with instead(shaping.Measurer, "width", lambda self, word, setting: width(self, word, setting) * 1.01):
        return laid_out(sample.paragraph("p", sample.prose(3, 60)))


def with_impossible_pages() -> Found:
    with instead(weasyprint_pages, "break_pages", lambda _: Pages((0,) * 29, (Place(1, 0, 1),), 0.0)):
        return test_planned_pages.lay_out(test_planned_pages.chapter(0)).diagnostics


def with_a_new_message() -> Found:
    with pdf_messages.listening() as heard:
        logging.getLogger("weasyprint").warning("Something new")
    return pdf_messages.of_layout(heard, sample.styles(), lambda _attribute, _value: None)


def of_font_forbidden() -> Found:
    asked = Location("styles/epub.css")
    font = Asset("fonts/x.ttf", test_fonts.forbidding(test_fonts.GOTHIC, 2), "font/ttf", asked)
    with pytest.raises(BookHasErrors) as raised:
        test_fonts.font_file({"fonts/x.ttf": font}, "fonts/x.ttf", asked)
    return raised.value.report


def of_cover_taken() -> Found:
    book = test_epub.garden()
    picture = Asset("images/cover.jpg", b"", "image/jpeg", book.images[0].location)
    return [test_epub.refusal(replace(book, images=(picture,)))]


# -------------------------------------------------------------------------------------------------------- finished files


def of_print(spoil: test_preflight.Spoil) -> Found:
    return test_preflight.spoilt(press.printed(press.A5), spoil).diagnostics


def of_booklet(spoil: test_preflight.Spoil) -> Found:
    return test_preflight.spoilt(press.booklet(press.HALF_LETTER), spoil).diagnostics


def of_wrap(spoil: test_wrap.Spoil) -> Found:
    return test_wrap.judged(changed(test_wrap.garden()["wrap"], spoil)).diagnostics


def of_no_print() -> Found:
    broken = replace(press.printed(press.A5), data=b"no PDF")
    return preflight.judge(broken, press.book()).diagnostics


def of_epub(old: str, new: str) -> Found:
    return text.prove_epub(edited(garden()["epub"], old, new), garden().book, garden().rendering).diagnostics


def of_epub_pages() -> Found:
    marker = f"<div {test_prove_text.marker('9')}></div>\n"
    return test_prove_text.pages(edited(garden()["epub"], marker, "")).diagnostics


def of_no_epub() -> Found:
    broken = replace(garden()["epub"], data=b"no archive")
    return text.prove_epub(broken, garden().book, garden().rendering).diagnostics


def of_booklet_words() -> Found:
    one = garden()
    return text.prove_booklet(changed(one["booklet"], test_prove_text._swapped), one["print"], one.book).diagnostics


def of_screen_numbers(change: Callable[..., None]) -> Found:
    return numbers.prove_screen(changed(garden()["screen"], change), garden().book).diagnostics


def of_page_validation() -> Found:
    return by_page_validation(changed(garden()["screen"], test_pdf_ua.untold_figure)).diagnostics


def of_ace() -> Found:
    """What Ace writes in its report is read; Ace itself is asked in a session of its own."""
    report = test_epub_judges.report(test_epub_judges.assertion("critical"))
    return ace._findings(report["assertions"], test_epub_judges.Places(test_epub_judges.rendering()))


def of_claim() -> Found:
    book = replace(test_conformance.garden(), review=test_conformance.COMPLETE)
    claiming = test_conformance.make_epub(test_conformance.rendering(), book, test_conformance.COVER, conforms=True)
    return review.judge(claiming, test_conformance.garden()).diagnostics


def of_ebook(name: str) -> Found:
    _, member, pattern, new, _ = test_ebook_rules.BROKEN[name]
    return test_ebook_rules.judged(member, pattern, new).diagnostics


def of_epubcheck_hint() -> Found:
    message = test_epub_judges.message("USAGE", ("EPUB/styles/epub.css", 9, 2))
    run = test_epub_judges.heard(message)
    return epubcheck.judge(test_epub_judges.FILE, test_epub_judges.rendering(), run).diagnostics


def of_nu(kind: dict[str, str]) -> Found:
    """What the checker writes is read; it is asked itself in a session of its own."""
    with tempfile.TemporaryDirectory() as folder:
        jar = Path(folder) / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        jar.parent.mkdir(parents=True)
        jar.touch()
        run = test_nu.saying(kind, "<h1", "The Garden at Night")
        return nu.judge(test_nu.ebook(), test_nu.rendering(), Path(folder), run).diagnostics


def of_names(gone: str) -> Found:
    return test_names.compared(garden()["epub"], edited(garden()["epub"], gone, 'id="x"')).diagnostics


def of_shop(shop: str, member: str, change: Callable[[bytes], bytes]) -> Found:
    [profile] = load_profiles([shop])
    return shops.judge(rewritten(garden()["epub"], member, change), profile, garden().rendering).diagnostics


def of_trade_record() -> Found:
    record = test_records.trade(test_records.book())
    broken = record.data.replace(b"<ProductForm>ED<", b"<ProductForm>QQ<")
    return onix.judge(replace(record, data=broken)).diagnostics


def of_pages() -> Found:
    return (one.diagnostic for one in page_sample.findings())


BROKEN: dict[str, Callable[[], Found]] = {
    "figure-untold": partial(laid_out, '<p id="p"><img src="cover.svg"></p>'),
    "link-dead": partial(laid_out, '<p id="p">See <a href="#one-titel">there</a></p>'),
    "anchor-twice": partial(laid_out, '<p id="p">One</p><p id="p">Two</p>'),
    "note-lost": with_crowded_notes,
    "note-late": with_crowded_notes,
    "line-unplanned": with_wrong_widths,
    "page-unplanned": with_impossible_pages,
    "layout-message": with_a_new_message,
    "cover-name-taken": of_cover_taken,
    "font-not-embeddable": of_font_forbidden,
    "print-unreadable": of_no_print,
    **{rule: partial(of_wrap, spoil) for rule, spoil in test_wrap.SPOILT.values()},
    **{rule: partial(of_booklet, spoil) for rule, spoil in test_preflight.FOLDING.values()},
    **{rule: partial(of_print, spoil) for rule, spoil in test_preflight.CASES.values()},
    "text-moved": partial(of_epub, "the garden is not dark", "the garden not is dark"),
    "text-unreadable": of_no_epub,
    "text-differs": of_booklet_words,
    "page-marker": of_epub_pages,
    "page-number": partial(of_screen_numbers, test_prove_numbers.led_to("emendations", "essay")),
    "index-pages": partial(of_screen_numbers, test_prove_numbers.in_index("mention-hawk-moth-2")),
    "ace": of_ace,
    "epubcheck-hint": of_epubcheck_hint,
    "nu": partial(of_nu, {"type": "error"}),
    "nu-warning": partial(of_nu, {"type": "info", "subType": "warning"}),
    **{rule: partial(of_ebook, name) for name, (rule, *_) in test_ebook_rules.BROKEN.items()},
    "id-vanished": partial(of_names, 'id="first-watch"'),
    "print-page-vanished": partial(of_names, 'id="page-9"'),
    "onix": of_trade_record,
    "shop-advises": partial(of_shop, "kobo", test_shops.NOTES, test_shops.swap(test_shops.WORDS, "Oh.")),
    "shop-refuses": partial(of_shop, "kdp", test_shops.STYLES, test_shops.css("\nbody { color: #333333; }")),
    "claim-unfounded": of_claim,
    "pdf-ua": of_page_validation,
    **{rule: lambda change=change: test_pdf_ua.own(change).diagnostics for change, rule, _, _ in test_pdf_ua.DAMAGE},
    **{rule: of_pages for rule, _, _ in test_page_findings.HAPPENS},
}
LATER = {slug for slug, rule in catalogue().items() if rule.stage not in {"load", "check"}}


@pytest.mark.parametrize("slug", sorted(LATER - CASES))
def test_a_rule_that_no_case_breaks_is_broken_in_a_file(slug: str) -> None:
    assert slug in BROKEN, "write a folder in tests/cases, or make here what breaks the rule"
    assert slug in {one.rule for one in BROKEN[slug]()}


def test_what_is_broken_here_is_a_rule() -> None:
    assert set(BROKEN) <= LATER
