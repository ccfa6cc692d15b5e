import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  editionName,
  parseEdition,
  parseLabel,
  printEdition,
  sectionStyle,
} from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import { describe, expect, test } from 'vitest'
import { loadCorpus, ownFolders } from '../src/index.ts'

const corpus = loadCorpus()

const fileOf = ({ id }: Edition): string =>
  readFileSync(join(ownFolders.editions, `${id}.txt`), 'utf8')

const sourceOf = ({ source }: Edition): Buffer =>
  readFileSync(join(ownFolders.sources, source.file))

/** Replaces a place that occurs once; the test fails where it does not. */
function once(text: string, from: string, to: string): string {
  expect(text.split(from), `${JSON.stringify(from)} must occur once`).toHaveLength(2)
  return text.replace(from, () => to)
}

/** What each source would read without its repairs' causes, done by hand and not by the repairs. */
const mended: Readonly<Record<string, (source: string) => string>> = {
  'res45-doha-2006': (source) => source.replaceAll('*', '').replace(/^- /gm, ''),
  'res45-dubai-2014': (source) =>
    once(
      once(source, '\n2\n2018,\n\nto report the results', '\n2\nto report the results'),
      'Plenipotentiary Conference in\n',
      'Plenipotentiary Conference in 2018,\n',
    ),
  'res45-kigali-2022': (source) => {
    const [body, note] = once(source, '[footnoteRef:1];  [1: ', '1;[1: ').split('[1: ') as [
      string,
      string,
    ]
    const [text, rest] = note.split(']') as [string, string]
    const title = 'Mechanisms for enhancing cooperation on cybersecurity,'
    return `RESOLUTION 45 (Rev. Kigali, 2022) ${title} ${body} ${rest} 1 ${text}`
  },
  'res130-antalya-2006': (source) => source.replaceAll('*', '').replace(/^ ?- /gm, ''),
}

const withoutSpace = (text: string): string => text.replace(/\s/gu, '')

/** Each call with the labels under it, `recalling: a) b)`, unlabelled paragraphs as `¶`. */
function outline({ provisions }: Edition): string[] {
  const sections: string[] = []
  for (const { kind, label, text } of provisions) {
    if (kind === 'call') sections.push(`${text}:`)
    else if (sections.length > 0) sections.push(`${sections.pop()} ${label ?? '¶'}`)
  }
  return sections
}

describe.each(corpus.editions.map((edition) => [edition.id, edition] as const))(
  '%s',
  (_, edition) => {
    test('names its source by the hash of its bytes', () => {
      const sha256 = createHash('sha256').update(sourceOf(edition)).digest('hex')
      expect(edition.source.sha256).toBe(sha256)
    })

    test('has the letters of its source, white space and the listed repairs aside', () => {
      const source = mended[edition.id]!(sourceOf(edition).toString('utf8'))
      const letters = edition.provisions.map(({ label, text }) => `${label ?? ''}${text}`).join('')
      expect(withoutSpace(letters)).toBe(withoutSpace(source))
    })

    test('has the hash of its provisions, computed as documented', () => {
      const lines = edition.provisions.map(({ kind, level, label, text, formats }) =>
        JSON.stringify([
          kind,
          level,
          label,
          text,
          formats.map(({ from, to, format }) => [from, to, format]),
        ]),
      )
      const hash = createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex')
      expect(edition.hash).toBe(hash)
    })

    test('prints as the file that it was read from', () => {
      expect(printEdition(edition)).toBe(fileOf(edition))
      expect(parseEdition(printEdition(edition))).toEqual({ edition })
    })

    test('labels its lists in the style that their call asks for', () => {
      let call = ''
      for (const { kind, level, label, text } of edition.provisions) {
        if (kind === 'call') call = text
        if (kind !== 'item' || level > 1) continue
        expect(parseLabel(label!, sectionStyle(call)), `${call} ${label}`).not.toBeNull()
      }
    })

    test('has paragraphs of whole sentences: none begins or ends in the middle of a word', () => {
      for (const { kind, text } of edition.provisions) {
        expect(text).toBe(text.trim())
        if (kind === 'item') expect(text).toMatch(/[;,.:]$/)
      }
    })
  },
)

