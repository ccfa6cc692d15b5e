/** What was moved, in words, for formats that have no mark of their own for it. */
import { addressesOf } from '../ledger/address.ts'
import type { Paragraph, Projection } from '../ledger/paragraph.ts'

/** "moved from recalling b)", "moved to recalling d)": by the keys of paragraphs of the marked view. */
export function movedIn(marked: Projection): ReadonlyMap<string, string> {
  const copies = marked.paragraphs.filter(({ marker }) => marker.from !== undefined)
  const words = new Map<string, string>()
  if (copies.length === 0) return words
  const byKey = new Map(marked.paragraphs.map((paragraph) => [paragraph.key, paragraph]))
  const addresses = addressesOf(marked)
  for (const copy of copies) {
    const origin = byKey.get(copy.marker.from!)
    if (!origin || words.has(origin.key) || !isLinked(copy, origin)) continue
    words.set(origin.key, `moved to ${addresses.get(copy.key)}`)
    words.set(copy.key, `moved from ${addresses.get(origin.key)}`)
  }
  return words
}

/** Whether the copy's delegation deletes the origin, both pending or both decided alike. */
const isLinked = ({ state: { ins, author } }: Paragraph, origin: Paragraph): boolean =>
  origin.state.del === ins && origin.state.proposers.some(({ delegation }) => delegation === author)
