"""Bare WeasyPrint on the HTML and styles in a folder, with the same options as the build's."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

folder = Path(sys.argv[1])
config = Path(tempfile.mkdtemp()) / "fonts.conf"
config.write_text(f"<fontconfig><dir>{folder / 'fonts'}</dir><cachedir>{config.parent}</cachedir></fontconfig>")
os.environ["FONTCONFIG_FILE"] = str(config)

import weasyprint  # noqa: E402 - it reads the environment when it is imported

styles = [folder / name for name in ("page.css", "base.css", "print.css")]
html = weasyprint.HTML(folder / "book.html", base_url=str(folder) + "/")
html.write_pdf(folder / "bare.pdf", stylesheets=[str(style) for style in styles], pdf_variant="pdf/a-3a")
