"""From one Markdown-plus-YAML source: an EPUB, a typeset PDF and printed pamphlets, each proved to hold the source's words.

The stages, in the order in which `pipeline.build` runs them:

    load     book/ and styles/ become a Book
    check    what an editor would find wrong in it
    render   the Book becomes XHTML, once for print and once for the e-book
    make     the XHTML becomes finished files: the layout first, for its pages are told in the others
    prove    the finished files hold the source's words and pass the judges of their standards
    release  the files are written, all of them or none
"""

__version__ = "0.1.0"
