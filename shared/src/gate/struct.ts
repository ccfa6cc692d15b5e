/** Runs of tokens as the gate sees them: plain values, whether they arrive or are known already. */
import type { Id } from '../ledger/id.ts'

export type Content =
  | { readonly type: 'letters'; readonly text: string }
  | { readonly type: 'embed'; readonly value: unknown }
  | { readonly type: 'entries'; readonly values: readonly unknown[] }
  /** Tokens whose content is gone. */
  | { readonly type: 'deleted' }

/** Where a struct stands: in which root type and, in a map, under which key. */
export interface Home {
  readonly root: string
  readonly key: string | null
}

/** Tokens of one client with consecutive clocks; each but the first stands after the one before. */
export interface Struct {
  readonly client: number
  readonly clock: number
  /** Tokens, at least 1. */
  readonly length: number
  /** The token on the left of the first one when it was written; null: it stood first. */
  readonly origin: Id | null
  /** The token on the right of the last one when it was written; null: it stood last. */
  readonly rightOrigin: Id | null
  readonly content: Content
  /** No longer in force, whether its content is still there or not. */
  readonly deleted: boolean
  /** In an update only a struct without origins says it itself; the gate fills in the others. */
  home: Home | null
}

/** The name of the sequence. */
export const text = 't'

/** Where everything in the sequence stands. */
export const inText: Home = { root: text, key: null }

export const endOf = ({ clock, length }: Struct): number => clock + length

/** The origin of a token inside a struct: its own first one, or the left neighbour. */
export const originAt = (struct: Struct, clock: number): Id | null =>
  clock === struct.clock ? struct.origin : { client: struct.client, clock: clock - 1 }

/** The part of a struct from a token on. */
export function from(struct: Struct, clock: number): Struct {
  const offset = clock - struct.clock
  if (offset <= 0) return struct
  return {
    ...struct,
    clock,
    length: struct.length - offset,
    origin: originAt(struct, clock),
    content: slice(struct.content, offset),
  }
}

/** The content of the tokens from `start` (included) to `end` (excluded), counted in the struct. */
export function slice(content: Content, start: number, end?: number): Content {
  if (content.type === 'letters') return { type: 'letters', text: content.text.slice(start, end) }
  if (content.type !== 'entries') return content
  return { type: 'entries', values: content.values.slice(start, end) }
}

export const sameId = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)

/** What an embed may have of its own, before it is known what it is. */
type Embedded = Readonly<Partial<Record<'b' | 'e' | 'f' | 'n' | 'from', unknown>>>

/** The value of a marker, an anchor or a reference; null for letters and all else. */
export function embedOf({ content }: Struct): Embedded | null {
  return content.type === 'embed' ? (content.value as object) : null
}
