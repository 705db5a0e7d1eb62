"""Stage 3: the Book becomes XHTML, once for print and once for the e-book.

prepare     mentions of the glossary, initialisms and unbreakable spaces are put into the text (terms, abbreviations, typography)
survey      where every id stands: its document, its section's title, its source place
xhtml       text as XHTML; printed and ebook are its two media, each of which makes its documents with the templates
"""

from publish.render.ebook import render_epub
from publish.render.estimate import render_draft
from publish.render.printed import render_print

__all__ = ["render_draft", "render_epub", "render_print"]
