"""The durable record: events on disk that only grow, checked on every reading.

`store` says what a store of events does; `folder_store` does it over a folder that several people may share.
"""
