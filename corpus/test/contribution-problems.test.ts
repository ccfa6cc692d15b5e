import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseContribution } from '@revmark/shared/contribution'
import { describe, expect, test } from 'vitest'
import { loadContributions, loadCorpus, ownContributionFolders, ownFolders } from '../src/index.ts'

const corpus = loadCorpus()
const original = readFileSync(
  join(ownContributionFolders.contributions, 'res45-brazil-2017.txt'),
  'utf8',
)

const sourceOf = (name: string): string | null =>
  name.startsWith('001_') ? readFileSync(join(ownFolders.sources, name), 'utf8') : null

/** The problems of the file with one place changed, `line: message`, and the line of that place. */
function problemsWith(from: string, to: string): { problems: string[]; line: number } {
  expect(original.split(from), `${from} must occur once`).toHaveLength(2)
  const line = original.slice(0, original.indexOf(from)).split('\n').length
  const parsed = parseContribution(
    original.replace(from, () => to),
    corpus.find,
    sourceOf,
  )
  const problems = 'problems' in parsed ? parsed.problems : []
  return { problems: problems.map((each) => `${each.line}: ${each.message}`), line }
}

describe('a mutated file names its line and the reason:', () => {
  test.each([
    ['a mark left open', '{++strengthening ++}', '{++strengthening ', /out of place|is missing/],
    ['a mark around nothing', '{++strengthening ++}', '{++++}', /nothing is inserted here/],
    ['a mark in a mark', '{++in 2011 ++}', '{++in {--2011--} ++}', /\{-- out of place/],
    ['a word lost from the base', 'have signed {++', 'have {++', /is not item q\) of res45-dubai/],
    ['a struck word kept', '{--previous--}', '', /without its insertions this is not item l\)/],
    ['a letter the source has not', '{++in 2011 ++}', '{++in 2012 ++}', /differs from line 28/],
    [
      'a paragraph too many',
      'noting\n',
      'noting\nitem        z)  new;\n',
      /this is not item a\) of res45-dubai/,
    ],
    ['a label that does not count', '{++n)++} {++that', '{++o)++} {++that', /o\) is out of order/],
    ['an unknown kind', 'call        noting', 'heading     noting', /unknown kind "heading"/],
    ['formats', 'have signed {++', 'have *signed* {++', /no character formats/],
    ['no such edition', 'base: res45-dubai-2014', 'base: res45-oslo-2030', /no edition res45-oslo/],
    ['another source', 'sha256: ', 'sha256: "" # ', /source.sha256: must be 64/],
    ['a repair that does not apply', 'at: [31]', 'at: [30]', /line 30 of the source does not have/],
    ['a symbol that is none', 'proposal: MOD', 'proposal: ADD', /proposal: Invalid input/],
  ])('%s', (_, from, to, message) => {
    const { problems, line } = problemsWith(from, to)
    const near = problems.find((each) => Math.abs(Number(each.split(':')[0]) - line) <= 2)
    expect(near ?? problems.join('\n')).toMatch(message)
  })

  test('a doubt above all paragraphs', () => {
    const { problems } = problemsWith('number      RES', 'doubt       what?\nnumber      RES')
    expect(problems.join('\n')).toMatch(/a doubt stands below its paragraph/)
  })

  test('a paragraph lost', () => {
    const { problems } = problemsWith(original.trimEnd().split('\n').at(-1)!, '')
    expect(problems.join('\n')).toMatch(/res45-dubai-2014 goes on with item 2: "to establish/)
  })
})

test('an id that no contribution has is null', () => {
  expect(loadContributions(corpus).find('res45-atlantis-2099')).toBeNull()
})
