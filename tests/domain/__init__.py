"""Plain tests of the rules: no files, no clock."""
