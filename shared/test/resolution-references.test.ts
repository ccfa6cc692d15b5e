/** References to provisions in words. */
import { expect, test } from 'vitest'
import { referencesIn } from '../src/resolution/index.ts'

const calls = [
  'considering',
  'considering further',
  'resolves',
  'instructs the Director of the Telecommunication Development Bureau',
  'invites the Secretary-General,',
].map((words, i) => ({ key: `${i}`, words }))

/** What a text refers to: calls, words and labels. */
const said = (text: string): string[] =>
  referencesIn(text, calls).map(({ calls: keys, call, path, from, to }) => {
    expect(text.slice(from, to).replaceAll('\u00a0', ' ')).toBe(path)
    return `${keys.join()} ${call} ${path}`
  })

test('X1: a label after the words of a call, or the first of them, is a reference', () => {
  expect(said('as in considering e) above')).toEqual(['0 considering e)'])
  expect(said('Considering\u00a0further a), and')).toEqual(['1 Considering further a)'])
  expect(said('to implement resolves 2')).toEqual(['2 resolves 2'])
  expect(said('to implement resolves 2.')).toEqual(['2 resolves 2'])
  expect(said('to report on resolves 2 to report that')).toEqual(['2 resolves 2'])
  expect(said('under resolves 2 a) and 3 below')).toEqual(['2 resolves 2 a)', '2 resolves 3'])
  expect(said('instructs the Director 3 of this Resolution')).toEqual([
    '3 instructs the Director 3',
  ])
  expect(said('invites the Secretary-General 1')).toEqual(['4 invites the Secretary-General 1'])
  expect(said('considering a) to c bis), d)bis, and 3A')).toEqual([
    '0 considering a)',
    '0 considering c bis)',
    '0 considering d)bis',
    '0 considering 3A',
  ])
})

test('X1: what names another text, or is no label, is none', () => {
  for (const text of [
    'resolves 2 of Resolution 123 (Rev. Dubai, 2018)',
    'considering a) and b) of Resolution 130',
    'considering e), Resolution 130',
    'considering e) (Resolution 130)',
    'resolves 2 in the annex to Resolution 5',
    'Resolution 130 (Rev. Busan, 2014), resolves 2',
    'Resolution 130, in its considering e)',
    'the Director in its resolves 2',
    'considering that 3 countries',
    'resolves 2014',
    'unresolves 2',
    'considering',
    'considering e',
    'instructs the Council 2',
    'resolves 2nd',
  ]) {
    expect(said(text)).toEqual([])
  }
  expect(said('resolves 1 and 2 countries')).toEqual(['2 resolves 1'])
})
