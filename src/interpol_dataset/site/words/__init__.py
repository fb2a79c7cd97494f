"""
What the site says: values, dates, countries and facts in the words of a newspaper.
"""
