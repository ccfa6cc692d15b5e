/**
 * The mapping from start markers to Word's paragraph marks, against a Word that does what ISO/IEC
 * 29500-1, 17.13.5.15 says: a removed mark joins its text to the following paragraph, whose
 * properties win.
 */
import { expect, test } from 'vitest'
import { countedProperties } from '../src/docx/paragraph-properties.ts'
import type { Properties } from '../src/docx/paragraph-properties.ts'
import type { Kind } from '../src/resolution/index.ts'
import { kept, paragraphMarks } from '../src/text/index.ts'
import type { Block, Revision } from '../src/text/index.ts'

const statuses = {
  kept,
  ins: { inserted: 'A', deleted: null },
  del: { inserted: null, deleted: 'A' },
  both: { inserted: 'A', deleted: 'B' },
} as const satisfies Record<string, Revision>

type Status = keyof typeof statuses

const shape = (kind: Kind) => ({ kind, level: 1 })

/** A block of letters, each with a status; `was` is its kind in the base where that differs. */
function block(status: Status, kind: Kind, letters: readonly Status[], was = kind): Block {
  const { inserted, deleted } = statuses[status]
  return {
    revision: statuses[status],
    shape: shape(kind),
    base: inserted === null ? shape(was) : null,
    clean: deleted === null ? shape(kind) : null,
    runs: letters.map((letter) => ({
      part: 'text' as const,
      text: letter[0]!,
      revision: statuses[letter],
      formats: [],
    })),
  }
}

/** `hides` names the aspect of what a reading leaves out. */
const readings = [
  ['accept', 'deleted', 'clean'],
  ['reject', 'inserted', 'base'],
] as const

/** The paragraphs that the ledger has in a reading: kind and letters. */
function ledgerReads(
  blocks: readonly Block[],
  [, hides, view]: (typeof readings)[number],
): string[] {
  const out: string[] = []
  for (const one of blocks) {
    const letters = one.runs.map((run) => (run.revision[hides] === null ? run.text : '')).join('')
    if (one.revision[hides] === null) out.push(`${one[view]!.kind}:${letters}`)
    else out[out.length - 1] += letters
  }
  return out
}

function wordReads(
  blocks: readonly Block[],
  marks: readonly Revision[],
  properties: readonly Properties[],
  [reading, hides]: (typeof readings)[number],
): string[] {
  const out: string[] = []
  let carried = ''
  blocks.forEach((one, k) => {
    carried += one.runs.map((run) => (run.revision[hides] === null ? run.text : '')).join('')
    if (marks[k]![hides] !== null) return
    const { shape: after, former } = properties[k]!
    out.push(`${(reading === 'accept' ? after : (former ?? after)).kind}:${carried}`)
    carried = ''
  })
  return carried === '' ? out : [...out, `lost:${carried}`]
}

const isExact = (blocks: readonly Block[], marks: Revision[], properties: Properties[]) =>
  readings.every(
    (reading) =>
      ledgerReads(blocks, reading).join() === wordReads(blocks, marks, properties, reading).join(),
  )

/** What is written, as the table of cases says it: letters with their status, `¶ins:kind` and so on. */
function written(blocks: readonly Block[]): string {
  const marks = paragraphMarks(blocks)
  const properties = countedProperties(blocks, marks)
  expect(isExact(blocks, marks, properties)).toBe(true)
  return marks
    .map((mark, k) => {
      const status = Object.keys(statuses).find((name) => statuses[name as Status] === mark)!
      const { shape: now, former } = properties[k]!
      return `¶${status === 'kept' ? '' : status}:${now.kind}${former ? `, was ${former.kind}` : ''}`
    })
    .join(' ')
}

const call = block('kept', 'call', ['kept'])
const title = block('kept', 'title', ['kept'])
const inserted = block('ins', 'item', ['ins'])
const deleted = block('del', 'item', ['del'])
/** What ends every story, so that the marks of the last real block can slide too. */
const end = block('kept', 'text', [])

