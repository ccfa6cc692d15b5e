/**
 * Sets of token ids as flat lists of ranges, `[client, clock, length, client, clock, length, ...]`:
 * sorted by client, then clock; disjoint; neighbours joined; every length at least 1.
 */
export type Ranges = readonly number[]
