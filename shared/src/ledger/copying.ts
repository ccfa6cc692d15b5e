/** What a delegation takes along of a paragraph that it moves: words, formats, footnotes, settings. */
import type { Format } from '../resolution/provision.ts'
import type { Aspects } from './aspect.ts'
import type { Block } from './blocks.ts'
import type { EntryRecord } from './entries.ts'
import type { Attr } from './entry.ts'
import type { Id } from './id.ts'
import type { Ledger } from './ledger.ts'
import type { Marker } from './marker.ts'
import { toRanges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Run } from './run.ts'
import { formatsOf, isOfParagraph } from './settings.ts'
import type { Property, Settings, Values } from './settings.ts'

/** Letters of one look; of a footnote its reference, with the words of the footnote. */
interface CopiedRun {
  readonly text: string
  readonly formats: readonly Format[]
  readonly note: readonly CopiedRun[] | null
}

type SettingOf<T> = T extends Attr ? Pick<T, 'property' | 'value'> : never

/** What is set of a paragraph. */
type CopiedSetting = SettingOf<Attr>

/** A paragraph as it is taken along. Equal ones are equal as JSON. */
export interface Copy {
  readonly shape: Pick<Marker, 'b' | 'lvl'>
  readonly settings: readonly CopiedSetting[]
  readonly runs: readonly CopiedRun[]
}

/** Whose words go: the delegation that moves, and whoever has inserted the paragraph. */
export interface Takers {
  readonly mover: string
  readonly author: string | null
}

const noRecords: ReadonlySet<EntryRecord> = new Set()

/**
 * Whether a token goes with its paragraph: words of the text in force, accepted ones, and the pending
 * ones of the delegation that moves or has inserted the paragraph, unless the former wants to delete
 * them, by other entries than `without`. What stands in brackets stays.
 */
export function isTaken(
  { state, proposals, withdrawals }: Aspects,
  { mover, author }: Takers,
  without: ReadonlySet<EntryRecord> = noRecords,
): boolean {
  const { ins, del } = state
  const isTakers = state.author === mover || state.author === author
  const isThere =
    ins === 'base' ||
    ins === 'accepted' ||
    (ins === 'pending' && isTakers) ||
    (ins === 'withdrawn' && state.author === mover && withdrawals.every((one) => without.has(one)))
  if (!isThere || del === 'accepted' || del === 'bracketed') return false
  return proposals.every((one) => one.delegation !== mover || without.has(one))
}

/** What is taken along of some blocks that are one paragraph; were it not for the entries `without`. */
export function copyOf(
  ledger: Ledger,
  takers: Takers,
  blocks: readonly Block[],
  without: ReadonlySet<EntryRecord> = noRecords,
): Copy {
  const { marker, aspects } = blocks[0]!
  const { b, lvl } = marker
  const values = valuesFor(takers.mover, aspects.state.settings)
  const own = { kind: b, level: lvl ?? 1 }
  const settings = Object.entries(values).filter(
    ([property, value]) =>
      isOfParagraph(property as Property) && value !== own[property as keyof typeof own],
  )
  return {
    shape: { b, ...(lvl !== undefined && { lvl }) },
    settings: settings.map(
      ([property, value]) => ({ property, value }) as Copy['settings'][number],
    ),
    runs: joined(blocks.flatMap(({ runs }) => runs.flatMap((run) => copied(run)))),
  }

  function copied({ type, text, aspects: own, formats: ofItself, note }: Run): CopiedRun[] {
    if (type !== 'text' || !isTaken(own, takers, without)) return []
    if (note === null) {
      const looks = formatsOf(ofItself, valuesFor(takers.mover, own.state.settings))
      return [{ text, formats: looks, note: null }]
    }
    const words = ledger.freshNote(note)?.runs.flatMap(copied) ?? []
    return [{ text, formats: [], note: joined(words) }]
  }
}

/** What a delegation sees set: what is accepted, or of its own. */
function valuesFor(delegation: string, settings: Settings | null): Values {
  const own = (settings?.proposed ?? []).filter(
    (one) => one.delegation === delegation && one.state === 'pending',
  )
  const proposed = own.toReversed().map(({ property, value }) => [property, value] as const)
  return { ...settings?.accepted, ...Object.fromEntries(proposed) }
}

/** Neighbours that look alike as one. */
function joined(runs: readonly CopiedRun[]): CopiedRun[] {
  const out: CopiedRun[] = []
  for (const run of runs) {
    const last = out.at(-1)
    const isLike = last && !last.note && !run.note && last.formats.join() === run.formats.join()
    if (isLike) out[out.length - 1] = { ...last, text: last.text + run.text }
    else out.push(run)
  }
  return out
}

/** The letters of a copy, a `referenceLetter` for each footnote, and the words of those in order. */
export const textOf = ({ runs }: Copy): { readonly text: string; readonly notes: string[] } => ({
  text: plain(runs),
  notes: runs.flatMap(({ note }) => (note ? [plain(note)] : [])),
})

const plain = (runs: readonly CopiedRun[]): string => runs.map(({ text }) => text).join('')

/**
 * Where the tokens of a copy come to stand that is written in one go under a marker: how many follow
 * the marker, and which of them have which formats.
 */
export function layoutOf(
  { runs }: Copy,
  { client, clock }: Id,
): {
  readonly size: number
  readonly formatted: ReadonlyMap<Format, Ranges>
} {
  const found = new Map<Format, number[]>()
  let at = clock + 1
  const pass = (some: readonly CopiedRun[]): void => {
    for (const { text, formats: looks, note } of some) {
      for (const format of looks) {
        found.set(format, [...(found.get(format) ?? []), client, at, text.length])
      }
      at += text.length
      if (!note) continue
      // The footnote's marker, its words, its anchor.
      at++
      pass(note)
      at++
    }
  }
  pass(runs)
  const formatted = new Map([...found].map(([format, triples]) => [format, toRanges(triples)]))
  return { size: at - clock, formatted }
}