const cases: readonly (readonly [string, readonly Block[], string])[] = [
  [
    'split of a call, the tail an item',
    [call, block('ins', 'item', ['kept']), end],
    '¶ins:call ¶:item, was call ¶:text',
  ],
  [
    'split into the same kind',
    [call, block('ins', 'call', ['kept']), end],
    '¶ins:call ¶:call ¶:text',
  ],
  [
    'join of an item into a call: the first stands',
    [call, block('del', 'item', ['kept']), end],
    '¶del:call ¶:call, was item ¶:text',
  ],
  ['inserted block before a heading', [call, inserted, title], '¶:call ¶ins:item ¶:title'],
  [
    'consecutive inserted blocks',
    [call, inserted, block('ins', 'text', ['ins']), title],
    '¶:call ¶ins:item ¶ins:text ¶:title',
  ],
  [
    'consecutive deleted blocks',
    [call, deleted, block('del', 'text', ['del']), title],
    '¶:call ¶del:item ¶del:text ¶:title',
  ],
  [
    "deleted blocks at a story's end do not slide",
    [call, deleted, block('del', 'text', ['del'])],
    '¶del:call ¶del:item ¶:call, was text',
  ],
  [
    "inserted blocks at a story's end do not slide",
    [block('kept', 'item', ['kept']), inserted, block('ins', 'text', ['ins'])],
    '¶ins:item ¶ins:item ¶:text, was item',
  ],
  [
    'a deleted block replaced by an inserted one',
    [call, deleted, block('ins', 'text', ['ins']), end],
    '¶:call ¶del:item ¶ins:text ¶:text',
  ],
  [
    'an inserted block, the next one joined to it',
    [call, inserted, block('del', 'title', ['kept']), end],
    '¶ins:call ¶del:call ¶:item, was title ¶:text',
  ],
  [
    "a deleted marker whose block holds another's letters, joined",
    [call, block('del', 'item', ['del', 'ins']), end],
    '¶del:call ¶:call, was item ¶:text',
  ],
  [
    'a whole inserted block whose deletion another proposes',
    [call, block('both', 'item', ['both']), end],
    '¶:call ¶both:item ¶:text',
  ],
  [
    'a change of kind only',
    [call, block('kept', 'text', ['kept'], 'item'), end],
    '¶:call ¶:text, was item ¶:text',
  ],
  ["a story's only block", [call], '¶:call'],
]

test.each(cases)('%s', (_name, blocks, expected) => {
  expect(written(blocks)).toBe(expected)
})

test('the first block is never inserted or deleted', () => {
  expect(() => paragraphMarks([inserted, end])).toThrow(RangeError)
})

/** Every document of `length` blocks drawn from the choices, the first one kept. */
function* documents(length: number, choices: readonly Block[]): Generator<Block[]> {
  if (length === 0) yield []
  else {
    for (const head of documents(length - 1, choices)) {
      for (const last of choices) {
        if (length > 1 || last.revision === kept) yield [...head, last]
      }
    }
  }
}

const names: readonly Status[] = ['kept', 'ins', 'del', 'both']

/** Few kinds and much text, for short documents; more kinds and less text, for longer ones. */
const texts: readonly Status[][] = [[], ['kept'], ['ins'], ['del'], ['both'], ['del', 'ins']]
const short = names.flatMap((status) =>
  texts.flatMap((letters) => [
    block(status, 'item', letters),
    block(status, 'text', letters),
    ...(status === 'kept' ? [block(status, 'text', letters, 'item')] : []),
  ]),
)
const long = names.flatMap((status) => [
  block(status, 'call', [status]),
  block(status, 'item', ['del', 'ins']),
  ...(status === 'kept' ? [block(status, 'item', [], 'text')] : []),
])

function tally(length: number, choices: readonly Block[], mutate = false) {
  let exact = 0
  let wrong = 0
  for (const blocks of documents(length, choices)) {
    const marks = paragraphMarks(blocks)
    const properties = mutate
      ? blocks.map((one) => ({ shape: one.clean ?? one.base ?? one.shape, former: null }))
      : countedProperties(blocks, marks)
    if (isExact(blocks, marks, properties)) exact++
    else wrong++
  }
  return { exact, wrong }
}

test.each([
  [2, short],
  [3, short],
  [4, long],
  [5, long],
])('all documents of %i blocks: accepting is clean, rejecting is base', (length, choices) => {
  const { exact, wrong } = tally(length, choices)
  expect(wrong).toBe(0)
  expect(exact).toBeGreaterThan(500)
})

test('the harness sees the obvious mapping fail: each kind in its own mark', () => {
  expect(tally(3, short, true).wrong).toBeGreaterThan(10_000)
})
