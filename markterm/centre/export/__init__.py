"""What leaves the centre: each capability says what will be written, as an `Export`."""
