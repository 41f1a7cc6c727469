"""Engines that read, behind the port `domain.ports.OcrEngine`."""
