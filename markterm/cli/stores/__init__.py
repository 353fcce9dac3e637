"""The commands of `markterm store`, each in a module of its name."""
