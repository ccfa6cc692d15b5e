/**
 * Random drafts before engines that we did not write: docxodus, the Open XML SDK and, where they are
 * installed, pandoc and LibreOffice. `pnpm -F @revmark/shared strangers` does it with many more.
 */
import { beforeAll, expect, test } from 'vitest'
import { startDocxodus } from './strangers/docxodus.ts'
import { Judgement, markedFile } from './strangers/judgement.ts'
import { judgedFaults } from './strangers/libreoffice-faults.ts'
import { libreOfficeLacks } from './strangers/libreoffice.ts'
import { aroundPandoc, hasPandoc, readByPandoc } from './strangers/pandoc.ts'
import { randomDraft } from './strangers/random-draft.ts'
import { Draft, noted } from './text-draft.ts'

/** The first ten of the sixty: which drafts, the long run chooses. */
const seed = 1

const drafts = Array.from({ length: 10 }, (_, i) => randomDraft(seed + i))
const lacks = libreOfficeLacks()

beforeAll(startDocxodus, 30_000)

test('docxodus accepts, rejects and proves what several delegations and a chair did', async () => {
  const judgement = new Judgement()
  for (const draft of drafts) await judgement.byDocxodus(draft)
  expect(judgement.failures).toEqual([])
}, 180_000)

test.skipIf(!hasPandoc)('pandoc, where it is installed, reads what they did', () => {
  const judgement = new Judgement()
  for (const draft of drafts) judgement.byPandoc(draft)
  expect(judgement.failures).toEqual([])
})

test.skipIf(!hasPandoc)(
  'pandoc, where it is installed, reads a file told around its own fault',
  () => {
    const draft = new Draft(
      ['number RESOLUTION 45', 'title T', 'text one', 'text two^1^ three', 'footnote 1 Words.'].map(
        noted,
      ),
    )
    draft.as('A', (pen) => pen.joinBackward(draft.paragraphs[3]!.key))
    const around = aroundPandoc(markedFile(draft), 'accepted')
    expect(readByPandoc(around, 'accepted')).toBe('RESOLUTION45TonetwoWords.three')
    expect(readByPandoc(markedFile(draft), 'accepted')).toBe('RESOLUTION45TtwooneWords.three')
  },
)

test.skipIf(lacks !== null)(
  `LibreOffice settles what they did${lacks ? `: ${lacks}` : ''}`,
  () => {
    const judgement = new Judgement()
    judgement.byLibreOffice(drafts.slice(0, 3))
    expect(judgement.failures).toEqual([])
    expect(judgedFaults().filter(({ isMended }) => !isMended)).toEqual([])
  },
  120_000,
)
