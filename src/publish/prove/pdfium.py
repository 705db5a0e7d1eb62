"""PDFium lets only one thread at a time use it (pypdfium2, "Incompatibility with threading"): whoever reads with it takes this lock."""

from threading import Lock

ALONE = Lock()
