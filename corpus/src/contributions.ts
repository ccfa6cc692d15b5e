/** The contributions that the package holds, read from its own folders and checked. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseContribution } from '@revmark/shared/contribution'
import type { Contribution } from '@revmark/shared/contribution'
import { CorpusError, loadCorpus, ownFolders } from './corpus.ts'
import type { Corpus, CorpusFolders, CorpusProblem } from './corpus.ts'

/** All contributions, by year, then id. */
export interface Contributions {
  readonly list: readonly Contribution[]
  /** The contribution with this id (`res45-brazil-2017`), null where there is none. */
  readonly find: (id: string) => Contribution | null
}

/** Where contributions lie: one `<id>.txt` each, and the files they were made from. */
export interface ContributionFolders extends Pick<CorpusFolders, 'sources'> {
  readonly contributions: string
}

/** The folders of this package. */
export const ownContributionFolders: ContributionFolders = {
  contributions: join(import.meta.dirname, '../contributions'),
  sources: ownFolders.sources,
}

/**
 * Reads every contribution, each compared letter by letter with its source and with the edition of
 * the corpus that it amends. Gives them, or every problem of every file. Throws only what the file
 * system throws.
 */
export function readContributions(
  corpus: Corpus,
  folders: ContributionFolders = ownContributionFolders,
): { readonly contributions: Contributions } | { readonly problems: readonly CorpusProblem[] } {
  const sources = new Set(readdirSync(folders.sources))
  const sourceOf = (name: string): string | null =>
    sources.has(name) ? readFileSync(join(folders.sources, name), 'utf8') : null
  const list: Contribution[] = []
  const problems: CorpusProblem[] = []
  for (const file of readdirSync(folders.contributions).toSorted()) {
    if (!file.endsWith('.txt')) continue
    const text = readFileSync(join(folders.contributions, file), 'utf8')
    const parsed = parseContribution(text, corpus.find, sourceOf)
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map((problem) => ({ file, ...problem })))
    } else if (`${parsed.contribution.id}.txt` === file) {
      list.push(parsed.contribution)
    } else {
      const { id } = parsed.contribution
      problems.push({
        file,
        line: 1,
        column: 1,
        message: `the file of ${id} must be named ${id}.txt`,
      })
    }
  }
  if (problems.length > 0) return { problems }
  const byId = new Map(list.map((contribution) => [contribution.id, contribution]))
  const sorted = list.toSorted((a, b) => a.year - b.year || (a.id < b.id ? -1 : 1))
  return { contributions: { list: sorted, find: (id) => byId.get(id) ?? null } }
}

/** Reads the contributions of this package, or throws a CorpusError. */
export function loadContributions(
  corpus: Corpus = loadCorpus(),
  folders: ContributionFolders = ownContributionFolders,
): Contributions {
  const read = readContributions(corpus, folders)
  if ('problems' in read) throw new CorpusError(read.problems)
  return read.contributions
}
