"""Stage 6: the files are written, all of them or none.

files          the files of a folder, their checksums and how they come to lie there; swap, at once
evidence_files what is known of each file, and page_report what is known of the pages: they are written beside the files
verify         whether a release is as it was made; sbom, what it was made with
"""

from publish.release.files import earlier, named_in_sums, read_files, write_files

__all__ = ["earlier", "named_in_sums", "read_files", "write_files"]
