/** What is set of a paragraph or of letters, in words. */
import type { Property, Value } from '@revmark/shared/ledger'
import { automaticLabel, noLabel } from '@revmark/shared/resolution'
import type { Format, Kind } from '@revmark/shared/resolution'

/** The kinds that a paragraph can be made, in the order in which they are offered. */
export const kindWords = [
  ['item', 'Item'],
  ['text', 'Plain paragraph'],
  ['call', 'Call'],
  ['title', 'Title'],
  ['adopting', 'Opening'],
  ['annexNumber', 'Annex number'],
  ['annexTitle', 'Annex title'],
] as const satisfies readonly (readonly [Kind, string])[]

const made = new Map<Value, string>([
  ['item', 'Made an item'],
  ['text', 'Made a plain paragraph'],
  ['call', 'Made a call'],
  ['title', 'Made a title'],
  ['adopting', 'Made an opening'],
  ['annexNumber', 'Made an annex number'],
  ['annexTitle', 'Made an annex title'],
])

const formatWords: Readonly<Record<Format, readonly [on: string, off: string]>> = {
  italic: ['Made italic', 'Made not italic'],
  bold: ['Made bold', 'Made not bold'],
  superscript: ['Raised', 'Not raised any more'],
  subscript: ['Lowered', 'Not lowered any more'],
}

/** `former` is what it was: a level, a label, or whether the letters had the format. */
export function settingWords(
  property: Property,
  value: Value,
  former: string | number | boolean | null,
): string {
  if (property === 'kind') return made.get(value) ?? `Made ${value}`
  if (property === 'label') return labelWords(String(value), String(former ?? noLabel))
  if (property !== 'level') return formatWords[property][former === true ? 1 : 0]
  if (typeof former !== 'number' || typeof value !== 'number') return `Set to level ${value}`
  if (value === former) return `Left at level ${value}`
  return `${value > former ? 'Indented' : 'Outdented'} to level ${value}`
}

/** A label that a hand gives, takes, or has counted again. */
function labelWords(now: string, former: string): string {
  if (now === noLabel) return former === noLabel ? 'No label' : `Label ${former} taken away`
  const words = now === automaticLabel ? 'as counted' : now
  return former === noLabel || former === now ? `Label ${words}` : `Label ${former} → ${words}`
}
