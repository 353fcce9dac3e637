"""The awarding organisation's own form: a Word document that the centre has, filled in place."""
