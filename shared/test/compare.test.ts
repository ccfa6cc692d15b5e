import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { align, editsBetween, redline } from '../src/compare/index.ts'
import type { Edit } from '../src/compare/index.ts'
import { plain, wordsOf } from '../src/compare/words.ts'
import { checkUpdate } from '../src/gate/index.ts'
import { Ledger, enterPerson, provisionsOf, serverClient, writeBase } from '../src/ledger/index.ts'
import { fingerprint } from '../src/resolution/index.ts'
import type { Kind, Provision } from '../src/resolution/index.ts'
import { provision } from '../src/testing/index.ts'

const applied = (base: string, edits: readonly Edit[]): string =>
  edits.reduceRight(
    (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
    base,
  )

const marked = (base: string, target: string): string => {
  const edits = editsBetween(base, target)
  return edits.reduceRight((text, { from, to, insert }) => {
    const struck = to > from ? `[-${base.slice(from, to)}-]` : ''
    return text.slice(0, from) + struck + (insert && `[+${insert}+]`) + text.slice(to)
  }, base)
}

describe('edits', () => {
  test('a year changes at its end, a place as a whole', () => {
    expect(
      marked('RESOLUTION 45 (Rev. Dubai, 2014)', 'RESOLUTION 45 (Rev. Buenos Aires, 2017)'),
    ).toBe('RESOLUTION 45 (Rev. [-Dubai-][+Buenos Aires+], 201[-4-][+7+])')
  })

  test('hard spaces, hyphens and quotes are nobody’s proposal', () => {
    expect(
      editsBetween('Resolution 45 of ITU-D "x"', 'Resolution\u00a045 of ITU\u2011D “x”'),
    ).toEqual([])
  })

  test('a short word between two replacements goes with them', () => {
    expect(marked('alpha beta of gamma delta', 'other words of quite another')).toBe(
      '[-alpha beta of gamma delta-][+other words of quite another+]',
    )
  })

  test('what is inserted inside a sentence leaves the rest alone', () => {
    expect(
      marked('the role of ITU in building', 'the strengthened role of ITU-D in building'),
    ).toBe('the [+strengthened +]role of ITU[+-D+] in building')
  })

  test('a paragraph of 20,000 words changes only where it changes', () => {
    const list = Array.from({ length: 20_000 }, (_, i) => `w${(i * i + (i >> 4)) % 3001}`)
    const target = list.with(100, 'first').with(10_000, 'second').with(19_900, 'third').join(' ')
    const edits = editsBetween(list.join(' '), target)
    expect(edits.map(({ insert }) => insert)).toEqual(['first', 'second', 'third'])
  })

  test('two long paragraphs without a phrase in common are one replacement', () => {
    const long = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join(' ')
    expect(editsBetween(long('a'), long('b'))).toHaveLength(1)
  })

  const sentence = fc
    .array(
      fc.constantFrom('the', 'role', 'of', 'ITU', 'in', '2014', '2017', ',', 'spam', '😀', '\n'),
      {
        maxLength: 30,
      },
    )
    .map((words) => words.join(' '))

  test('applied, the edits make the target', () => {
    fc.assert(
      fc.property(sentence, sentence, (base, target) => {
        const made = wordsOf(applied(base, editsBetween(base, target))).map(plain)
        expect(made).toEqual(wordsOf(target).map(plain))
      }),
    )
  })
})

const base = [
  'number RESOLUTION 1',
  'call recalling',
  'item a) the noble principles, aims and objectives of the Charter of the United Nations;',
  'item b) the goal set out in the strategic plan, which calls for availability of infrastructure;',
  'item c) that spam is a significant problem for users, networks and the Internet as a whole,',
].map(provision)

function drafted(target: readonly Provision[], from: readonly Provision[] = base) {
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, 'test', from)
  const before = new Y.Doc({ gc: false })
  Y.applyUpdate(before, Y.encodeStateAsUpdate(ydoc))
  const alignment = redline(ydoc, from, target, { client: 2000, delegation: 'X', user: 'x' })
  const update = Y.encodeStateAsUpdate(ydoc, Y.encodeStateVector(before))
  const verdict = checkUpdate(before, update, {
    user: 'x',
    delegation: 'X',
    owns: (client) => client === 2000,
  })
  ydoc.clientID = serverClient
  enterPerson(ydoc, 2000, { user: 'x', delegation: 'X' })
  const ledger = new Ledger(ydoc)
  return { alignment, verdict, ledger, clean: ledger.project('clean').paragraphs }
}

const written = (provisions: readonly Provision[], lines: readonly string[]): Provision[] => [
  ...provisions,
  ...lines.map(provision),
]

