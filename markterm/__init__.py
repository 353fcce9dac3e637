"""MarkTerm: mark portfolios of vocational evidence in the terminal."""

__version__ = "0.1.0"
