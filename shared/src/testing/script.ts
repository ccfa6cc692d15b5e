/** Random scripts of what several delegates and a chair do, as data: the same script, the same play. */
import fc from 'fast-check'
import type { View } from '../ledger/index.ts'
import { words } from './letters.ts'

/** What one delegate writes with the pen. */
export const edits = [
  'insert',
  'type',
  'erase',
  'backspace',
  'replace',
  'split',
  'join',
  'strike',
  'move',
  'paste',
  'note',
  'indent',
  'outdent',
  'make',
  'label',
  'format',
  'withdraw',
  'undo',
  'redo',
] as const

/** What happens on the line, and what the chair does. */
export const events = [
  'offline',
  'online',
  'send',
  'receive',
  'sync',
  'reload',
  'drop',
  'garble',
  'restart',
  'accept',
  'reject',
  'bracket',
  'reopen',
  'acceptAll',
  'rejectAll',
  'bracketAll',
  'reopenAll',
  'number',
] as const

export type Edit = (typeof edits)[number]
export type Event = (typeof events)[number]

/**
 * One step. The numbers are of any size: whoever plays the step takes them modulo the number of
 * delegates, paragraphs, places, changes that there are by then.
 */
export interface Step {
  readonly who: number
  readonly does: Edit | Event
  readonly view: View
  readonly a: number
  readonly b: number
  readonly c: number
  readonly text: string
}

export interface Script {
  /** The delegation of each delegate; two of one delegation are colleagues. */
  readonly seats: readonly string[]
  readonly steps: readonly Step[]
}

/** How often a step comes, against 1 for those that are not named. */
const weights: Partial<Record<Edit | Event, number>> = {
  insert: 8,
  type: 3,
  erase: 6,
  backspace: 3,
  replace: 4,
  split: 5,
  join: 5,
  strike: 3,
  move: 4,
  paste: 2,
  note: 3,
  indent: 2,
  make: 2,
  label: 2,
  format: 2,
  withdraw: 2,
  undo: 4,
  redo: 3,
  send: 4,
  receive: 4,
  garble: 2,
  sync: 3,
  accept: 4,
  reject: 4,
  bracket: 3,
  reopen: 3,
}

const stepOf = (does: readonly (Edit | Event)[]): fc.Arbitrary<Step> =>
  fc.record({
    who: fc.nat({ max: 59 }),
    does: fc.oneof(
      ...does.map((one) => ({ weight: weights[one] ?? 1, arbitrary: fc.constant(one) })),
    ),
    view: fc.constantFrom('marked', 'marked', 'clean'),
    a: fc.nat({ max: 999 }),
    b: fc.nat({ max: 999 }),
    c: fc.nat({ max: 999 }),
    text: fc.oneof(fc.constantFrom(...words), fc.constantFrom(...words)),
  })

/**
 * Two to five delegates in two or three delegations, `maxSteps` steps at the most, for formats that
 * cannot say everything `without` some edits and events.
 */
export const scripts = (
  maxSteps: number,
  without: readonly (Edit | Event)[] = [],
): fc.Arbitrary<Script> =>
  fc.record({
    seats: fc.constantFrom(
      ['A', 'B'],
      ['A', 'A', 'B'],
      ['A', 'B', 'C'],
      ['A', 'B', 'A', 'C'],
      ['A', 'B', 'C', 'A', 'B'],
    ),
    steps: fc.array(stepOf([...edits, ...events].filter((one) => !without.includes(one))), {
      minLength: 5,
      maxLength: maxSteps,
      size: 'max',
    }),
  })

/** One delegate alone, who edits what the clean view shows. */
export const soloScripts = (maxSteps: number): fc.Arbitrary<Script> =>
  fc.record({
    seats: fc.constant(['A']),
    steps: fc.array(
      stepOf(edits.filter((one) => one !== 'withdraw')).map((step) => ({
        ...step,
        view: 'clean' as const,
      })),
      { minLength: 1, maxLength: maxSteps, size: 'max' },
    ),
  })
