import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprint, formatLabel, parseEdition, printEdition } from '../src/resolution/index.ts'
import type { Edition, Provision, Repair } from '../src/resolution/index.ts'

const numberLine: Provision = {
  kind: 'number',
  level: 1,
  label: null,
  text: 'RESOLUTION 7 (Rev. Geneva, 2024)',
  formats: [],
}

const line = (kind: Provision['kind'], text: string): Provision => ({
  ...numberLine,
  kind,
  text,
})

const item = (label: string, text: string, level = 1): Provision => ({
  ...line('item', text),
  label,
  level,
})

function edition(provisions: readonly Provision[], repairs: readonly Repair[] = []): Edition {
  const title = provisions.find(({ kind }) => kind === 'title')?.text ?? ''
  return {
    id: 'res7-geneva-2024',
    organ: 'PP',
    conference: 'Plenipotentiary Conference',
    place: 'Geneva',
    year: 2024,
    number: 7,
    language: 'en',
    title,
    source: { file: 'source.txt', sha256: '0'.repeat(64) },
    repairs,
    hash: fingerprint(provisions),
    provisions,
  }
}

const head = [numberLine, line('title', 'Title'), line('call', 'resolves')]

/** A text of whole graphemes without white space at its ends, marks and backslashes among them. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('*', '\\', '^', '~', ' ', '\u00A0', '–', 'b)bis', '---', '#'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) =>
    parts
      .join('')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
      .trim(),
  )
  .filter((text) => text !== '')

const formatted = texts.chain((text) => {
  const places = [...new Intl.Segmenter('en').segment(text)].map(({ index }) => index)
  places.push(text.length)
  return fc.subarray(places).chain((some) =>
    fc
      .array(fc.constantFrom('italic', 'bold', 'superscript', 'subscript'), {
        minLength: some.length,
        maxLength: some.length,
      })
      .map((names) => ({
        text,
        formats: some
          .slice(1)
          .map((to, index) => ({ from: some[index]!, to, format: names[index]! }))
          // Spans of one format that touch are one span.
          .filter(({ format }, index) => index === 0 || names[index - 1] !== format),
      })),
  )
})

const sections = fc
  .array(
    fc.record({
      call: formatted,
      style: fc.constantFrom('letter', 'number'),
      items: fc.array(
        fc.record({ body: formatted, nested: fc.array(formatted, { maxLength: 3 }) }),
        { maxLength: 4 },
      ),
      text: fc.option(formatted, { nil: null }),
    }),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.flatMap(({ call, style, items, text }): Provision[] => [
      { ...line('call', ''), ...call },
      ...items.flatMap(({ body, nested }, index): Provision[] => [
        { ...item(formatLabel(style, index + 1), ''), ...body },
        ...nested.map((inner, at) => ({ ...item(formatLabel('roman', at + 1), '', 2), ...inner })),
      ]),
      ...(text ? [{ ...line('text', ''), ...text }] : []),
    ]),
  )

const repairs = fc.array(
  fc.oneof(
    fc.record({
      what: fc.constant('moved'),
      text: texts,
      from: fc.nat(99).map((n) => n + 1),
      to: fc.nat(99).map((n) => n + 1),
      reason: texts,
    }),
    fc.record({
      what: fc.constant('restored'),
      text: texts,
      at: fc.nat(99).map((n) => n + 1),
      reason: texts,
    }),
    fc.record({
      what: fc.constant('removed'),
      text: texts,
      at: fc.array(
        fc.nat(99).map((n) => n + 1),
        { minLength: 1 },
      ),
      reason: texts,
    }),
  ),
  { maxLength: 3 },
)

describe('the corpus format', () => {
  test('gives back every edition that it prints', () => {
    fc.assert(
      fc.property(formatted, sections, repairs, (title, body, drawnRepairs) => {
        const written = edition(
          [numberLine, { ...line('title', ''), ...title }, ...body],
          drawnRepairs,
        )
        const file = printEdition(written)
        const parsed = parseEdition(file)
        expect(parsed).toEqual({ edition: written })
        if ('edition' in parsed) expect(printEdition(parsed.edition)).toBe(file)
      }),
    )
  })

  test('is one readable line a paragraph', () => {
    const file = printEdition(
      edition([
        ...head,
        item('1', 'to review:'),
        {
          ...item('i)', 'the work, inter alia by ITU;', 2),
          formats: [{ from: 10, to: 20, format: 'italic' }],
        },
        line('call', 'invites'),
        line('text', 'to go on.'),
        { ...line('footnote', 'A note.'), label: '1' },
      ]),
    )
    expect(file.slice(file.indexOf('number      '))).toBe(
      [
        'number      RESOLUTION 7 (Rev. Geneva, 2024)',
        'title       Title',
        '',
        'call        resolves',
        'item        1   to review:',
        'item            i)  the work, *inter alia* by ITU;',
        '',
        'call        invites',
        'text        to go on.',
        '',
        'footnote    1   A note.',
        '',
      ].join('\n'),
    )
  })

  test('answers anything with an edition or with problems that have a place in it', () => {
    const file = printEdition(edition([...head, item('1', 'one;'), item('2', 'two.')]))
    const mutated = fc
      .tuple(fc.nat(file.length), fc.nat(20), fc.string({ maxLength: 12 }))
      .map(([at, length, text]) => file.slice(0, at) + text + file.slice(at + length))
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.string(),
          fc.string().map((text) => `---\n${text}\n---\n`),
        ),
        (text) => {
          const parsed = parseEdition(text)
          if ('edition' in parsed) {
            expect(parseEdition(printEdition(parsed.edition))).toEqual(parsed)
            return
          }
          expect(parsed.problems.length).toBeGreaterThan(0)
          const lines = text.split('\n')
          for (const { line, column } of parsed.problems) {
            expect(line).toBeGreaterThan(0)
            expect(line).toBeLessThanOrEqual(lines.length)
            expect(column).toBeGreaterThan(0)
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          }
        },
      ),
    )
  })

  test('refuses a YAML alias, whose value stands elsewhere or nowhere', () => {
    const file = printEdition(edition(head))
    const parsed = parseEdition(file.replace('id: ', 'id: *'))
    expect(parsed).toEqual({ problems: [{ line: 2, column: 5, message: 'no YAML aliases here' }] })
  })

  test('names a line of the front matter also after what YAML cannot read', () => {
    const file = printEdition(edition(head)).replace('source:\n  file', 'source:\n]  file')
    const end = file.split('\n').indexOf('---', 1) + 1
    const parsed = parseEdition(file)
    const lines = 'problems' in parsed ? parsed.problems.map((problem) => problem.line) : []
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toBeLessThanOrEqual(end)
    expect(lines[0]).toBe(10)
  })

  test.each<[string, Provision]>([
    ['an item without a label', { ...item('1', 'one'), label: null }],
    ['a text with a label', { ...line('text', 'one'), label: '1' }],
    ['a label with a space', item('1 bis', 'one')],
    ['white space at an end', item('1', 'one ')],
    ['two lines', item('1', 'one\ntwo')],
    ['nothing', item('1', '')],
    ['a level between levels', item('1', 'one', 1.5)],
    ['an empty format', { ...item('1', 'one'), formats: [{ from: 1, to: 1, format: 'bold' }] }],
    [
      'a format past the end',
      { ...item('1', 'one'), formats: [{ from: 1, to: 4, format: 'bold' }] },
    ],
  ])('cannot hold %s', (_, provision) => {
    expect(() => printEdition(edition([...head, provision]))).toThrow(RangeError)
  })
})
