/** Akoma Ntoso: valid against its schema, and both texts in it, letter by letter. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { exportStatement } from '../src/akn/index.ts'
import { provisionsOf } from '../src/ledger/index.ts'
import type { Projection } from '../src/ledger/index.ts'
import { Play, played, scripts } from '../src/testing/index.ts'
import { markedViews } from '../src/text/index.ts'
import { Draft, provision } from './text-draft.ts'

const schema = (fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`akn/${fileName}`, import.meta.url), 'utf8'),
})
const schemas = { main: schema('akomantoso30.xsd'), xml: schema('xml.xsd') }

/** What the schema has against files, empty where they are valid. */
async function complaints(...files: readonly string[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: files.map((contents, k) => ({ fileName: `${k}.xml`, contents })),
    schema: [schemas.main],
    preload: [schemas.xml],
    initialMemoryPages: 512,
    maxMemoryPages: 4096,
  })
  return errors.map(({ message }) => message)
}

/** The letters of one reading: those outside every element `without`, metadata left out. */
function lettersOf(xml: string, without: 'ins' | 'del'): string {
  let letters = ''
  let hidden = 0
  const hides = (name: string) => name === without || name === 'meta'
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => (hidden += hides(name) ? 1 : 0))
  parser.on('closetag', ({ name }) => (hidden -= hides(name) ? 1 : 0))
  parser.on('text', (text) => (letters += hidden > 0 ? '' : text))
  parser.write(xml.slice(xml.indexOf('<akomaNtoso'))).close()
  return letters
}

/** The outline puts footnotes last, and tabs and line ends are the reader's. */
const lettersIn = (projection: Projection): string =>
  provisionsOf(projection)
    .toSorted((a, b) => Number(a.kind === 'footnote') - Number(b.kind === 'footnote'))
    .map(({ label, text }) => `${label ?? ''}${text}`)
    .join('')

const facts = {
  edition: 'res45-dubai-2014',
  number: 45,
  year: 2014,
  organ: 'WTDC',
  conference: 'World Telecommunication Development Conference',
  name: 'Resolution 45 (Rev. Dubai, 2014)',
  language: 'en',
  delegations: [
    { code: 'B', name: 'Brazil' },
    { code: 'USA', name: 'United States & others' },
  ],
  at: Date.UTC(2017, 9, 9, 8, 30),
}

const base = [
  'number RESOLUTION 45 (Rev. Dubai, 2014)',
  'title Mechanisms for enhancing cooperation',
  'adopting The World Telecommunication Development Conference (Dubai, 2014),',
  'call recalling',
  'item a) one two;',
  'item/2 i) deeper;',
  'item b) three < four;',
  'call considering',
  'call resolves',
  'item 1 to go on:',
  'item/2 i) here;',
  'item/2 ii) there;',
  'text and everywhere.',
  'call instructs the Director',
  'annexNumber ANNEX 1',
  'annexTitle Terms',
  'item 1 first',
]

const marked = ({ ledger }: Pick<Draft, 'ledger'>): string =>
  exportStatement({ text: markedViews(ledger), ...facts })

describe('Akoma Ntoso', () => {
  test('puts every kind of paragraph where the profile of the United Nations has it', async () => {
    const draft = new Draft(base.map(provision))
    const xml = exportStatement({ text: draft.ledger.project('base'), ...facts })
    expect(await complaints(xml)).toEqual([])
    expect(xml).toContain('<preface><p eId="preface_1"><docNumber>RESOLUTION 45')
    expect(xml).toContain('<heading>recalling</heading><recital eId="recs_1__rec_1"><num>a)</num>')
    expect(xml).toContain('<item eId="recs_1__rec_1__list__item_1"><num>i)</num><p>deeper;</p>')
    expect(xml).toContain('<hcontainer name="operative" eId="body_1"><heading>resolves</heading>')
    expect(xml).toContain('<intro><p>to go on:</p></intro><point eId="body_1__para_1__point_1">')
    expect(xml).toContain('<hcontainer name="annex" eId="annex_1"><heading>ANNEX 1<eol/>Terms')
    expect(lettersOf(xml, 'ins')).toBe(lettersIn(draft.ledger.project('base')))
  })

  test('tells a replacement, a new item and the labels that it moves, and whose they are', async () => {
    const draft = new Draft(base.map(provision))
    const from = draft.at(6, 'three '.length)
    draft.as('B', (pen) => pen.replace(from, draft.at(6, 'three <'.length), 'is more than'))
    const xml = marked(draft)
    expect(await complaints(xml)).toEqual([])
    expect(xml).toContain('<del eId="del_1" refersTo="#delegation_B">')
    expect(xml).toContain('<textualMod type="substitution" eId="mod_1" refersTo="#delegation_B">')
  })

  test('whatever delegations and a chair do, it is valid and holds both texts', async () => {
    const files: string[] = []
    fc.assert(
      fc.property(scripts(40), ({ seats, steps }) => {
        const play = new Play(seats)
        played(play, { steps }, () => [])
        const views = markedViews(play.meeting.ledger)
        const xml = exportStatement({ text: views, ...facts })
        expect(lettersOf(xml, 'del')).toBe(lettersIn(views.clean))
        expect(lettersOf(xml, 'ins')).toBe(lettersIn(views.base))
        files.push(xml)
      }),
      { numRuns: Number(process.env['FUZZ'] ?? 20) },
    )
    expect(await complaints(...files.slice(0, 50))).toEqual([])
  })
})
