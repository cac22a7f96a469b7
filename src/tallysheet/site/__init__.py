"""The collection as a static site: it opens from disk and from any static host, and asks nobody for anything.

`parts` says which pages there are, `folder` puts them in their place; `markup` is the only way to HTML, `links` the
only way to an address.
"""
