"""What people decide about facts and names, and what they should look at first."""
