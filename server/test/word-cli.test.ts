/** `revmark prove` and `revmark import`: what they print of files from us and from others. */
import { loadContributions, loadCorpus } from '@revmark/corpus'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { UsageError, readArguments } from '../src/cli/arguments.ts'
import type { ImportCommand } from '../src/cli/arguments.ts'
import { imported } from '../src/cli/import.ts'
import { proved } from '../src/cli/prove.ts'
import { exportReadable, textOf } from '../src/export.ts'
import { readContribution, readEdition } from '../src/readable.ts'

const corpus = loadCorpus()
const brazil = readContribution(loadContributions(corpus).find('res45-brazil-2017')!, corpus)
const file = exportReadable(brazil, 'marked', 'docx', Date.UTC(2017, 9, 9)).bytes

/** The file with other words in its document. */
function edited(change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(file)
  parts['word/document.xml'] = strToU8(change(strFromU8(parts['word/document.xml']!)))
  return zipSync(parts)
}

const command = (...args: string[]): ImportCommand =>
  readArguments(['import', 'b.docx', ...args]) as ImportCommand

describe('revmark prove', () => {
  test('a file as it was handed out, with the edition that it amends', () => {
    expect(proved('b.docx', file, corpus)).toMatch(
      /^b\.docx is proved\nall accepted {2}sha256 [0-9a-f]{64}\nall rejected {2}sha256 [0-9a-f]{64} {2}Resolution 45 \(Rev\. Dubai, 2014\)\n$/,
    )
  })

  test('a file that was changed since, one without a proof, and no file of Word', () => {
    const other = edited((xml) => xml.replace('recalling', 'recalls'))
    expect(() => proved('b.docx', other, corpus)).toThrow(
      /not proved: it was changed since\nall acc/,
    )
    const bare = unzipSync(file)
    bare['docProps/custom.xml'] = strToU8('<Properties/>')
    expect(() => proved('b.docx', zipSync(bare), corpus)).toThrow('carries no proof')
    expect(() => proved('b.docx', strToU8('words'), corpus)).toThrow(
      'b.docx: This is no .docx file',
    )
  })
})

describe('revmark import', () => {
  test('a proposal of a whole text is printed as it is, whatever edition there is', () => {
    const added = edited((xml) =>
      xml.replace('>MOD<', '>ADD<').replaceAll('RESOLUTION', 'NEW RESOLUTION'),
    )
    const { text, report } = imported(command('--view', 'clean'), added, corpus)
    expect(text).toMatch(/^NEW RESOLUTION 45/)
    expect(report).toMatch(/^ADD .*: a proposal of a text as a whole/)
    const told = JSON.parse(imported(command('--json'), added, corpus).text) as unknown
    expect(told).toMatchObject({ symbol: 'ADD' })
  })

  test.each(['marked', 'clean', 'base', 'accepted'] as const)(
    "brings Brazil's contribution back, %s",
    (view) => {
      const { text, report } = imported(command('--view', view), file, corpus)
      // Nothing of it is accepted, in the file as in the corpus.
      expect(text).toBe(textOf(brazil, view))
      expect(report).toBe(
        'changes of Resolution 45 (Rev. Dubai, 2014), res45-dubai-2014\n' +
          'paragraph 1: a table, at "World Telecommunication Development Conf …"\n' +
          'paragraph 12: a table, at "Summary:"\n',
      )
    },
  )

  test('as JSON: who changed what', () => {
    const { text } = imported(command('--json', '--delegation', 'B'), file, corpus)
    const value = JSON.parse(text) as {
      base: string
      signatures: unknown
      changes: { delegation: string }[]
    }
    expect(value.base).toBe('res45-dubai-2014')
    expect(value.signatures).toEqual([
      { author: 'Brazil', date: '2017-10-09T00:00:00Z', isUtc: true },
    ])
    expect(value.changes).toHaveLength(brazil.ledger.changes().length)
    expect(new Set(value.changes.map(({ delegation }) => delegation))).toEqual(new Set(['B']))
  })

  test('tells what differs from the edition without a mark, and what is not taken', () => {
    const other = edited((xml) =>
      xml
        .replace('>Mechanisms for', '>Instruments for')
        .replace('<w:sectPr>', '<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:sectPr>'),
    )
    const { text, report } = imported(command('--delegation', 'B'), other, corpus)
    expect(text).toContain('{--Mechanisms--}{++Instruments++} for')
    expect(report).toMatch(
      /^paragraph \d+: differs from the edition without a mark: "Instruments for/m,
    )
    expect(report).toMatch(/^paragraph \d+: a table$/m)
  })

  test('onto another edition, by name or by nothing', () => {
    const kigali = corpus.find('res45-kigali-2022')!
    const clean = exportReadable(readEdition(kigali), 'base', 'docx', 0).bytes
    const { text } = imported(
      command('--base', 'res45-dubai-2014', '--view', 'clean'),
      clean,
      corpus,
    )
    const words = (view: string) => view.replaceAll(/^\S+\t/gm, '')
    expect(words(text).split('\n')[1]).toBe(kigali.provisions[1]!.text)
    expect(text.split('\n').length - 1).toBe(kigali.provisions.length)
    const unknown = edited((xml) => xml.replace('RESOLUTION ', 'RESOLUTION 9'))
    expect(() => imported(command(), unknown, corpus)).toThrow('name one with --base')
    expect(() => imported(command('--base', 'x'), file, corpus)).toThrow('there is no edition x')
    expect(() =>
      imported(command('--text', '2', '--base', 'res45-dubai-2014'), file, corpus),
    ).toThrow('has no text 2')
  })

  test('refuses what is no file of Word', () => {
    expect(() => imported(command(), strToU8('words'), corpus)).toThrow('This is no .docx file')
  })
})

describe('the arguments', () => {
  test('of import and prove', () => {
    expect(readArguments(['prove', 'a.docx'])).toEqual({ name: 'prove', file: 'a.docx' })
    expect(command('--base', 'x', '--text', '2', '--delegation', 'B', '--view', 'clean')).toEqual({
      name: 'import',
      file: 'b.docx',
      base: 'x',
      text: 2,
      delegation: 'B',
      view: 'clean',
    })
    expect(command()).toMatchObject({ base: null, text: 1, delegation: null, view: 'marked' })
    expect(command('--json').view).toBe(null)
  })

  test.each<[string[], string]>([
    [['prove'], 'takes one FILE'],
    [['import', 'a', 'b'], 'takes one FILE'],
    [['import', 'a', '--view', 'red'], '--view takes'],
    [['import', 'a', '--view', 'clean', '--json'], 'not both'],
    [['import', 'a', '--delegation', 'Brazil'], 'capital letters'],
    [['import', 'a', '--text', '0'], 'a number from 1'],
  ])('%s are none', (args, message) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow(message)
  })
})
