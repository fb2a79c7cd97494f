# Read files with a reader's defaults, and write their columns as JSON, a line for each file:
# Rscript read.R READER FILE...

suppressMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)

# With what docs/use/files-and-site.md names, nothing is altered.
readers <- list(
  base = function(path) read.csv(path, encoding = "UTF-8", check.names = FALSE),
  base_told = function(path) {
    read.csv(path, encoding = "UTF-8", colClasses = "character", na.strings = "")
  },
  readr = function(path) readr::read_csv(path, show_col_types = FALSE, progress = FALSE),
  readr_told = function(path) {
    readr::read_csv(path, show_col_types = FALSE, progress = FALSE, na = "")
  },
  data.table = function(path) data.table::fread(path, encoding = "UTF-8"),
  data.table_told = function(path) {
    table <- data.table::fread(path, encoding = "UTF-8", keepLeadingZeros = TRUE, na.strings = "")
    single <- function(column) {
      if (is.character(column)) gsub('""', '"', column, fixed = TRUE) else column
    }
    table[, lapply(.SD, single)]
  },
  jsonlite = function(path) jsonlite::stream_in(file(path), verbose = FALSE)
)

# What as.character() would write as 1e+05 is written in full; lists stay lists.
plain <- function(column) {
  if (is.list(column)) return(lapply(column, function(cell) if (is.null(cell)) NA else cell))
  if (is.numeric(column)) {
    text <- format(as.numeric(column), digits = 15, scientific = FALSE, trim = TRUE)
    text <- ifelse(grepl(".", text, fixed = TRUE), sub("\\.?0+$", "", text), text)
    return(ifelse(is.na(column), NA, text))
  }
  if (is.logical(column)) return(tolower(as.character(column)))
  as.character(column)
}

for (path in arguments[-1]) {
  table <- as.data.frame(readers[[arguments[1]]](path))
  columns <- lapply(table, plain)
  cat(jsonlite::toJSON(columns, auto_unbox = FALSE, na = "null", null = "null"), "\n")
}
