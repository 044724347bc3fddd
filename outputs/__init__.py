"""What people take away: tables, exports, the explorer. Decides nothing; imports all rooms below."""
