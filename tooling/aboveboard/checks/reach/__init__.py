"""AX and LN: what keeps readers out. `reach`, `lost`, `reading` and `links` have the rules."""
