import type { Change, Conflict, MovedParagraph } from '@revmark/shared/ledger'
import { describe, expect, test } from 'vitest'
import { excerptOf, kindName, signedWords } from '../src/panels/change-words.ts'
import { conflictWords, waysOut } from '../src/panels/conflict-words.ts'
import { actsOn } from '../src/panels/deciding.ts'
import { countsOf, filtered, groupsOf } from '../src/panels/filter.ts'

const change = (some: Partial<Change>): Change => ({
  id: 'i/B/pending/5000:0',
  kind: 'insertion',
  delegation: 'B',
  state: 'pending',
  paragraph: '1:0',
  address: 'recalling b)',
  inserted: '',
  deleted: '',
  setting: null,
  moves: [],
  ins: [],
  del: [],
  set: [],
  entries: [],
  decisions: [],
  ...some,
})

const moved = (some: Partial<MovedParagraph> = {}): MovedParagraph => ({
  paragraph: '5000:0',
  address: 'recalling d)',
  origin: '1:0',
  former: 'recalling b)',
  inserted: 'words',
  deleted: 'words',
  ...some,
})

describe('who signed a change in the file that it came from', () => {
  const ana = { author: 'Ana Lima', date: '2017-09-25T16:22:00Z', isUtc: false }

  test('a date without a zone is told as it was written, and nothing is told that is not there', () => {
    expect(signedWords([])).toBe('')
    expect(signedWords([ana])).toMatch(/^Signed in the file by Ana Lima, .*2017.*4:22|16:22/)
    expect(signedWords([{ ...ana, date: null }])).toBe('Signed in the file by Ana Lima')
    expect(signedWords([{ ...ana, date: 'lately', isUtc: true }])).toBe(
      'Signed in the file by Ana Lima',
    )
    expect(signedWords([{ author: null, date: null, isUtc: false }])).toBe(
      'Signed in the file by nobody by name',
    )
  })

  test('several are counted', () => {
    const by = (author: string) => ({ author, date: null, isUtc: false })
    expect(signedWords([by('A'), by('B'), by('B'), by('C')])).toBe(
      'Signed in the file by A and 2 more',
    )
  })
})

describe('the words of a change', () => {
  test.each<[Partial<Change>, string]>([
    [{ kind: 'insertion', inserted: 'new' }, '+new'],
    [{ kind: 'deletion', deleted: 'old' }, '-old'],
    [{ kind: 'replacement', deleted: 'old', inserted: 'new' }, '-old +new'],
    [{ kind: 'paragraph inserted', inserted: 'new;' }, '+new; ¶'],
    [{ kind: 'paragraph deleted', deleted: 'old;' }, '-old; ¶'],
    [{ kind: 'split' }, '+¶'],
    [{ kind: 'join' }, '-¶'],
    [{ kind: 'deletion', deleted: '  ' }, '-␣␣'],
    [{ kind: 'paragraph moved', moves: [moved()], deleted: 'a', inserted: 'b' }, '-a +b'],
  ])('%o reads %s', (some, words) => {
    const excerpt = excerptOf(change(some))
    expect(excerpt.map(({ mark, text }) => (mark === 'ins' ? '+' : '-') + text).join(' ')).toBe(
      words,
    )
  })

  test('what was moved says from where, and its words once where they are the same', () => {
    const one = change({
      kind: 'paragraph moved',
      moves: [moved()],
      inserted: 'words',
      deleted: 'words',
    })
    expect(kindName(one)).toBe('Moved from recalling b)')
    expect(excerptOf(one)).toEqual([{ mark: 'span', text: 'words' }])
    const two = {
      ...one,
      moves: [moved({ former: '' }), moved()],
      inserted: 'a\nb',
      deleted: 'a\nb',
    }
    expect(kindName(two)).toBe('Moved from another place, 2 paragraphs')
    expect(excerptOf(two)).toEqual([{ mark: 'span', text: 'a ¶ b' }])
  })

  test('moves, and what others do with what is moved, are named, with ways out', () => {
    const kind = 'paragraph moved' as const
    const move = change({ kind, moves: [moved()] })
    const other = change({ kind, delegation: 'CAN', moves: [moved({ paragraph: '6000:0' })] })
    const edit = change({ delegation: 'CAN', inserted: 'x' })
    const deletion = change({ kind: 'deletion', delegation: 'CAN' })
    const said = (one: Change, conflict: Conflict) => conflictWords(one, conflict, (code) => code)
    expect(said(move, { kind: 'collision', changes: [other] })).toBe(
      'Collides with CAN: another place for the same paragraph',
    )
    expect(said(move, { kind: 'edit', changes: [edit] })).toBe('CAN edits what this moves')
    expect(said(move, { kind: 'edit', changes: [deletion] })).toBe(
      'CAN proposes to delete what this moves',
    )
    expect(said(edit, { kind: 'edit', changes: [move] })).toBe('B proposes to move what this edits')
    expect(said(deletion, { kind: 'edit', changes: [move] })).toBe(
      'B proposes to move what this deletes',
    )
    for (const [one, met] of [
      [move, edit],
      [edit, move],
    ] as const) {
      expect(waysOut(one, { kind: 'edit', changes: [met] })).toEqual([
        {
          words: 'Move, without the other',
          steps: [
            ['reject', [edit]],
            ['accept', [move]],
          ],
        },
        { words: 'Leave it: reject the move', steps: [['reject', [move]]] },
      ])
    }
  })

  test('of a long text the middle is left out, both ends stay', () => {
    const [stretch] = excerptOf(change({ inserted: `start ${'x'.repeat(400)} end` }))
    expect(stretch!.text).toMatch(/^start x+ … x+ end$/)
    expect(stretch!.text.length).toBeLessThan(220)
  })
})

