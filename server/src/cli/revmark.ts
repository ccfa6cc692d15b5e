/** `revmark`, the command line: reads editions and drafts, while the server runs or not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { loadContributions, loadCorpus } from '@revmark/corpus'
import type { Corpus } from '@revmark/corpus'
import { outcomesOf } from '@revmark/shared/compare'
import { editionName } from '@revmark/shared/resolution'
import type { Edition } from '@revmark/shared/resolution'
import type { View } from '@revmark/shared/ledger'
import type { ExportFormat } from '@revmark/shared/wire'
import { databasePath } from '../config.ts'
import { coverOf, exportFile, textOf } from '../export.ts'
import {
  contributionName,
  readComparison,
  readContribution,
  readDraft,
  readEdition,
} from '../readable.ts'
import { Typesetter } from '../pdf/typesetter.ts'
import type { Readable } from '../readable.ts'
import { openSqliteStoreReadOnly } from '../store/sqlite/store.ts'
import type { Store } from '../store/store.ts'
import { UsageError, readArguments, usage } from './arguments.ts'
import type { Command } from './arguments.ts'
import { backup, restore } from './backup.ts'
import { diagnose, told } from './doctor.ts'
import { fsck } from './fsck.ts'
import { imported } from './import.ts'
import { addMeeting, secretariatLink } from './meeting.ts'
import { proved } from './prove.ts'
import { recordOperator } from './record.ts'

type CompareCommand = Extract<Command, { name: 'compare' }>
type OutcomeCommand = Extract<Command, { name: 'outcome' }>

/** What the command line has of the world. */
export interface Terminal {
  /** The folder of the store. */
  readonly data: string
  /** The operator's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. */
  readonly complain: (text: string) => void
}

/**
 * Does what the arguments ask for and resolves with the exit code: 2 where the arguments are wrong,
 * 1 where what they ask for cannot be done.
 */
export async function revmark(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    terminal.print(await run(readArguments(args), terminal))
    return 0
  } catch (error) {
    const isUsage = error instanceof UsageError
    terminal.complain(`revmark: ${messageOf(error)}\n${isUsage ? usage : ''}`)
    return isUsage ? 2 : 1
  }
}

