"""Run charts and control charts: pure mathematics that imports nothing of ours, and could be lifted out.

`chart.judge` is the way in: a series, a kind of chart and a named rule set make a `Verdict` that anybody can repeat.
"""
