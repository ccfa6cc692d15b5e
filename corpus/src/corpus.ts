/** The texts in force that the package holds, read from its own folders and checked. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseEdition } from '@revmark/shared/resolution'
import type { Edition, Problem } from '@revmark/shared/resolution'

/** All editions, by resolution number, then year. */
export interface Corpus {
  readonly editions: readonly Edition[]
  /** The edition with this id (`res45-dubai-2014`), null where there is none. */
  readonly find: (id: string) => Edition | null
}

/** A problem in one file of the corpus; `file` is its name in the editions' folder. */
export interface CorpusProblem extends Problem {
  readonly file: string
}

/** Where a corpus lies: one `<id>.txt` for each edition, and the files they were made from. */
export interface CorpusFolders {
  readonly editions: string
  readonly sources: string
}

/** The folders of this package. */
export const ownFolders: CorpusFolders = {
  editions: join(import.meta.dirname, '../editions'),
  sources: join(import.meta.dirname, '../sources'),
}

/**
 * Reads every edition, each compared with its source letter by letter. Gives the corpus, or every
 * problem of every file. Throws only what the file system throws.
 */
export function readCorpus(
  folders: CorpusFolders = ownFolders,
): { readonly corpus: Corpus } | { readonly problems: readonly CorpusProblem[] } {
  const sources = new Set(readdirSync(folders.sources))
  const sourceOf = (name: string): string | null =>
    sources.has(name) ? readFileSync(join(folders.sources, name), 'utf8') : null
  const files = readdirSync(folders.editions).filter((name) => name.endsWith('.txt'))
  const editions: Edition[] = []
  const problems: CorpusProblem[] = []
  for (const file of files.toSorted()) {
    const parsed = parseEdition(readFileSync(join(folders.editions, file), 'utf8'), sourceOf)
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map((problem) => ({ file, ...problem })))
    } else if (`${parsed.edition.id}.txt` === file) {
      editions.push(parsed.edition)
    } else {
      const message = `the file of ${parsed.edition.id} must be named ${parsed.edition.id}.txt`
      problems.push({ file, line: 1, column: 1, message })
    }
  }
  return problems.length > 0 ? { problems } : { corpus: toCorpus(editions) }
}

/** Reads the corpus of this package, or throws a CorpusError: a program cannot go on without it. */
export function loadCorpus(folders: CorpusFolders = ownFolders): Corpus {
  const read = readCorpus(folders)
  if ('problems' in read) throw new CorpusError(read.problems)
  return read.corpus
}

/** Says, a line for each problem, `res45-dubai-2014.txt:31:13: label d) out of order: it follows b)`. */
export class CorpusError extends Error {
  readonly problems: readonly CorpusProblem[]

  constructor(problems: readonly CorpusProblem[]) {
    const lines = problems.map(
      ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
    )
    super(`the corpus cannot be read:\n${lines.join('\n')}`)
    this.name = 'CorpusError'
    this.problems = problems
  }
}

function toCorpus(unsorted: readonly Edition[]): Corpus {
  const editions = unsorted.toSorted(
    (a, b) => a.number - b.number || a.year - b.year || (a.id < b.id ? -1 : 1),
  )
  const byId = new Map(editions.map((edition) => [edition.id, edition]))
  return { editions, find: (id) => byId.get(id) ?? null }
}
