"""From facts to figures that can be added up: containment, money in one currency, totals."""
