"""What the head and the signature of a paper say: title, 文号, issuer, date, and whose government it is."""
