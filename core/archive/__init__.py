"""The five-year archive of a register: one file that proves itself without this program."""
