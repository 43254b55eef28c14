"""Wiring: when and from what. Each asset calls one worker; how the work is done is in the packages beside this one."""
