"""Tables that leave the centre: one model, laid out as a workbook, as CSV, as a page of HTML and as a document."""
