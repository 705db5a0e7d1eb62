"""What holds for every test: the same examples each time, and no clock in a verdict."""

from hypothesis import settings

# Timings belong in benchmarks/. A run that fails must fail again for whoever looks at it.
settings.register_profile("publish", deadline=None, derandomize=True, database=None)
settings.load_profile("publish")
