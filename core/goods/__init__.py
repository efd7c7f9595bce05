"""Files of goods: price lists that people send, photographs of codes, the files that we give back."""
