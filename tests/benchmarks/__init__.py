"""Speed, measured and printed, never asserted: one script for each promise. Run with `python -m tests.benchmarks.<name>`."""
