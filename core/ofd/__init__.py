"""The wire to the operators of fiscal data (ОФД): frames, messages, links and ordered delivery."""
