"""What a portfolio is: units, learners, members, events, and the fold that turns events into a portfolio.

Standard library only. No files, no screens, no clock: time and identifiers are passed in.
"""
