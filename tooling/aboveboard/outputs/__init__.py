"""What the public gets: pages, feeds, files. Pure: a public library in, text and bytes out.

`site.OUTPUTS` is the table of them. Outputs never filter and never check; they receive nothing that the
public may not see. They yield drafts, which say what they show before they are made.
"""
