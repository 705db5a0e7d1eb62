"""`python -m publish`: the same as the command `publish`."""

import sys

from publish.cli import main

sys.exit(main())
