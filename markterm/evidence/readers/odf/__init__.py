"""OpenDocument files (LibreOffice, Collabora): texts, sheets, slides and drawings."""
