/** Pages that stand alone: both texts in them, signed, nothing loaded. */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { exportPage } from '../src/html/index.ts'
import { provisionsOf } from '../src/ledger/index.ts'
import type { Projection } from '../src/ledger/index.ts'
import { Play, played, scripts } from '../src/testing/index.ts'
import { markedViews } from '../src/text/index.ts'
import { Draft, noted, provision } from './text-draft.ts'

/** The letters of one reading: what stands outside every element `without`, pilcrows left out. */
function lettersOf(html: string, without: 'ins' | 'del'): string {
  const body = html
    .slice(html.indexOf('<body>'), html.indexOf('</html>'))
    .replace(/<div class="legend">.*?<\/div>/s, '')
    .replaceAll('<br>', '')
    .replaceAll('<span class="mark">¶</span>', '')
  let letters = ''
  let hidden = 0
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => (hidden += name === without ? 1 : 0))
  parser.on('closetag', ({ name }) => (hidden -= name === without ? 1 : 0))
  parser.on('text', (text) => (letters += hidden > 0 ? '' : text))
  parser.write(body).close()
  return letters.replaceAll('\n', '')
}

const lettersIn = (projection: Projection): string =>
  provisionsOf(projection)
    .map(({ label, text }) => `${label ?? ''}${text}`)
    .join('')

const facts = {
  title: 'Resolution 45 (Rev. Dubai, 2014)',
  language: 'en',
  delegations: [{ code: 'B', name: 'Brazil & friends' }],
}

const base = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Mechanisms <i>',
  'call recalling',
  'item a) one two;',
  'item b) three four;',
].map(provision)

describe('a page that stands alone', () => {
  test('has ITU’s look, loads nothing, and writes no letter as an element', () => {
    const html = exportPage({ text: new Draft(base).ledger.project('base'), ...facts })
    expect(html).toContain('RESOLUTION 45 <span class="written">(Rev. Dubai, 2014</span>)')
    expect(html).toContain('Mechanisms &lt;i&gt;')
    expect(html).not.toMatch(/<script|<link|url\(|@import|https?:/)
    expect(html).not.toContain('legend">')
  })

  test('says whose a change is, in the mark and in the legend', () => {
    const draft = new Draft(base)
    draft.as('B', (pen) => pen.replace(draft.at(3, 4), draft.at(3, 7), 'three'))
    const html = exportPage({ text: markedViews(draft.ledger), ...facts })
    expect(html).toContain('<del class="by-0" title="Brazil &amp; friends">two</del>')
    expect(html).toContain('inserted by Brazil')
  })

  test('shows by a pilcrow where two paragraphs become one, and one two', () => {
    const draft = new Draft(base)
    draft.as('B', (pen) => pen.erase(draft.at(3, 'one two;'.length), draft.at(4, 0)))
    draft.as('B', (pen) => pen.split(draft.at(1, 'Mechanisms'.length)))
    const html = exportPage({ text: markedViews(draft.ledger), ...facts })
    const by = 'class="by-0" title="Brazil &amp; friends"'
    expect(html).toContain(`Mechanisms<ins ${by}><span class="mark">¶</span></ins></p>`)
    expect(html).toContain(`one two;<del ${by}><span class="mark">¶</span></del></span></p>`)
  })

  test('says of a paragraph that was moved from where and to where', () => {
    const draft = new Draft(base)
    draft.as('B', (pen) => {
      pen.move([draft.ledger.project('clean').paragraphs[3]!.key], 'down')
    })
    const pages = (['marked', 'clean'] as const).map((view) => {
      const text = view === 'clean' ? draft.ledger.project(view) : markedViews(draft.ledger)
      return exportPage({ text, ...facts })
    })
    const [said, plain] = pages.map((html) => [...html.matchAll(/<p[^>]* data-moved="(.*?)"/g)])
    expect(said!.map(([, words]) => words)).toEqual([
      'moved to recalling b)',
      'moved from recalling a)',
    ])
    expect(plain).toEqual([])
  })

  test('the number of a footnote leads to it, wherever it moved', () => {
    const draft = new Draft(
      ['number RESOLUTION 45', 'text one^1^ two', 'footnote 1 Words.'].map(noted),
    )
    draft.as('B', (pen) => pen.insertNote(draft.at(1, 1), 'New.'))
    const html = exportPage({ text: markedViews(draft.ledger), ...facts })
    const links = [...html.matchAll(/<a href="#(.*?)"><sup>(\d)<\/sup><\/a>/g)].map(
      ([, anchor, number]) => `${anchor} ${number}`,
    )
    expect(links).toEqual(['footnote-1 1', 'footnote-2 1', 'footnote-2 2'])
    for (const [id, words] of [
      ['footnote-1', 'New.'],
      ['footnote-2', 'Words.'],
    ] as const)
      expect(html).toMatch(new RegExp(`<p class="footnote[^>]* id="${id}"[^>]*>.*${words}`))
  })

  test('reads right to left in Arabic', () => {
    const text = new Draft(base).ledger.project('base')
    expect(exportPage({ text, ...facts, language: 'ar' })).toContain('<html lang="ar" dir="rtl">')
  })

  test('whatever delegations and a chair do, it holds both texts', () => {
    fc.assert(
      fc.property(scripts(40), ({ seats, steps }) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const views = markedViews(play.meeting.ledger)
        const html = exportPage({ text: views, ...facts })
        expect(lettersOf(html, 'del')).toBe(lettersIn(views.clean))
        expect(lettersOf(html, 'ins')).toBe(lettersIn(views.base))
      }),
      { numRuns: Number(process.env['FUZZ'] ?? 20) },
    )
  })
})
