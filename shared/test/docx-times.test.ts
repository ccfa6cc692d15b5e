/** When what was written, as Word files tell it. */
import { expect, test } from 'vitest'
import { exportDocx, proveDocx } from '../src/docx/index.ts'
import { markedViews } from '../src/text/index.ts'
import { opened } from './docx-handmade.ts'
import { Draft, provision } from './text-draft.ts'

test('each revision has its own time and person, a deletion all its proposers', () => {
  const draft = new Draft(
    ['number RESOLUTION 45', 'call recalling', 'item a) one two;'].map(provision),
  )
  draft.as('B', (pen) => pen.insert(draft.at(2, 3), ' first'))
  draft.as('CAN', (pen) => pen.insert(draft.at(2, 13), ' second'))
  draft.as('CAN', (pen) => pen.erase(draft.at(2, 0), draft.at(2, 2)))
  draft.as('B', (pen) => pen.erase(draft.at(1, 0), draft.at(1, 3)))
  draft.as('CAN', (pen) => pen.erase(draft.at(1, 0), draft.at(1, 3)))
  const letters = draft.project('marked').paragraphs[2]!.pieces
  const tokenOf = (words: string) => {
    const { client, clock } = letters.find(({ text }) => text === words)!
    return `${client}:${clock}`
  }
  const times = new Map([[tokenOf(' first'), Date.UTC(2017, 8, 1, 10, 0, 0, 900)]])
  const bytes = exportDocx({
    text: markedViews(draft.ledger),
    title: 'Resolution 45',
    language: 'en',
    delegations: [{ code: 'B', name: 'Brazil' }],
    at: Date.UTC(2017, 9, 9),
    writings: {
      insertion: (token) => {
        const at = times.get(token)
        return at === undefined ? null : { at, person: 'Ana' }
      },
      stretch: () => Infinity,
      entry: (delegation) =>
        delegation === 'CAN' ? { at: Date.UTC(2017, 8, 2), person: null } : null,
    },
  })
  const signed = opened(bytes).paragraphs.flatMap(({ letters: each }) =>
    each.flatMap(({ text, inserted, deleted }) => {
      const by = inserted ?? deleted
      return by ? [[text, by.author, by.date, by.isUtc]] : []
    }),
  )
  expect(signed).toEqual([
    ['rec', 'Brazil', '2017-10-09T00:00:00Z', true],
    ['on', 'CAN', '2017-09-02T00:00:00Z', true],
    [' first', 'Brazil', '2017-09-01T10:00:00Z', true],
    [' second', 'CAN', '2017-10-09T00:00:00Z', true],
  ])
  const { properties } = opened(bytes)
  expect(properties.get('RevmarkPersons')).toBe('3: Ana')
  expect(properties.get('RevmarkAlsoProposedBy')).toBe('1: CAN')
  expect(proveDocx(bytes)).toMatchObject({ isProved: true })
})
