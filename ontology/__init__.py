"""What may be said: the vocabulary, its shapes and the authority files. Imports nothing of ours."""