describe('Resolution 45 (Rev. Dubai, 2014)', () => {
  const edition = corpus.find('res45-dubai-2014')!

  test('has ten sections, their labels without a gap', () => {
    expect(outline(edition)).toEqual([
      'recalling: a) b) c) d) e) f) g) h) i) j) k) l) m) n) o) p) q)',
      'considering: a) b) c) d) e) f) g) h) i) j) k) l) m)',
      'recognizing: a) b) c) d) e) f) g) h) i) j)',
      'noting: a) b) c)',
      'resolves: 1 2',
      'instructs the Director of the Telecommunication Development Bureau: 1 2 3 4 5 6 7',
      'invites the Secretary-General, in coordination with the Directors of the ' +
        'Radiocommunication Bureau, the Telecommunication Standardization Bureau and the ' +
        'Telecommunication Development Bureau: 1 2',
      'requests the Secretary-General: 1 2',
      'invites Member States, Sector Members, Associates and Academia: 1 2 3',
      'invites Member States: 1 2',
    ])
  })

  test('opens with number, title and adopting line, each one paragraph', () => {
    expect(edition.provisions.slice(0, 3).map(({ kind, text }) => [kind, text])).toEqual([
      ['number', 'RESOLUTION 45 (Rev. Dubai, 2014)'],
      [
        'title',
        'Mechanisms for enhancing cooperation on cybersecurity, ' +
          'including countering and combating spam',
      ],
      ['adopting', 'The World Telecommunication Development Conference (Dubai, 2014),'],
    ])
    expect(edition.title).toBe(edition.provisions[1]!.text)
  })

  test('keeps the source’s wording, slips included', () => {
    const text = edition.provisions.map((provision) => provision.text).join('\n')
    expect(text).toContain('best practices and selfregulatory and technological measures')
    expect(text).toContain('to bring this Resolution to the attention of the next plenipotentiary')
    expect(text).toContain('to the Council and to the Plenipotentiary Conference in 2018,')
    expect(text).not.toMatch(/[“”‘’]/)
  })
})

describe('the other editions', () => {
  const letters = (last: string): string =>
    Array.from(
      { length: last.charCodeAt(0) - 96 },
      (_, n) => `${String.fromCharCode(97 + n)})`,
    ).join(' ')
  const numbers = (last: number): string =>
    Array.from({ length: last }, (_, n) => String(n + 1)).join(' ')

  test('Doha, 2006, has two sections called recalling and a paragraph without a label', () => {
    expect(outline(corpus.find('res45-doha-2006')!)).toEqual([
      `recalling: ${letters('d')}`,
      `considering: ${letters('e')}`,
      `recalling: ${letters('c')}`,
      `recognizing: ${letters('d')}`,
      `noting: ${letters('b')}`,
      'urges Member States: ¶',
      'resolves to instruct the Director of the Telecommunication Development Bureau: 1 2',
    ])
  })

  test('Doha, 2006, has inter alia in italics', () => {
    const italics = corpus
      .find('res45-doha-2006')!
      .provisions.flatMap(({ text, formats }) =>
        formats.map(({ from, to, format }) => `${format} ${text.slice(from, to)}`),
      )
    expect(italics).toEqual(['italic inter alia'])
  })

  test('Kigali, 2022, has its number line and title again, and one footnote', () => {
    const { provisions, repairs } = corpus.find('res45-kigali-2022')!
    expect(outline(corpus.find('res45-kigali-2022')!)).toEqual([
      `recalling: ${letters('s')}`,
      `considering: ${letters('l')}`,
      `recognizing: ${letters('k')}`,
      `noting: ${letters('c')}`,
      'resolves: 1 2',
      `instructs the Director of the Telecommunication Development Bureau: ${numbers(18)}`,
      'invites the Secretary-General, in coordination with the Directors of the ' +
        'Radiocommunication Bureau, the Telecommunication Standardization Bureau and the ' +
        'Telecommunication Development Bureau: 1 2 3',
      'requests the Secretary-General: 1 2',
      'invites Member States, Sector Members, Associates and Academia: 1 2 3 4 5',
      'invites Member States: 1 2 3 4 1',
    ])
    expect(repairs.filter(({ what }) => what === 'restored').map(({ text }) => text)).toEqual([
      provisions[0]!.text,
      provisions[1]!.text.slice(0, provisions[1]!.text.indexOf(' including')),
    ])
    const reference = provisions.find(({ formats }) => formats.length > 0)!
    expect(reference.text.endsWith('for developing countries1;')).toBe(true)
    expect(reference.formats).toEqual([
      { from: reference.text.length - 2, to: reference.text.length - 1, format: 'superscript' },
    ])
    expect(provisions.at(-1)).toMatchObject({ kind: 'footnote', label: '1' })
  })

  test('Resolution 130 has sub-items, sections without labels, and numbers that begin anew', () => {
    const edition = corpus.find('res130-antalya-2006')!
    expect(outline(edition)).toEqual([
      'considering: a) b) c)',
      'recognizing: a) b) c) d)',
      'aware: a) b)',
      'noting: a) b) c)',
      'resolves: ¶',
      'instructs the Secretary-General and the Directors of the Bureaux: 1 i) ii) 2 3 4',
      'instructs the Director of the Telecommunication Standardization Bureau: 1 i) ii) 2',
      'instructs the Director of the Telecommunication Development Bureau: 1 2 3 4 5 6',
      'requests the Council: ¶',
      'invites Member States, Sector Members and Associates: 1 2 3 4',
    ])
    const nested = edition.provisions.filter(({ level }) => level === 2)
    expect(nested.map(({ label }) => label)).toEqual(['i)', 'ii)', 'i)', 'ii)'])
  })
})

test('the editions are listed by number, then year', () => {
  expect(corpus.editions.map(editionName)).toEqual([
    'Resolution 45 (Doha, 2006)',
    'Resolution 45 (Rev. Dubai, 2014)',
    'Resolution 45 (Rev. Kigali, 2022)',
    'Resolution 130 (Rev. Antalya, 2006)',
  ])
})
