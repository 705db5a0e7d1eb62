"""Stage 6: the files are written, all of them or none."""

from publish.release.evidence_files import evidence_files
from publish.release.files import earlier, named_in_sums, read_files, write_files
from publish.release.page_report import page_report_files

__all__ = ["earlier", "evidence_files", "named_in_sums", "page_report_files", "read_files", "write_files"]
