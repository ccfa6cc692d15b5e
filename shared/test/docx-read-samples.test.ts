/**
 * The samples of OpenXmlPowerTools (MIT): files with revisions, and what that engine makes of them.
 * They lie beside a working copy, not in it; where they are missing the tests count as skipped.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { notesIn, paragraphsIn, textIn } from '../src/docx/reader/index.ts'
import type { Reading } from '../src/docx/reader/index.ts'
import { opened } from './docx-handmade.ts'

const folder = fileURLToPath(new URL('../../../shared/docx-samples/', import.meta.url))
const isThere = existsSync(folder)

/** Sources of which we read something else than that engine, with the reason. None is left. */
const exceptions: readonly string[] = []

const names = isThere
  ? readdirSync(folder).filter((name) => !/-(?:Accepted|Rejected)\.docx$/.test(name))
  : []

/** Every paragraph, those in cells told apart, and those of the footnotes that the text names. */
function linesOf(name: string, reading: Reading): string[] {
  const { paragraphs, footnotes } = opened(readFileSync(folder + name))
  const text = paragraphsIn(paragraphs, reading).map((paragraph) => {
    const isInTable = paragraph.pieces[0]!.cell > 0
    return `${isInTable ? '| ' : ''}${textIn(paragraph, reading)}`
  })
  const notes = notesIn(paragraphs, reading).flatMap((id) =>
    paragraphsIn(footnotes.get(id)!, reading).map((line) => `note ${id}: ${textIn(line, reading)}`),
  )
  return [...text, ...notes]
}

describe.skipIf(!isThere)('the samples, skipped where ../shared/docx-samples is missing', () => {
  test('are 27', () => {
    expect(names).toHaveLength(27)
    expect(exceptions.length).toBeLessThanOrEqual(1)
  })

  test.each(names.filter((name) => !exceptions.includes(name)))('%s', (name) => {
    const expected = (end: string) => linesOf(name.replace('.docx', `-${end}.docx`), 'accepted')
    expect(linesOf(name, 'accepted').join('')).not.toBe('')
    expect(linesOf(name, 'accepted')).toEqual(expected('Accepted'))
    expect(linesOf(name, 'rejected')).toEqual(expected('Rejected'))
  })
})
