"""From a scanner's folder to a receipt: watch, settle, claim, triage, batch, quarantine."""
