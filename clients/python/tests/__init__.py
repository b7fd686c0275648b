"""Tests of perftop_link: `python3 -m unittest discover` in the folder above."""
