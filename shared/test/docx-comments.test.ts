/** Comments in Word files: on each change who stands behind it, who else proposes it, and why it was decided. */
import { expect, test } from 'vitest'
import { exportDocx, proveDocx, remarksOn, reportOf } from '../src/docx/index.ts'
import { decisionsOf } from '../src/ledger/index.ts'
import { markedViews } from '../src/text/index.ts'
import { opened } from './docx-handmade.ts'
import { partOf } from './docx-reading.ts'
import { faultOfOpenXml, settledByDocxodus, startDocxodus } from './strangers/docxodus.ts'
import { changeWith } from '../src/testing/meeting.ts'
import { Draft, noted } from './text-draft.ts'

const base = [
  'number RESOLUTION 45',
  'call recalling',
  'text one^1^ two three',
  'text four',
  'text five',
  'footnote 1 Words of it.',
].map(noted)

function drafted(): Draft {
  const draft = new Draft(base)
  draft.as('B', (pen) => pen.insert(draft.at(2, 8), ' and more'))
  draft.as('CAN', (pen) => pen.erase(draft.at(1, 0), draft.at(1, 3)))
  draft.as('B', (pen) => pen.erase(draft.at(1, 0), draft.at(1, 3)))
  draft.as('B', (pen) => pen.split(draft.at(3, 2)))
  draft.as('B', (pen) => pen.insert(draft.at(6, 5), ' all'))
  draft.as('CAN', (pen) => pen.strikeParagraphs([draft.paragraphs[5]!.key]))
  draft.chair('accept', changeWith(draft.ledger, 'and more'), 'Agreed in the drafting group')
  return draft
}

const facts = {
  title: 'Resolution 45',
  language: 'en',
  delegations: [
    { code: 'B', name: 'Brazil' },
    { code: 'CAN', name: 'Canada' },
  ],
  at: Date.UTC(2017, 9, 9),
}

const fileOf = (draft: Draft, persons: boolean): Uint8Array =>
  exportDocx({
    ...facts,
    text: markedViews(draft.ledger),
    writings: persons
      ? {
          insertion: () => ({ at: Date.UTC(2017, 8, 1), person: 'Ana' }),
          stretch: () => Infinity,
          entry: (code) => ({ at: Date.UTC(2017, 8, 2), person: code === 'B' ? 'Ana' : 'Bo' }),
        }
      : null,
    remarks: remarksOn(draft.ledger.changes(), decisionsOf(draft.ydoc).toArray()),
  })

const commentsIn = (docx: Uint8Array): string[] =>
  opened(docx).comments.map(
    ({ by, text, paragraph }) => `${paragraph} ${by.author} ${by.date}: ${text}`,
  )

test('without persons: further proposers, and the notes of decisions', () => {
  const file = fileOf(drafted(), false)
  expect(commentsIn(file)).toEqual([
    '2 Brazil 2017-10-09T00:00:00Z: Also proposed by Canada',
    '3 Brazil 2017-10-09T00:00:00Z: Accepted: Agreed in the drafting group',
  ])
  expect(proveDocx(file)).toMatchObject({ isProved: true })
  expect(reportOf(opened(file)).map(({ paragraph, what }) => [paragraph, what])).toContainEqual([
    2,
    'a comment of Brazil, 2017-10-09 00:00: Also proposed by Canada',
  ])
})

test('with persons: one comment for each change, splits and those in footnotes included', () => {
  const file = fileOf(drafted(), true)
  expect(commentsIn(file)).toEqual([
    '2 Brazil 2017-09-02T00:00:00Z: Written by Ana\nAlso proposed by Canada',
    '3 Brazil 2017-09-01T00:00:00Z: Written by Ana',
    '3 Brazil 2017-09-01T00:00:00Z: Written by Ana\nAccepted: Agreed in the drafting group',
    '4 Brazil 2017-09-01T00:00:00Z: Written by Ana',
    '6 Canada 2017-09-02T00:00:00Z: Written by Bo',
  ])
  expect(proveDocx(file)).toMatchObject({ isProved: true })
  expect(partOf(file, 'word/footnotes.xml')).not.toContain('comment')
  const ids = [
    ...(partOf(file, 'word/document.xml') + partOf(file, 'word/footnotes.xml')).matchAll(
      /<w:(?:ins|del|commentReference) w:id="(\d+)"/g,
    ),
  ].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('none where nothing is to be said, and none unless they are asked for', () => {
  const draft = new Draft(base)
  draft.as('B', (pen) => pen.insert(draft.at(2, 8), ' and more'))
  expect(commentsIn(fileOf(draft, false))).toEqual([])
  const plain = exportDocx({ text: markedViews(drafted().ledger), ...facts })
  expect(commentsIn(plain)).toEqual([])
})

test('the Open XML SDK finds the file valid, and docxodus settles it', async () => {
  await startDocxodus()
  const draft = drafted()
  const file = fileOf(draft, true)
  expect(await faultOfOpenXml(file)).toBe(null)
  for (const reading of ['accepted', 'rejected'] as const) {
    const settled = opened(await settledByDocxodus(file, reading))
    const lines = settled.paragraphs.map(({ letters }) => letters.map(({ text }) => text).join(''))
    const { paragraphs } = draft.ledger.project(reading === 'accepted' ? 'clean' : 'base')
    const meant = paragraphs.filter(({ kind }) => kind !== 'footnote')
    expect(lines).toEqual([...meant.map(({ text }) => text.replace('\ufffc', '1')), ''])
  }
}, 60_000)
