"""From a receipt to finished documents: split, upright, deskew, clean, read, classify, fields, assemble."""
