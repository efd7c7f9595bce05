"""ONE layout of a receipt (чек) and of a report; text, page and print jobs are drawn from it and from nothing else."""
