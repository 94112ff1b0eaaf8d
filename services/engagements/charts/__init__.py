"""Charts that people print: run charts and control charts as SVG, from plain values and the verdict on them.

`svg.svg_of` is the way in. It imports a plotting library that takes half a second and 80 MB, so a process that must
answer at once imports `chart` alone, and has the drawing done by another process (decision 56).
"""
