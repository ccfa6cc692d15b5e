/** The keys of the list of changes: what it goes by, and what people read of it. */
import { verbs } from '@revmark/shared/ledger'
import type { KeyRow } from '../ui/keys.ts'
import { actKeys, actNames } from './deciding.ts'
import type { Act } from './deciding.ts'

export const stepKeys = [
  { does: 'next', keys: ['j', 'ArrowDown'], words: 'The next change' },
  { does: 'previous', keys: ['k', 'ArrowUp'], words: 'The change before' },
  { does: 'first', keys: ['Home'], words: 'The first change' },
  { does: 'last', keys: ['End'], words: 'The last change' },
] as const satisfies readonly KeyRow[]

const actRow = (act: Act): KeyRow => ({
  does: act,
  keys: [actKeys[act]],
  words: `${actNames[act]} the change`,
})

/** All keys of the list for who decides, or for who takes back one's own. */
export const changeKeys = (isChair: boolean): readonly KeyRow[] => [
  ...stepKeys,
  { does: 'go', keys: ['Enter'], words: 'To the change in the text' },
  { does: 'origin', keys: ['m'], words: 'To where it was moved from' },
  { does: 'leave', keys: ['Escape'], words: 'Back to the text' },
  ...(isChair ? verbs.map(actRow) : [actRow('withdraw')]),
  ...(isChair ? verbs.map(severally) : []),
  ...(isChair ? [{ does: 'way', keys: ['1', '2', '3'], words: 'A way out of a conflict' }] : []),
]

const severally = (verb: Act): KeyRow => ({
  does: `${verb} several`,
  keys: [`Shift-${actKeys[verb]}`],
  words: `${actNames[verb]} several at once, with a note`,
})
