"""The command ``eventreports`` as ``python -m eventreports``."""

from .cli import main

raise SystemExit(main())
