/** What the command line asks for. */
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { views } from '@revmark/shared/ledger'
import type { View } from '@revmark/shared/ledger'
import { exportFormats } from '@revmark/shared/wire'
import type { ExportFormat } from '@revmark/shared/wire'
import type { NewMeeting } from './meeting.ts'

export const usage = `usage:
  revmark list
  revmark text ID [--view base|marked|clean|accepted] [--cover]
  revmark export ID --format docx|pdf|html|xml|txt [--view base|marked|clean|accepted] -o FILE
  revmark compare ID ID [--format docx|pdf|html|xml|txt] [-o FILE]
  revmark outcome ID ID
  revmark meeting ID --title TITLE [--place PLACE] --delegation CODE=NAME ...
  revmark link ID
  revmark doctor
  revmark fsck [ID]
  revmark backup FILE
  revmark restore FILE [--force]
  revmark prove FILE
  revmark import FILE [--base ID] [--text N] [--delegation CODE]
                      [--view base|marked|clean|accepted | --json]

The format xml is Akoma Ntoso, html a page that stands alone.
ID is an edition of the corpus (res45-dubai-2014), a contribution (res45-brazil-2017) or a draft of
the store (res45). Without --view an edition is read as base, the others as marked.
compare writes the second edition as revision marks on the first; outcome tells for each change of a
contribution or a draft whether a later edition has it.
meeting adds a meeting with its delegations and prints a sign-in link for its secretariat, who lets
everybody else in; link prints another. Both may run beside the server.
doctor tells what is wrong with this installation, and what to do.
fsck examines the store, or one draft of it: the text in force, the chain of the log, the snapshot, the
authors; of the whole store also the record of who did what, and the file itself. It changes nothing, and may run beside the server.
backup writes the whole store into one new file, also beside the server, and proves it; restore proves
a backup and puts it in the store's place, with --force also where there is one, which is kept.
prove reads a Word file that Revmark has written and tells whether it still says what it said.
import reads anybody's Word file, as changes of the edition --base, found by its number where it is
left out: of the delegation --delegation, else of those who signed them. --text names one of several
proposals, from 1. It prints a view, marked where none is named, and reports what it did not take.
The store is in the folder that DATA names, ./data where it is unset.
`

/** `view` is null where nobody asks for one. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'list' }
  | { readonly name: 'doctor' }
  | { readonly name: 'meeting'; readonly meeting: NewMeeting }
  | { readonly name: 'link'; readonly id: string }
  | {
      readonly name: 'text'
      readonly id: string
      readonly view: View | null
      readonly cover: boolean
    }
  | {
      readonly name: 'export'
      readonly id: string
      readonly view: View | null
      readonly format: ExportFormat
      readonly file: string
    }
  | {
      readonly name: 'compare'
      readonly from: string
      readonly to: string
      readonly format: ExportFormat
      /** null: standard output, for text only. */
      readonly file: string | null
    }
  | { readonly name: 'outcome'; readonly id: string; readonly later: string }
  /** `id` null: the whole store. */
  | { readonly name: 'fsck'; readonly id: string | null }
  | { readonly name: 'backup'; readonly file: string }
  | { readonly name: 'restore'; readonly file: string; readonly force: boolean }
  | { readonly name: 'prove'; readonly file: string }
  | ImportCommand

export interface ImportCommand {
  readonly name: 'import'
  readonly file: string
  /** null: the edition that the file itself names. */
  readonly base: string | null
  /** Which of the file's texts, from 1. */
  readonly text: number
  /** null: each revision is its signer's. */
  readonly delegation: string | null
  /** null: everything, as JSON. */
  readonly view: View | null
}

/** Thrown where the arguments are none that `usage` describes. */
export class UsageError extends Error {}

