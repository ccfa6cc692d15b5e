/** From the state of tokens to ProseMirror's marks, and to what stands for them in a block. */
import { endures } from '@revmark/shared/ledger'
import type { Bracket, Piece, TokenState, Value } from '@revmark/shared/ledger'
import type { Format } from '@revmark/shared/resolution'
import type { Mark } from 'prosemirror-model'
import { schema } from './schema.ts'
import { settingWords } from '../ui/setting-words.ts'
import type {
  BracketAttrs,
  DeletionAttrs,
  InsertionAttrs,
  MarkState,
  SettingAttrs,
} from './schema.ts'

/** The mark of the `nth` pair of brackets of a paragraph. */
export const bracketMark = ({ by, against }: Bracket, nth: number): Mark =>
  schema.mark('bracket', { by, against, nth } satisfies BracketAttrs)

/** The marks of letters; but for formats only where they are to be marked as changes. */
export function marksOf({ state, formats }: Piece, isMarked: boolean): Mark[] {
  const marks = formats.map((format) => schema.mark(format))
  if (!isMarked) return marks
  const ins = insertionOf(state)
  const del = deletionOf(state)
  if (ins) marks.push(once('ins', ins, ins.delegation))
  if (del) marks.push(once('del', del, del.delegations.join(' ')))
  const set = state.settings ? settingOf(state, formats) : null
  if (set) marks.push(schema.mark('setting', set))
  return marks
}

/** Insertions and deletions that look the same are one mark: whoever compares them sees it at once. */
const known = new Map<string, Mark>()

function once(type: 'ins' | 'del', attrs: InsertionAttrs | DeletionAttrs, whose: string): Mark {
  const name = `${type} ${attrs.state} ${whose}`
  let mark = known.get(name)
  if (!mark) known.set(name, (mark = schema.mark(type, { ...attrs })))
  return mark
}

/**
 * What others than its own delegation set of a paragraph or of letters. `now` is what a paragraph was,
 * by property, or what letters look like.
 */
export function settingOf(
  { settings }: TokenState,
  now: ReadonlyMap<string, Value> | readonly Format[],
): SettingAttrs | null {
  const open = (settings?.proposed ?? []).filter(({ state }) => state !== 'rejected')
  if (open.length === 0) return null
  const words = open.map(({ property, value }) =>
    'get' in now
      ? settingWords(property, value, now.get(property) ?? null)
      : settingWords(property, value, !now.some((format) => format === property)),
  )
  return {
    delegations: [...new Set(open.map(({ delegation }) => delegation))].toSorted(),
    state: open.every(({ state }) => state === 'accepted') ? 'accepted' : 'pending',
    words: [...new Set(words)].join(', '),
  }
}

/** null: no insertion that is shown as one. */
export function insertionOf({ ins, author }: TokenState): InsertionAttrs | null {
  if (author === null || (ins !== 'pending' && !endures(ins))) return null
  return { delegation: author, state: ins as MarkState }
}

/** null: not struck; what stands in brackets is not. */
export function deletionOf({ del, proposers }: TokenState): DeletionAttrs | null {
  if (del === 'none' || del === 'bracketed') return null
  const [one] = proposers
  const delegations =
    one && proposers.length === 1
      ? [one.delegation]
      : [...new Set(proposers.map(({ delegation }) => delegation))]
  return { delegations, state: del }
}
