/** Addresses: "recalling b)", "instructs the Director of the ... 2": how people name a paragraph. */
import { referenceLetter } from '../resolution/notes.ts'
import type { Kind } from '../resolution/provision.ts'
import type { Piece, Projection } from './paragraph.ts'
import { isLive } from './place.ts'

/** Longer calls are cut after this many letters, at a word. */
const longCall = 40

/** What an address is made of; `words` are those of a call. */
export interface Addressed {
  readonly kind: Kind
  readonly level: number
  readonly label: string | null
  readonly words: string
}

/** The address of every paragraph of a projection, by key. */
export function addressesOf({ paragraphs }: Projection): Map<string, string> {
  const addresses = addressesIn(
    paragraphs.map(({ kind, level, label, text, pieces }) => ({
      kind,
      level,
      label: label.view ?? label.base,
      words: standing(pieces) || text || pieces.map((piece) => piece.text).join(''),
    })),
  )
  return new Map(paragraphs.map(({ key }, index) => [key, addresses[index]!]))
}

/** The words shown that nobody wants to delete: of a call that is reworded, the new words. */
const standing = (pieces: readonly Piece[]): string =>
  pieces.map(({ shown, state, text }) => (shown && isLive(state) ? text : '')).join('')

/** The addresses of a text's paragraphs, in its order. */
export function addressesIn(paragraphs: readonly Addressed[]): string[] {
  let call = ''
  let parents: string[] = []
  return paragraphs.map(({ kind, level, label, words }) => {
    if (kind === 'call') {
      call = shortened(words)
      parents = []
      return call
    }
    if (kind === 'footnote') return label === null ? names.footnote : `${names.footnote} ${label}`
    if (kind !== 'item' && kind !== 'text') return names[kind]
    parents = [...parents.slice(0, level - 1), label ?? '']
    return [call, ...parents].filter(Boolean).join(' ')
  })
}

const names = {
  number: 'number line',
  title: 'title',
  adopting: 'opening',
  footnote: 'footnote',
  annexNumber: 'annex',
  annexTitle: 'annex title',
} as const

function shortened(words: string): string {
  const text = words.replaceAll(referenceLetter, '').trim()
  if (text.length <= longCall) return text
  const cut = text.lastIndexOf(' ', longCall)
  return `${text.slice(0, cut > 0 ? cut : longCall)} …`
}
