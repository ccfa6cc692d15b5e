/** pandoc's reading of Word files, where it is installed. */
import { spawnSync } from 'node:child_process'

export const hasPandoc = spawnSync('pandoc', ['--version']).status === 0

/**
 * The words in order, without white space: pandoc puts a space where a removed mark joins
 * paragraphs. Throws what it complains of.
 */
export function readByPandoc(docx: Uint8Array, reading: 'accepted' | 'rejected'): string {
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
