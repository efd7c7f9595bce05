"""Exports of a register's journal for its accountant."""
