"""What stops the machine, each with its exit status. An editor's mistake is never one of these but `BookHasErrors`.

PublishError
├── BookHasErrors   1   the book has errors; they are in the report
├── NoProject       2   there is no book where one was looked for
├── ToolMissing     3   a program or a library that the work needs is not installed
├── ToolFailed      4   such a program broke, or said something that cannot be read
├── CannotWrite     5   the outputs could not be written
├── ReleaseRefused  6   not everything is proved
├── LimitExceeded   7   the book needs more time or memory than it may have
└── NotSettled      4   the page numbers in the text never came to rest
"""

from __future__ import annotations

from publish.diagnostics import Report


class PublishError(Exception):
    """A condition that stops the work, in one clear sentence with, where there is one, the command that mends it."""

    exit_status = 4


class BookHasErrors(PublishError):
    """The book has errors; the work stopped between two stages and nothing was written."""

    exit_status = 1

    def __init__(self, report: Report) -> None:
        super().__init__("the book has errors")
        self.report = report


class NoProject(PublishError):
    """There is no `book/book.yaml` in the folder."""

    exit_status = 2


class ToolMissing(PublishError):
    """Something that has to be installed is not; the message names the command that installs it."""

    exit_status = 3


class ToolFailed(PublishError):
    """An outside program broke or said something unreadable."""


class CannotWrite(PublishError):
    """`build/` could not be written; what was there is still whole."""

    exit_status = 5


class ReleaseRefused(PublishError):
    """A judge did not pass a file, or was not there to be asked; nothing was released."""

    exit_status = 6

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("nothing was released, because not everything is proved:\n  " + "\n  ".join(reasons))


class LimitExceeded(PublishError):
    """The work was ended, because it took more time or memory than whoever runs the machine allows; nothing was written."""

    exit_status = 7


class NotSettled(PublishError):
    """The page numbers printed in the text change the pages that they tell, again and again."""
