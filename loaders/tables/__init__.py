"""Task-division tables, ruled or pasted, become items with their owners."""