describe('the list', () => {
  const list = [
    change({ id: '1' }),
    change({ id: '2', state: 'accepted', delegation: 'CAN' }),
    change({ id: '3', paragraph: '1:9', state: 'rejected' }),
    change({ id: '4', paragraph: '1:0', delegation: 'CAN' }),
  ]
  const ids = (changes: readonly Change[]) => changes.map(({ id }) => id).join('')

  test.each([
    ['pending', null, '14'],
    ['decided', null, '23'],
    ['all', null, '1234'],
    ['pending', 'CAN', '4'],
    ['decided', 'B', '3'],
  ] as const)('shows what is %s of %s', (show, delegation, expected) => {
    expect(ids(filtered(list, { show, delegation, only: null }, new Map()))).toBe(expected)
  })

  test('counts what each choice would show', () => {
    const of = (delegation: string | null) =>
      countsOf(list, { show: 'all', delegation, only: null }, new Map())
    expect(of(null)).toEqual({ pending: 2, decided: 2, all: 4 })
    expect(of('CAN')).toEqual({ pending: 1, decided: 1, all: 2 })
  })

  test('groups neighbours of one paragraph, in the order of the text', () => {
    expect(groupsOf(list).map(({ changes }) => ids(changes))).toEqual(['12', '3', '4'])
  })
})

describe('conflicts', () => {
  const mine = change({ id: '1', kind: 'replacement', delegation: 'B' })
  const theirs = change({ id: '2', kind: 'replacement', delegation: 'CAN' })
  const struck = change({ id: '3', kind: 'paragraph deleted', delegation: 'MEX' })
  const nameOf = (code: string) => `<${code}>`

  test.each([
    [mine, 'collision', theirs, 'Collides with <CAN>: other words for the same words'],
    [mine, 'agreement', theirs, '<CAN> proposes the same'],
    [mine, 'edit', struck, '<MEX> proposes to delete what this edits'],
    [struck, 'edit', mine, '<B> edits what this deletes'],
  ] as const)('%# are said in words', (one, kind, other, words) => {
    expect(conflictWords(one, { kind, changes: [other] }, nameOf)).toBe(words)
  })

  test('are filtered, and what is in brackets too', () => {
    const conflicts = new Map([['1', [{ kind: 'collision' as const, changes: [theirs] }]]])
    const list = [mine, theirs, { ...struck, state: 'bracketed' as const }]
    const only = (some: 'collision' | 'edit' | 'bracketed') =>
      filtered(list, { show: 'all', delegation: null, only: some }, conflicts).map(({ id }) => id)
    expect([only('collision'), only('edit'), only('bracketed')]).toEqual([['1'], [], ['3']])
  })

  test('end in ways: the others are rejected before one is accepted, which covers their deletion', () => {
    const ways = waysOut(mine, { kind: 'collision', changes: [theirs] })
    expect(ways.map(({ words }) => words)).toEqual([
      'Bracket all',
      'Accept this, reject the others',
    ])
    expect(ways[1]!.steps.map(([verb, [first]]) => `${verb} ${first!.id}`)).toEqual([
      'reject 2',
      'accept 1',
    ])
    const keep = waysOut(mine, { kind: 'edit', changes: [struck] })[0]!
    expect(keep.steps).toEqual([['reject', [struck]]])
  })
})

describe('what may be done', () => {
  const seat = (role: 'chair' | 'delegate' | 'observer', delegation: string | null) => ({
    id: 'x',
    name: 'X',
    role,
    delegation,
    meeting: 'm1',
  })

  test.each([
    ['the chair', seat('chair', null), 'pending', true, 'accept reject bracket'],
    ['the chair', seat('chair', null), 'accepted', true, 'reopen'],
    ['the chair', seat('chair', null), 'rejected', true, 'reopen'],
    ['its owner', seat('delegate', 'B'), 'pending', true, 'withdraw'],
    ['its owner', seat('delegate', 'B'), 'accepted', true, ''],
    ['its owner while writing has stopped', seat('delegate', 'B'), 'pending', false, ''],
    ['another delegation', seat('delegate', 'CAN'), 'pending', true, ''],
    ['the chair', seat('chair', null), 'bracketed', true, 'accept reject reopen'],
    ['an observer', seat('observer', null), 'pending', true, ''],
  ] as const)('by %s (%o) when it is %s', (_who, who, state, editable, acts) => {
    expect(actsOn(change({ state }), who, editable).join(' ')).toBe(acts)
  })
})
