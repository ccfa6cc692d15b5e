/** When a lost line is tried again: at a moment drawn by each client, so that no crowd comes back in step. */

/** The first try after a line was lost comes within this time; doubled by each failure, as y-websocket does. Milliseconds. */
const firstWindow = 200

/** Nobody is so quick that the server's address has not been let go yet; milliseconds. */
const shortest = 50

export interface Window {
  /** Tries that have failed since the draft was last in step with the server. */
  readonly failures: number
  /** Within which time the server asked to come back; null: it said nothing. Milliseconds. */
  readonly back: number | null
  /** Milliseconds between two tries at most, but for what the server asked. */
  readonly longest: number
}

/** Milliseconds to wait before the next try; `draw` gives a number from 0 to 1, 1 excluded. */
export function comebackAfter({ failures, back, longest }: Window, draw: () => number): number {
  const window = back ?? Math.min(firstWindow * 2 ** failures, longest)
  return Math.round(shortest + draw() * Math.max(window - shortest, 0))
}
