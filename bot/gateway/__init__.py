"""Every door a family uses: the conversation API, the pages, and what holds for each request.

One turn is ``turn`` (its stages) and ``apply`` (what one stored message brings about); ``pages`` and ``api`` call the same.
"""
