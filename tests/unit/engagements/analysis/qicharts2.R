# Writes qicharts2.csv: made-up series, and what the R package qicharts2 (0.8.1) finds in them.
#   Rscript qicharts2.R HELPERS > qicharts2.csv
# HELPERS is the file R/helper.functions.R of the package's source; base R is enough for it.
source(commandArgs(TRUE)[1])
set.seed(2011)
text <- function(v) paste(ifelse(is.na(v), "-", format(v, digits = 15, trim = TRUE)), collapse = " ")
one <- function(v) if (length(v) == 0 || all(is.na(v))) "-" else format(v[1], digits = 15)
find <- function(chart, y, n, base, judge) {
  m <- length(y)
  x <- data.frame(y = y / n, y.sum = y, n = n, cl = as.numeric(NA), include = TRUE,
                  baseline = seq_len(m) <= base, y.length = 1)
  x <- runs.analysis(judge(x), "anhoej")
  cat(chart, text(y), if (chart %in% c("p", "u")) text(n) else "-", base, one(x$cl), text(x$lcl), text(x$ucl),
      x$n.useful[1], one(x$longest.run), one(x$n.crossings), one(x$longest.run.max), one(x$n.crossings.min),
      x$runs.signal[1], sep = ";")
  cat("\n")
}
cat("chart;values;denominators;baseline;centre;lower;upper;useful;longest;crossings;longest_max;crossings_min;signal\n")
gaps <- function(y) { y[sample(length(y), length(y) %/% 12)] <- NA; y }
for (m in c(10, 12, 15, 19, 24, 24, 30, 36, 47, 60, 75, 120)) {
  find("run", gaps(sample(5:20, m, TRUE)), rep(1, m), m, qic.run)
  find("run", c(sample(5:14, m %/% 2, TRUE), sample(9:20, m - m %/% 2, TRUE)), rep(1, m), m %/% 2, qic.run)
  find("individuals", gaps(round(rnorm(m, 40, 6), 1)), rep(1, m), m %/% 2, qic.i)
  find("c", rpois(m, 7), rep(1, m), m, qic.c)
  n <- sample(20:90, m, TRUE)
  find("p", rbinom(m, n, .2), n, m %/% 2, qic.p)
  find("u", rpois(m, n * .1), n, m, qic.u)
}
