"""Files that people write: mark sheets, learner files and the centre's details. Reading, writing and lint."""
