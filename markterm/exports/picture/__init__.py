"""Pictures of figures, drawn as SVG: for a browser and for a printed page alike."""
