/** The list of changes, kept up to date. */
import { Meeting, provision } from '@revmark/shared/testing'
import { expect, test } from 'vitest'
import { ChangeFeed } from '../src/session/feed.ts'

const base = [
  'number RESOLUTION 1',
  'title Title',
  'call resolves',
  'item 1 one;',
  'item 2 two;',
  'item 3 three.',
]

test('what another delegation writes between moved paragraphs renumbers them in the list', async () => {
  const meeting = new Meeting(base.map(provision))
  const [a, b] = [meeting.admit('A'), meeting.admit('B')]
  const clean = () => a.ledger.project('clean').paragraphs
  const named = clean().filter(({ text }) => /one|two/.test(text))
  a.pen.move(
    named.map(({ key }) => key),
    'down',
  )
  meeting.sync()
  const feed = new ChangeFeed(a.ledger)
  const addresses = () => feed.snapshot().flatMap(({ moves }) => moves.map((one) => one.address))
  expect(addresses()).toEqual(['resolves 2', 'resolves 3'])
  const renewed = new Promise<void>((resolve) => feed.subscribe(resolve))
  const line = clean().findIndex(({ text }) => text === 'one;')
  b.pen.split(b.at(line, 'one;'.length, 'clean'))
  meeting.sync()
  await renewed
  expect(addresses()).toEqual(['resolves 2', 'resolves 4'])
  feed.destroy()
})
