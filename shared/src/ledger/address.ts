/** Addresses: "recalling b)", "instructs the Director of the ... 2": how people name a paragraph. */
import type { Projection } from './paragraph.ts'

/** Longer calls are cut after this many letters, at a word. */
const longCall = 40

/** The address of every paragraph of a projection, by key. */
export function addressesOf({ paragraphs }: Projection): Map<string, string> {
  const out = new Map<string, string>()
  let call = ''
  let parents: string[] = []
  for (const { key, kind, level, label, text, pieces } of paragraphs) {
    const words = text || pieces.map((piece) => piece.text).join('')
    if (kind === 'call') {
      call = shortened(words)
      parents = []
      out.set(key, call)
    } else if (kind === 'item' || kind === 'text') {
      const own = label.view ?? label.base ?? ''
      parents = [...parents.slice(0, level - 1), own]
      out.set(key, [call, ...parents].filter(Boolean).join(' '))
    } else {
      out.set(key, names[kind])
    }
  }
  return out
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
  const text = words.trim()
  if (text.length <= longCall) return text
  const cut = text.lastIndexOf(' ', longCall)
  return `${text.slice(0, cut > 0 ? cut : longCall)} …`
}
