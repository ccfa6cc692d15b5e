import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCorpus, ownFolders, readCorpus } from '../src/index.ts'
import type { CorpusFolders } from '../src/index.ts'

const file = 'res45-dubai-2014.txt'
const original = readFileSync(join(ownFolders.editions, file), 'utf8')

let root: string
let folders: CorpusFolders

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'revmark-corpus-'))
  folders = { editions: join(root, 'editions'), sources: join(root, 'sources') }
  cpSync(ownFolders.sources, folders.sources, { recursive: true })
  cpSync(ownFolders.editions, folders.editions, { recursive: true })
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

/** The problems of the corpus with this edition in place of the right one, `line: message`. */
function problemsOf(text: string): string[] {
  writeFileSync(join(folders.editions, file), text)
  const read = readCorpus(folders)
  if (!('problems' in read)) return []
  return read.problems.map((problem) => {
    expect(problem.file).toBe(file)
    return `${problem.line}: ${problem.message}`
  })
}

/** The original with one place changed, and the line on which that place stands. */
function mutate(from: string, to: string): { text: string; line: number } {
  expect(original.split(from), `${from} must occur once`).toHaveLength(2)
  const line = original.slice(0, original.indexOf(from)).split('\n').length
  return { text: original.replace(from, to), line }
}

const lineOf = (text: string): number => mutate(text, text).line

test('the copy that the mutations start from is read', () => {
  expect(problemsOf(original)).toEqual([])
})

describe('a mutated file names its line and the reason:', () => {
  test.each([
    ['broken YAML', 'organ: WTDC', 'organ: WTDC: PP', /nested mappings are not allowed/i],
    ['a key that is not one', 'organ: WTDC', 'organs: WTDC', /organs: not a key/],
    ['a year that is no number', 'year: 2014', 'year: later', /year: .*expected (int|number)/],
    ['another year', 'year: 2014', 'year: 2015', /the number line does not say 2015/],
    ['another place', 'place: Dubai', 'place: Kigali', /the number line does not say Kigali/],
    ['a hash that is none', 'hash: f', 'hash: x', /hash: must be 64 lower-case hex digits/],
    ['a wrong hash', 'hash: f', 'hash: 0', /hash: the text below has the hash [0-9a-f]{64}/],
    ['no such source', 'file: 000_', 'file: 009_', /no source file 009_/],
    ['another source', 'sha256: 0', 'sha256: 1', /is not the file that was transcribed/],
    ['an unknown kind', 'call        noting', 'heading     noting', /unknown kind "heading"/],
    ['a tab', 'call        noting', 'call        not\ting', /a tab or another control character/],
    ['a line between levels', 'call        noting', 'call         noting', /begins in column 14/],
    ['an item with nothing', 'call        noting', 'item        a)', /without a label or without/],
    ['a mark left open', 'call        noting', 'call        *noting', /italic begins here/],
    ['a repair of an unknown sort', 'what: moved', 'what: healed', /repairs.0.what: Invalid/],
  ])('%s', (_, from, to, message) => {
    const { text, line } = mutate(from, to)
    const problems = problemsOf(text)
    expect(problems.find((each) => each.startsWith(`${line}: `))).toMatch(message)
  })

  test('a label out of order, once', () => {
    const { text, line } = mutate(
      'item        c)  Resolution 179',
      'item        d)  Resolution 179',
    )
    expect(problemsOf(text)[0]).toBe(`${line}: label d) out of order: it follows b)`)
    expect(problemsOf(text)).toHaveLength(1)
  })

  test('a list that begins late', () => {
    const { text, line } = mutate(
      'item        a)  the continuing',
      'item        b)  the continuing',
    )
    expect(problemsOf(text)[0]).toBe(`${line}: label b) out of order: it begins a list`)
  })

  test('a repair that the source does not allow', () => {
    const { line } = mutate('what: moved', 'what: moved')
    expect(problemsOf(mutate('from: 256', 'from: 257').text)).toEqual([
      `${line}: repairs.0: line 257 of the source does not have "2018,"`,
    ])
    expect(problemsOf(mutate('to: 258', 'to: 9999').text)).toEqual([
      `${line}: repairs.0: the source has no line 9999`,
    ])
  })

  test('a repair left out', () => {
    const text = original.replace(/repairs:\n[^]*?\nhash/, 'repairs: []\nhash')
    const [problem, ...others] = problemsOf(text)
    expect(others).toEqual([])
    expect(problem).toMatch(/differs from line 256 of .*: "toreport.* here, "2018,toreport/)
  })

  test('a letter changed: the hash, and the place of the letter with the source’s', () => {
    const { text, line } = mutate(
      'best practices and selfregulatory',
      'best practices and regulatory',
    )
    const problems = problemsOf(text)
    expect(problems).toHaveLength(2)
    expect(problems[0]).toMatch(/hash: the text below has the hash/)
    expect(problems[1]).toMatch(
      new RegExp(`^${line}: differs from line 1\\d\\d of .* "regulatory.* here, "selfregulatory`),
    )
  })

  test('a paragraph lost at the end', () => {
    const text = original.trimEnd().replace(/\n[^\n]*$/, '\n')
    expect(problemsOf(text).join('\n')).toMatch(/differs from .* nothing more here, "2toestablish/)
  })

  test('the number line lost, and no title', () => {
    const text = original.replace(/^(number|title) .*\n/gm, '')
    expect(problemsOf(text)).toEqual([
      `${lineOf('number      RES')}: a resolution begins with its number`,
      `${lineOf('number      RES')}: no line with the title`,
    ])
  })

  test('no front matter, and a file with CR LF', () => {
    const message = 'the file begins with a front matter between two lines ---'
    expect(problemsOf('number      RESOLUTION 45')).toEqual([`1: ${message}`])
    expect(problemsOf('')).toEqual([`1: ${message}`])
    expect(problemsOf(original.replaceAll('\n', '\r\n'))[0]).toMatch(/^1: .*carriage return/)
  })

  test('a front matter with no text below', () => {
    const text = original.slice(0, original.indexOf('\nnumber  '))
    expect(problemsOf(text)).toEqual([
      `${lineOf('number      RES') - 1}: a resolution begins with its number`,
      `${lineOf('number      RES') - 1}: no line with the title`,
    ])
  })
})

test('a file must bear the id of its edition', () => {
  writeFileSync(join(folders.editions, 'res45-dubai.txt'), original)
  expect(() => loadCorpus(folders)).toThrow(
    'res45-dubai.txt:1:1: the file of res45-dubai-2014 must be named res45-dubai-2014.txt',
  )
})

test('what cannot be loaded is thrown with file, line, column and reason', () => {
  writeFileSync(
    join(folders.editions, file),
    mutate('call        noting', 'cal         noting').text,
  )
  const line = lineOf('call        noting')
  expect(() => loadCorpus(folders)).toThrow(`${file}:${line}:1: unknown kind "cal"`)
})

test('an id that no edition has is null', () => {
  expect(loadCorpus().find('res45-atlantis-2099')).toBeNull()
})
