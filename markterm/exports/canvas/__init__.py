"""What goes back into Canvas: feedback under the very names of the submissions that it gave out."""
