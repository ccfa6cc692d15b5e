/** The frames of the socket, read and written: y-websocket's own and the two of ours (`wire/message.ts`). */
import { messageAck, messageFacts, messageRefused } from '@revmark/shared/wire'
import type { Refusal, RoomFacts } from '@revmark/shared/wire'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const messageSync = 0
const messageAwareness = 1
const messageQueryAwareness = 3

/** How many updates are merged at a time; the cost of a merge grows with the square of their number. */
const mergedAtOnce = 64

/**
 * What a client may say. `content` is a SyncStep2 or an Update: the frames that are counted and
 * acknowledged. `whole`: a SyncStep2, which holds all that the server lacks.
 */
export type Frame =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'content'; readonly whole: boolean; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly states: readonly AwarenessEntry[] }
  | { readonly type: 'queryAwareness' }

/** One client's state as it travels: JSON, `null` for one that has gone. */
export interface AwarenessEntry {
  readonly client: number
  readonly clock: number
  readonly state: string
}

/** Reads one frame; null where it is not one, or something follows it. The update inside is not looked at. */
export function readFrame(bytes: Uint8Array): Frame | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const frame = readBody(decoder)
    return decoding.hasContent(decoder) ? null : frame
  } catch {
    return null
  }
}

function readBody(decoder: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(decoder)) {
    case messageSync:
      return readSync(decoder)
    case messageAwareness:
      return {
        type: 'awareness',
        states: readAwareness(decoding.readVarUint8Array(decoder)),
      }
    case messageQueryAwareness:
      return { type: 'queryAwareness' }
    default:
      return null
  }
}

function readSync(decoder: decoding.Decoder): Frame | null {
  const step = decoding.readVarUint(decoder)
  switch (step) {
    case messageYjsSyncStep1: {
      const stateVector = decoding.readVarUint8Array(decoder)
      Y.decodeStateVector(stateVector)
      return { type: 'step1', stateVector }
    }
    case messageYjsSyncStep2:
    case messageYjsUpdate:
      return {
        type: 'content',
        whole: step === messageYjsSyncStep2,
        update: decoding.readVarUint8Array(decoder),
      }
    default:
      return null
  }
}

function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const entries: AwarenessEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    entries.push({
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: decoding.readVarString(decoder),
    })
  return entries
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const syncFrame = (step: number, body: Uint8Array): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messageSync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })

/** Asks for what the other side has and this one lacks. */
export const step1Frame = (stateVector: Uint8Array): Uint8Array =>
  syncFrame(messageYjsSyncStep1, stateVector)

/** Answers a step 1. */
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(messageYjsSyncStep2, update)

/** The updates of one batch as few frames as possible, in order. */
export function updateFrames(updates: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = []
  for (let from = 0; from < updates.length; from += mergedAtOnce) {
    const some = updates.slice(from, from + mergedAtOnce)
    frames.push(syncFrame(messageYjsUpdate, some.length === 1 ? some[0]! : Y.mergeUpdates(some)))
  }
  return frames
}

export const awarenessFrame = (entries: readonly AwarenessEntry[]): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messageAwareness)
    encoding.writeVarUint8Array(
      encoder,
      frame((inner) => {
        encoding.writeVarUint(inner, entries.length)
        for (const { client, clock, state } of entries) {
          encoding.writeVarUint(inner, client)
          encoding.writeVarUint(inner, clock)
          encoding.writeVarString(inner, state)
        }
      }),
    )
  })

/** The first `count` content frames of a socket are on disk. */
export const ackFrame = (count: number): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messageAck)
    encoding.writeVarUint(encoder, count)
  })

/** Content frame `count` of a socket was refused. */
export const refusalFrame = (count: number, refusal: Refusal): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messageRefused)
    encoding.writeVarUint(encoder, count)
    encoding.writeVarString(encoder, JSON.stringify(refusal))
  })

/** What the client should know of its room. */
export const factsFrame = (facts: RoomFacts): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messageFacts)
    encoding.writeVarString(encoder, JSON.stringify(facts))
  })