/** Calls `work` with the store, null where there is none yet. */
async function withStore<T>(
  { data }: Terminal,
  work: (store: Store | null) => Promise<T>,
): Promise<T> {
  const path = databasePath({ data })
  if (!existsSync(path)) return work(null)
  const store = openSqliteStoreReadOnly(path)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function find(id: string, corpus: Corpus, terminal: Terminal): Promise<Readable> {
  const edition = corpus.find(id)
  if (edition) return readEdition(edition)
  const contribution = loadContributions(corpus).find(id)
  if (contribution) return readContribution(contribution, corpus)
  return withStore(terminal, async (store) => {
    const draft = store && (await readDraft(store, corpus, id))
    if (!draft)
      throw new Error(`there is no edition, contribution or draft ${id}; "revmark list" shows them`)
    return draft
  })
}

function editionOf(id: string, corpus: Corpus): Edition {
  const edition = corpus.find(id)
  if (!edition) throw new Error(`there is no edition ${id}; "revmark list" shows them`)
  return edition
}

async function list(corpus: Corpus, terminal: Terminal): Promise<string> {
  const editions = corpus.editions.map((edition) => [edition.id, 'edition', editionName(edition)])
  const contributions = loadContributions(corpus).list.map((contribution) => [
    contribution.id,
    'contribution',
    contributionName(contribution, editionOf(contribution.base, corpus)),
  ])
  const drafts = await withStore(terminal, async (store) => (await store?.drafts.all()) ?? [])
  const rows = [
    ...editions,
    ...contributions,
    ...drafts.map(({ id, title }) => [id, 'draft', title]),
  ]
  const width = Math.max(...rows.map(([id]) => id!.length))
  return rows
    .map(([id, kind, title]) => `${id!.padEnd(width)}  ${kind!.padEnd(12)}  ${title}\n`)
    .join('')
}

async function run(command: Command, terminal: Terminal): Promise<string> {
  if (command.name === 'help') return usage
  if (command.name === 'doctor') return examined(terminal)
  if (command.name === 'backup') {
    const said = await backup(terminal.data, command.file)
    await recordOperator(terminal, null, { act: 'backed-up' })
    return said
  }
  if (command.name === 'restore') {
    const said = await restore(terminal.data, command.file, command.force)
    await recordOperator(terminal, null, { act: 'restored' })
    return said
  }
  if (command.name === 'meeting') return addMeeting(command.meeting, terminal)
  if (command.name === 'link') return secretariatLink(command.id, terminal)
  if (command.name === 'fsck') return checked(command.id, terminal)
  const corpus = loadCorpus()
  if (command.name === 'prove') return proved(command.file, read(command.file), corpus)
  if (command.name === 'import') {
    const { text, report } = imported(command, read(command.file), corpus)
    terminal.complain(report)
    return text
  }
  if (command.name === 'list') return list(corpus, terminal)
  if (command.name === 'compare') return compare(command, corpus, terminal)
  if (command.name === 'outcome') return outcome(command, corpus, terminal)
  const readable = await find(command.id, corpus, terminal)
  const view = command.view ?? readable.usualView
  const format = command.name === 'text' ? 'txt' : command.format
  if (command.name === 'export')
    await writeExport(command.file, readable, view, command.format, terminal)
  // A text of the corpus is in no meeting.
  if (readable.writings !== null)
    await recordOperator(terminal, readable.id, { act: 'exported', details: { format, view } })
  if (command.name === 'export') return ''
  return (command.cover ? coverOf(readable) : '') + textOf(readable, view)
}

/** Prints what the doctor found; rejects where that is not good. */
async function examined({ environment, now, print }: Terminal): Promise<string> {
  const findings = await diagnose(environment, now())
  const count = findings.filter(({ advice }) => advice !== null).length
  if (count === 0) return told(findings)
  print(told(findings))
  throw new Error(`${count} ${count === 1 ? 'problem' : 'problems'} found`)
}

/** Prints what an examination found; rejects where that is not good. */
async function checked(id: string | null, terminal: Terminal): Promise<string> {
  const { text, problems } = await withStore(terminal, (store) => {
    if (!store) throw new Error(`there is no store in ${terminal.data}`)
    return fsck(store, id)
  })
  if (problems === 0) return text
  terminal.print(text)
  throw new Error(
    `${problems === 1 ? '1 problem' : `${problems} problems`} found, nothing changed. ` +
      'Damaged drafts are only read, all others go on; keep the file and restore a backup.',
  )
}

async function compare(
  { from, to, format, file }: CompareCommand,
  corpus: Corpus,
  terminal: Terminal,
): Promise<string> {
  if (from === to) throw new Error('a text does not differ from itself: name another')
  const readable = readComparison(editionOf(from, corpus), editionOf(to, corpus))
  if (file === null) return textOf(readable, 'marked')
  await writeExport(file, readable, 'marked', format, terminal)
  return ''
}

/** A block for each change: its result, where it is in both texts, and the words. */
async function outcome(
  { id, later }: OutcomeCommand,
  corpus: Corpus,
  terminal: Terminal,
): Promise<string> {
  const edition = editionOf(later, corpus)
  const { ledger } = await find(id, corpus, terminal)
  const rows = outcomesOf(ledger, edition.provisions)
  const counts = ['taken over', 'in other words', 'not taken over'].map(
    (result) => `${rows.filter((row) => row.result === result).length} ${result}`,
  )
  const blocks = rows.map(({ address, deleted, inserted, result, place, there }) =>
    [
      `${result.padEnd(14)}  ${address}${place && place !== address ? ` -> ${place}` : ''}`,
      deleted && `    - ${deleted}`,
      inserted && `    + ${inserted}`,
      result === 'in other words' && there && `    = ${there}`,
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return `${counts.join(', ')} in ${editionName(edition)}\n\n${blocks.join('\n')}\n`
}

async function writeExport(
  file: string,
  readable: Readable,
  view: View,
  format: ExportFormat,
  { now }: Terminal,
): Promise<void> {
  const typesetter = new Typesetter()
  try {
    write(file, (await exportFile(readable, view, format, now(), typesetter)).bytes)
  } finally {
    await typesetter.close()
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

function write(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes)
  } catch (error) {
    throw new Error(`${file} cannot be written: ${messageOf(error)}`, { cause: error })
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
