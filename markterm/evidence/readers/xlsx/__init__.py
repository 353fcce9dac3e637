"""Excel workbooks: cells as they were shown, and what stands beside them."""
