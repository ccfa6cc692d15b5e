/**
 * `revmark`, the command line: reads editions and drafts, while the server runs or not. Ends with 2
 * where the arguments are wrong, with 1 where what they ask for cannot be done.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { loadCorpus } from '@revmark/corpus'
import type { Corpus } from '@revmark/corpus'
import { editionName } from '@revmark/shared/resolution'
import { databasePath, readConfig } from '../config.ts'
import { coverOf, exportReadable, textOf } from '../export.ts'
import { readDraft, readEdition } from '../readable.ts'
import type { Readable } from '../readable.ts'
import { openSqliteStoreReadOnly } from '../store/sqlite/store.ts'
import type { Store } from '../store/store.ts'
import { UsageError, readArguments, usage } from './arguments.ts'
import type { Command } from './arguments.ts'

/** Calls `work` with the store, null where there is none yet. */
async function withStore<T>(work: (store: Store | null) => Promise<T>): Promise<T> {
  const read = readConfig({ DATA: process.env['DATA'] })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const path = databasePath(read.config)
  if (!existsSync(path)) return work(null)
  const store = openSqliteStoreReadOnly(path)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function find(id: string, corpus: Corpus): Promise<Readable> {
  const edition = corpus.find(id)
  if (edition) return readEdition(edition)
  return withStore(async (store) => {
    const draft = store && (await readDraft(store, corpus, id))
    if (!draft) throw new Error(`there is no edition or draft ${id}; "revmark list" shows them`)
    return draft
  })
}

async function list(corpus: Corpus): Promise<string> {
  const editions = corpus.editions.map((edition) => [edition.id, 'edition', editionName(edition)])
  const drafts = await withStore(async (store) => (await store?.drafts.all()) ?? [])
  const rows = [...editions, ...drafts.map(({ id, title }) => [id, 'draft', title])]
  const width = Math.max(...rows.map(([id]) => id!.length))
  return rows
    .map(([id, kind, title]) => `${id!.padEnd(width)}  ${kind!.padEnd(7)}  ${title}\n`)
    .join('')
}

async function run(command: Command): Promise<string> {
  if (command.name === 'help') return usage
  const corpus = loadCorpus()
  if (command.name === 'list') return list(corpus)
  const readable = await find(command.id, corpus)
  const view = command.view ?? readable.usualView
  if (command.name === 'text')
    return (command.cover ? coverOf(readable) : '') + textOf(readable, view)
  const { bytes } = exportReadable(readable, view, command.format, Date.now())
  try {
    writeFileSync(command.file, bytes)
  } catch (error) {
    throw new Error(`${command.file} cannot be written: ${messageOf(error)}`, { cause: error })
  }
  return ''
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.stdout.write(await run(readArguments(process.argv.slice(2))))
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`revmark: ${messageOf(error)}\n${isUsage ? usage : ''}`)
  process.exitCode = isUsage ? 2 : 1
}
