/** What crosses the socket beside y-websocket's own frames (0 sync, 1 awareness). A stock client ignores these. */

/** `[100, varUint n]`: the first n content frames of this socket (SyncStep2 or Update) are on disk. */
export const messageAck = 100

/** `[101, varUint n, varString JSON of Refusal]`: content frame n of this socket was refused. */
export const messageRefused = 101

/** `[103, varString JSON of RoomFacts]`: sent when they change, and at joining where they are not the usual ones. */
export const messageFacts = 103

/** What a client should know of its room beside the text. */
export interface RoomFacts {
  /**
   * Why nothing can be written at present, in words for the user; null: all is well. Meanwhile edits
   * are neither taken nor refused; when it is over the server asks for them by a step 1.
   */
  readonly held: string | null
  /**
   * The server is about to stop: come back within this many milliseconds, each client at a moment of
   * its own, since the next server would otherwise meet all at once; null: it stays.
   */
  readonly back: number | null
}

/** Why a room closes a socket; 44xx is final for a stock provider, the rest it tries again. */
export const closeCode = {
  malformed: 1007,
  tooBig: 1009,
  restart: 1012,
  overload: 1013,
  signedOut: 4401,
  forbidden: 4403,
  unknownDraft: 4404,
  refused: 4409,
  damaged: 4410,
  /** The seat has been taken away. */
  revoked: 4411,
  /** The seat has another role or delegation than when the draft was opened. */
  roleChanged: 4412,
} as const

/** A refused update, in words for the user whose text it was. */
export interface Refusal {
  readonly code: string
  readonly message: string
}
