"""What is measured; run with `pytest -m benchmark -s tests/benchmarks`."""
