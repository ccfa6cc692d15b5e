/** What of a draft the chair may decide at once, seen from one change or from a selection. */
import { sectionAt, suits, within } from '@revmark/shared/ledger'
import type { Change, Ledger, Ranges, Verb } from '@revmark/shared/ledger'

export type ScopeName =
  | 'change'
  | 'selection'
  | 'together'
  | 'paragraph'
  | 'section'
  | 'delegation'
  | 'all'
  | 'bracketed'

/** A decision that the chair is about to make. */
export interface Asked {
  readonly verb: Verb
  readonly scope: ScopeName
  /** The change that had the focus; null where a selection is decided. */
  readonly change: Change | null
  /** The tokens selected in the text. */
  readonly tokens: Ranges
}

export interface Scope {
  readonly name: ScopeName
  readonly words: string
  /** What the verb suits, in the order of the text; parts of changes in a selection. */
  readonly changes: readonly Change[]
}

/** The scopes that have something to decide, smallest first. */
export function scopesOf(
  ledger: Ledger,
  changes: readonly Change[],
  { verb, change, tokens }: Asked,
  nameOf: (delegation: string) => string,
): Scope[] {
  const suited = changes.filter((one) => suits(verb, one))
  // What was left open on purpose is resolved by name, not in passing.
  const isOpen = ({ state }: Change) => verb === 'reopen' || state === 'pending'
  const open = suited.filter(isOpen)
  const own = change && suited.find(({ id }) => id === change.id)
  const picked = within(suited, tokens)
  const at = own ?? picked[0] ?? change
  const { paragraphs } = ledger.project('marked')
  const section = sectionAt(paragraphs, at?.paragraph ?? '')
  const head = changes.find(({ paragraph }) => paragraph === [...section][0])
  const decisions = new Set(at?.decisions)
  const scopes: Scope[] = [
    { name: 'change', words: 'This change', changes: own ? [own] : [] },
    { name: 'selection', words: 'The selected words', changes: picked },
    {
      name: 'together',
      words: 'All that was decided with it',
      changes: suited.filter((one) => one.decisions.some((id) => decisions.has(id))),
    },
    {
      name: 'paragraph',
      words: at?.address ? `This paragraph, ${at.address}` : 'This paragraph',
      changes: open.filter(({ paragraph }) => paragraph === at?.paragraph),
    },
    {
      name: 'section',
      words: head?.address ? `This section, ${head.address}` : 'This section',
      changes: open.filter(({ paragraph }) => section.has(paragraph)),
    },
    {
      name: 'delegation',
      words: at ? `All of ${nameOf(at.delegation)}` : '',
      changes: open.filter(({ delegation }) => delegation === at?.delegation),
    },
    { name: 'all', words: 'The whole draft', changes: open },
    {
      name: 'bracketed',
      words: 'All that stands in brackets',
      changes: suited.filter(({ state }) => state === 'bracketed'),
    },
  ]
  return scopes.filter(({ name, changes: some }) =>
    name === 'together' ? some.length > 1 : some.length > 0,
  )
}

/** The changes that were made what they are by the same decisions as one of them. */
export const decidedWith = (changes: readonly Change[], { decisions }: Change): Change[] =>
  changes.filter((one) => one.decisions.some((id) => decisions.includes(id)))
