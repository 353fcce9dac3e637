"""What is printed or handed over, as values: what it says, before anybody chose a form."""
