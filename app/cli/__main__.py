"""`python -m app.cli` is `mneme`."""

import sys

from app.cli.main import main

sys.exit(main())
