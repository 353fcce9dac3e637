"""What a program reads: one plain form, of texts, numbers, lists and mappings, for each thing that commands print."""
