/** Updates that no Yjs would write, struct by struct. */
import * as encoding from 'lib0/encoding'
import type { Id } from '../src/ledger/id.ts'

/** One struct of a forged update. `bytes` is its content as Yjs encodes it, `ref` the content's kind. */
export interface Forged {
  readonly ref: number
  readonly origin?: Id
  readonly right?: Id
  /** The name of a root, or the id of the item that holds a nested type. */
  readonly parent?: string | Id
  readonly key?: string
  readonly content: (encoder: encoding.Encoder) => void
}

type Place = Pick<Forged, 'origin' | 'right' | 'parent' | 'key'>

export const letters = (text: string, place: Place): Forged => ({
  ...place,
  ref: 4,
  content: (encoder) => encoding.writeVarString(encoder, text),
})

export const embed = (value: unknown, place: Place): Forged => ({
  ...place,
  ref: 5,
  content: (encoder) => encoding.writeVarString(encoder, JSON.stringify(value)),
})

export const any = (values: readonly unknown[], place: Place): Forged => ({
  ...place,
  ref: 8,
  content: (encoder) => {
    encoding.writeVarUint(encoder, values.length)
    for (const value of values) encoding.writeAny(encoder, value as encoding.AnyEncodable)
  },
})

export const gone = (length: number, place: Place): Forged => ({
  ...place,
  ref: 1,
  content: (encoder) => encoding.writeVarUint(encoder, length),
})

/** `length` tokens that are not there: ref 0 is GC, ref 10 is Skip. */
export const filler = (ref: 0 | 10, length: number): Forged => ({
  ref,
  content: (encoder) => encoding.writeVarUint(encoder, length),
})

export interface Section {
  readonly client: number
  readonly clock: number
  readonly structs: readonly Forged[]
}

/** Encodes what no Yjs would write. */
export function forge(
  sections: readonly Section[],
  deletions: readonly (readonly [client: number, clock: number, length: number])[] = [],
): Uint8Array {
  const encoder = encoding.createEncoder()
  const id = ({ client, clock }: Id) => {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  encoding.writeVarUint(encoder, sections.length)
  for (const { client, clock, structs } of sections) {
    encoding.writeVarUint(encoder, structs.length)
    id({ client, clock })
    for (const { ref, origin, right, parent, key, content } of structs) {
      encoding.writeUint8(
        encoder,
        ref | (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20),
      )
      if (origin) id(origin)
      if (right) id(right)
      if (ref !== 0 && ref !== 10 && !origin && !right) {
        const isRoot = typeof parent === 'string'
        encoding.writeVarUint(encoder, isRoot ? 1 : 0)
        if (isRoot) encoding.writeVarString(encoder, parent)
        else id(parent ?? { client, clock: 0 })
        if (key !== undefined) encoding.writeVarString(encoder, key)
      }
      content(encoder)
    }
  }
  encoding.writeVarUint(encoder, deletions.length)
  for (const [client, clock, length] of deletions) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarUint(encoder, length)
  }
  return encoding.toUint8Array(encoder)
}