const optionsOf = {
  list: {},
  text: { view: { type: 'string' }, cover: { type: 'boolean' } },
  export: {
    view: { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  compare: { format: { type: 'string' }, output: { type: 'string', short: 'o' } },
  outcome: {},
  doctor: {},
  meeting: {
    title: { type: 'string' },
    place: { type: 'string' },
    delegation: { type: 'string', multiple: true },
  },
  link: {},
  fsck: {},
  backup: {},
  restore: { force: { type: 'boolean' } },
  prove: {},
  import: {
    base: { type: 'string' },
    text: { type: 'string' },
    delegation: { type: 'string' },
    view: { type: 'string' },
    json: { type: 'boolean' },
  },
} as const satisfies Record<string, ParseArgsConfig['options']>

/** Reads the arguments after the program's name; throws a UsageError where they make no command. */
export function readArguments(args: readonly string[]): Command {
  const [name, ...rest] = args
  if (name === undefined) throw new UsageError('a command is missing')
  if (name === 'help' || name === '--help' || name === '-h') return { name: 'help' }
  if (!Object.hasOwn(optionsOf, name)) throw new UsageError(`there is no command ${name}`)
  const command = name as keyof typeof optionsOf
  const { values, positionals } = parse(rest, optionsOf[command])
  if (command === 'list' || command === 'doctor') {
    if (positionals.length > 0) throw new UsageError(`${command} takes no ID`)
    return { name: command }
  }
  if (command === 'fsck') {
    if (positionals.length > 1) throw new UsageError('fsck takes one ID, or none for all')
    return { name: 'fsck', id: positionals[0] ?? null }
  }
  if (command === 'compare' || command === 'outcome') return pairOf(command, values, positionals)
  if (command === 'meeting') return { name: 'meeting', meeting: meetingIn(values, positionals) }
  if (isFileCommand(command)) return fileCommand(command, values, positionals)
  const [id, ...more] = positionals
  if (id === undefined) throw new UsageError(`${command} needs an ID`)
  if (more.length > 0) throw new UsageError(`${command} takes one ID, not ${positionals.join(' ')}`)
  const view = values['view'] === undefined ? null : oneOf('--view', views, values['view'])
  if (command === 'link') return { name: 'link', id }
  if (command === 'text') return { name: 'text', id, view, cover: values['cover'] === true }
  const file = values['output']
  if (typeof file !== 'string') throw new UsageError('export needs -o FILE')
  return {
    name: 'export',
    id,
    view,
    format: oneOf('--format', exportFormats, values['format']),
    file,
  }
}

function pairOf(
  command: 'compare' | 'outcome',
  values: Record<string, unknown>,
  [first, second, ...more]: readonly string[],
): Command {
  if (first === undefined || second === undefined || more.length > 0)
    throw new UsageError(`${command} takes two IDs`)
  if (command === 'outcome') return { name: 'outcome', id: first, later: second }
  const format =
    values['format'] === undefined ? 'txt' : oneOf('--format', exportFormats, values['format'])
  const file = typeof values['output'] === 'string' ? values['output'] : null
  if (format !== 'txt' && file === null) throw new UsageError(`compare needs -o FILE for ${format}`)
  return { name: 'compare', from: first, to: second, format, file }
}

/** A meeting's id is part of addresses. */
const meetingId = /^[a-z0-9][a-z0-9-]{0,39}$/

function meetingIn(
  { title, place = '', delegation }: Record<string, unknown>,
  [id, ...more]: readonly string[],
): NewMeeting {
  if (id === undefined || !meetingId.test(id) || more.length > 0)
    throw new UsageError('meeting takes one ID of small letters, digits and hyphens')
  if (typeof title !== 'string' || title.trim() === '')
    throw new UsageError('meeting needs --title TITLE')
  const delegations = (Array.isArray(delegation) ? delegation : []).map((given: unknown) => {
    const [, code, name] = /^([A-Z]{1,8})=(.*\S.*)$/.exec(String(given)) ?? []
    if (code === undefined || name === undefined)
      throw new UsageError(
        `--delegation takes CODE=NAME, as B=Brazil, not ${JSON.stringify(given)}`,
      )
    return { code, name: name.trim() }
  })
  if (delegations.length === 0) throw new UsageError('meeting needs a --delegation CODE=NAME')
  if (new Set(delegations.map(({ code }) => code)).size < delegations.length)
    throw new UsageError('two delegations have one code')
  return { id, title: title.trim(), place: String(place).trim(), delegations }
}

const fileCommands = ['prove', 'backup', 'restore', 'import'] as const
type FileCommand = (typeof fileCommands)[number]

const isFileCommand = (command: string): command is FileCommand =>
  fileCommands.some((one) => one === command)

function fileCommand(
  command: FileCommand,
  values: Record<string, unknown>,
  [file, ...more]: readonly string[],
): Command {
  if (file === undefined || more.length > 0) throw new UsageError(`${command} takes one FILE`)
  if (command === 'prove' || command === 'backup') return { name: command, file }
  if (command === 'restore') return { name: 'restore', file, force: values['force'] === true }
  const named = (option: string) => {
    const value = values[option]
    return typeof value === 'string' ? value : null
  }
  const [view, code, number] = [named('view'), named('delegation'), named('text') ?? '1']
  const isJson = values['json'] === true
  if (isJson && view !== null) throw new UsageError('import takes --view or --json, not both')
  if (code !== null && !/^[A-Z]{1,8}$/.test(code)) {
    throw new UsageError(
      `--delegation takes a code of capital letters, not ${JSON.stringify(code)}`,
    )
  }
  if (!/^[1-9]\d{0,3}$/.test(number)) {
    throw new UsageError(`--text takes a number from 1, not ${JSON.stringify(number)}`)
  }
  return {
    name: 'import',
    file,
    base: named('base'),
    text: Number(number),
    delegation: code,
    view: isJson ? null : view === null ? 'marked' : oneOf('--view', views, view),
  }
}

function parse(
  args: string[],
  options: NonNullable<ParseArgsConfig['options']>,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function oneOf<T extends string>(option: string, allowed: readonly T[], value: unknown): T {
  const found = allowed.find((one) => one === value)
  if (found !== undefined) return found
  const given = value === undefined ? '' : `, not ${JSON.stringify(value)}`
  throw new UsageError(`${option} takes ${allowed.join(', ')}${given}`)
}
