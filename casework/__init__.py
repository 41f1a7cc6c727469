"""What people do with a case. This first cut: open it, close it, bind it to a window."""
