"""PDF files by PDFium: pages, tables, forms, remarks, links, signatures and attached files."""
