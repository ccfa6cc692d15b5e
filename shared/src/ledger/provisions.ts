/** The provisions of a view by what people call them: a call, and labels from the first level on. */
import type { NamedCall } from '../resolution/references.ts'
import type { Projection } from './paragraph.ts'

/** A provision's call, by key, and its labels: `2 a)`. */
export interface Name {
  readonly call: string
  readonly path: string
}

export interface Provisions {
  readonly calls: readonly NamedCall[]
  /** The name of each labelled item under a call, by the key of its paragraph. */
  readonly names: ReadonlyMap<string, Name>
  /** The copies that stand here of what was moved, by the keys of what they are copies of. */
  readonly copies: ReadonlyMap<string, string>
  /** The item that a path means under one of some calls; null where none or several have it. */
  readonly find: (calls: readonly string[], path: string) => string | null
}

/** What a view calls its provisions. */
export function provisionsIn({ paragraphs }: Projection): Provisions {
  const calls: NamedCall[] = []
  const names = new Map<string, Name>()
  const keys = new Map<string, string | null>()
  const copies = new Map<string, string>()
  let call: string | null = null
  let parents: string[] = []
  for (const { key, kind, level, label, text, marker } of paragraphs) {
    if (kind === 'call') {
      call = key
      calls.push({ key, words: text })
      parents = []
    } else if (kind === 'item' && call !== null) {
      parents = [...parents.slice(0, level - 1), label.view ?? '']
      if (label.view === null) continue
      const path = parents.filter(Boolean).join(' ')
      names.set(key, { call, path })
      if (marker.from !== undefined) copies.set(marker.from, key)
      const name = nameOf(call, path)
      keys.set(name, keys.has(name) ? null : key)
    }
  }
  const find = (some: readonly string[], path: string): string | null => {
    const found = some.flatMap((one) => keys.get(nameOf(one, path)) ?? [])
    return found.length === 1 ? found[0]! : null
  }
  return { calls, names, copies, find }
}

const nameOf = (call: string, path: string): string => `${call} ${path}`
