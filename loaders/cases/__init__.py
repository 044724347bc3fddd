"""Casebooks: cases with their parts and practices, who did them and with whom."""
