/** pandoc's reading of Word files, where it is installed. */
import { spawnSync } from 'node:child_process'
import type { Reading } from '../../src/docx/index.ts'
import { documentPart, joinedAroundNotes, retold } from './joining.ts'

export const hasPandoc = spawnSync('pandoc', ['--version']).status === 0

/**
 * The file for the comparison alone: pandoc 2.17 puts the words of a paragraph that loses its mark
 * into the first footnote of the paragraph to which it is joined, as a test shows.
 */
export const aroundPandoc = (docx: Uint8Array, reading: Reading): Uint8Array =>
  retold(docx, (xml, part) => (part === documentPart ? joinedAroundNotes(xml, reading) : xml))

/**
 * The words in order, without white space: pandoc puts a space where a removed mark joins
 * paragraphs. Throws what it complains of.
 */
export function readByPandoc(docx: Uint8Array, reading: Reading): string {
  const changes = reading === 'accepted' ? 'accept' : 'reject'
  const options = ['-f', 'docx', `--track-changes=${changes}`, '-t', 'json']
  const { stdout, stderr } = spawnSync('pandoc', options, { input: docx, maxBuffer: 2 ** 28 })
  if (stderr.length > 0) throw new Error(stderr.toString())
  const words: string[] = []
  JSON.parse(stdout.toString(), (_, node: { t?: string; c?: unknown }) => {
    if (node?.t === 'Str') words.push(node.c as string)
    return node
  })
  return words.join('')
}
