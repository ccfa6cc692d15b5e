import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEdition, printEdition, sectionStyle, parseLabel } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import { describe, expect, test } from 'vitest'
import { loadCorpus, ownFolders } from '../src/index.ts'

const corpus = loadCorpus()

const fileOf = ({ id }: Edition): string =>
  readFileSync(join(ownFolders.editions, `${id}.txt`), 'utf8')

const sourceOf = ({ source }: Edition): Buffer =>
  readFileSync(join(ownFolders.sources, source.file))

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

  test('has the letters of its source, the displaced line put back', () => {
    const displaced = '\n2\n2018,\n\nto report the results'
    const source = sourceOf(edition).toString('utf8')
    expect(source.split(displaced)).toHaveLength(2)
    const mended = source
      .replace(displaced, '\n2\nto report the results')
      .replace('Plenipotentiary Conference in\n', 'Plenipotentiary Conference in 2018,\n')
    const letters = edition.provisions.map(({ label, text }) => `${label ?? ''}${text}`).join('')
    expect(withoutSpace(letters)).toBe(withoutSpace(mended))
  })

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