describe('redline', () => {
  test('the base stays the base and clean is the target', () => {
    const target = written(base.slice(0, 2), [
      'item a) a new paragraph about something that was not there before;',
      'item b) the noble principles and objectives of the Charter of the United Nations;',
      'item c) that spam is a significant and growing problem for users and networks as a whole,',
    ])
    const { ledger, clean } = drafted(target)
    expect(fingerprint(provisionsOf(ledger.project('base')))).toBe(fingerprint(base))
    expect(fingerprint(provisionsOf(ledger.project('clean')))).toBe(fingerprint(target))
    expect(clean.some(({ leftBehind }) => leftBehind)).toBe(false)
  })

  test('a paragraph that was split is split, not written anew', () => {
    const target = written(base.slice(0, 3), [
      'item b) the goal set out in the strategic plan;',
      'item c) which calls for availability of infrastructure;',
      `item d) ${base[4]!.text}`,
    ])
    const { alignment, ledger } = drafted(target)
    expect(alignment.steps[3]).toEqual({ base: { from: 3, to: 4 }, target: { from: 3, to: 5 } })
    expect(fingerprint(provisionsOf(ledger.project('clean')))).toBe(fingerprint(target))
    expect(ledger.changes().some(({ kind }) => kind === 'split')).toBe(true)
  })

  test('paragraphs that were merged are joined', () => {
    const target = written(base.slice(0, 2), [
      `item a) ${base[2]!.text.replace(';', '')} and ${base[3]!.text}`,
      `item b) ${base[4]!.text}`,
    ])
    const { ledger } = drafted(target)
    expect(fingerprint(provisionsOf(ledger.project('clean')))).toBe(fingerprint(target))
    expect(ledger.changes().some(({ kind }) => kind === 'join')).toBe(true)
  })

  test('a paragraph that moved is named', () => {
    const target = written(base.slice(0, 2), [
      `item a) ${base[4]!.text}`,
      `item b) ${base[2]!.text}`,
      `item c) ${base[3]!.text}`,
    ])
    const { alignment } = drafted(target)
    expect(alignment.moves).toEqual([{ base: 4, target: 2 }])
  })

  test('unrelated texts are a whole replacement, the number line’s words included', () => {
    const target = ['number X', 'call wholly', 'item a) other'].map(provision)
    const { ledger } = drafted(target)
    expect(fingerprint(provisionsOf(ledger.project('clean')))).toBe(fingerprint(target))
    expect(ledger.project('clean').paragraphs[0]!.key).toBe('1:0')
  })

  test('a text without a number line keeps the base’s', () => {
    const { ledger, alignment } = drafted(['call wholly', 'item a) other'].map(provision))
    expect(ledger.project('clean').paragraphs[0]!.text).toBe(base[0]!.text)
    expect(alignment.steps[0]).toEqual({ base: { from: 0, to: 1 }, target: { from: 0, to: 1 } })
  })

  const words = fc
    .array(
      fc.constantFrom(
        'the',
        'role',
        'of',
        'ITU',
        'security',
        'confidence',
        'spam',
        'networks',
        ',',
      ),
      { minLength: 1, maxLength: 14 },
    )
    .map((list) => list.join(' '))
  const paragraph = fc.record({
    kind: fc.constantFrom<Kind>('call', 'item', 'item', 'item', 'text'),
    level: fc.constantFrom(1, 1, 2),
    text: words,
  })
  const resolution = fc.array(paragraph, { maxLength: 12 }).map((list): Provision[] => [
    provision('number RESOLUTION 1'),
    ...list.map((each) => ({
      ...each,
      label: each.kind === 'item' ? 'a)' : null,
      formats: [],
    })),
  ])
  /** A version of a text: paragraphs left out, swapped, split, merged, reworded. */
  const version = fc
    .tuple(resolution, resolution, fc.array(fc.tuple(fc.nat(5), fc.nat(12)), { maxLength: 6 }))
    .map(([base, other, acts]) => {
      const target = [...base]
      for (const [act, place] of acts) {
        const at = 1 + (place % Math.max(1, target.length - 1))
        const each = target[at]
        const next = target[at + 1]
        const fresh = other[1 + (place % Math.max(1, other.length - 1))]
        if (!each) continue
        const half = each.text.indexOf(' ', each.text.length >> 1)
        if (act === 0) target.splice(at, 1)
        else if (act === 1 && fresh) target.splice(at, 0, fresh)
        else if (act === 2 && next) target.splice(at, 2, next, each)
        else if (act === 3 && next) target.splice(at, 2, { ...each, text: each.text + next.text })
        else if (act === 4 && half > 0) {
          const [left, right] = [each.text.slice(0, half), each.text.slice(half + 1)]
          target.splice(at, 1, { ...each, text: left }, { ...each, text: right })
        } else if (fresh) target[at] = { ...each, text: `${each.text} ${fresh.text}` }
      }
      return { base, target }
    })

  test('whatever became of a text: base is the one, clean the other', () => {
    const read = (provisions: readonly Provision[]) =>
      provisions.map(({ kind, level, text }) => [kind, level, text])
    fc.assert(
      fc.property(version, ({ base: from, target: to }) => {
        const { ledger, clean, verdict } = drafted(to, from)
        expect(verdict).toMatchObject({ ok: true })
        expect(fingerprint(provisionsOf(ledger.project('base')))).toBe(fingerprint(from))
        expect(read(provisionsOf(ledger.project('clean')))).toEqual(read(to))
        expect(clean.some(({ leftBehind }) => leftBehind)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('equal paragraphs without end are the same', () => {
    const alike = Array.from({ length: 500 }, () => provision('item a) the same words again;'))
    const other = provision('item a) something else in between;')
    const target = [...alike.slice(0, 250), other, ...alike.slice(250)]
    const inserted = { base: { from: 250, to: 250 }, target: { from: 250, to: 251 } }
    expect(align(alike, target).steps).toHaveLength(501)
    expect(align(alike, target).steps[250]).toEqual(inserted)
  })

  test('empty and very long texts are aligned', () => {
    expect(align([], []).steps).toEqual([])
    expect(align([], base).steps).toHaveLength(base.length)
    const long = Array.from({ length: 10_000 }, (_, i) =>
      provision(`item ${i} paragraph number ${i} of many`),
    )
    expect(align(long, long).steps).toHaveLength(10_000)
  })
})
