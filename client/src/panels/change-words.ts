/** A change in words, for the panel. */
import type { Change, ChangeKind, ChangeState, Signed } from '@revmark/shared/ledger'
import { settingWords } from '../ui/setting-words.ts'
import { whenInFile } from '../ui/when.ts'

const kindNames: Readonly<Record<ChangeKind, string>> = {
  insertion: 'Insertion',
  deletion: 'Deletion',
  replacement: 'Replacement',
  'paragraph inserted': 'Paragraph inserted',
  'paragraph deleted': 'Paragraph deleted',
  'paragraph moved': 'Paragraph moved',
  split: 'Paragraph split',
  join: 'Paragraphs joined',
  shape: 'Paragraph changed',
  format: 'Format',
}

const stateNames: Readonly<Record<ChangeState, string>> = {
  pending: 'Pending',
  accepted: 'Accepted',
  bracketed: 'In brackets',
  rejected: 'Rejected',
}

/** What a change does: its kind, what is set, or from where what was moved. */
export function kindName({
  kind,
  setting,
  moves,
}: Pick<Change, 'kind' | 'setting' | 'moves'>): string {
  if (setting) return settingWords(setting.property, setting.value, setting.former)
  const [first] = moves
  if (!first) return kindNames[kind]
  const where = first.former === '' ? 'another place' : first.former
  return moves.length > 1
    ? `Moved from ${where}, ${moves.length} paragraphs`
    : `Moved from ${where}`
}

export const stateName = (state: ChangeState): string => stateNames[state]

/** "Signed in the file by Ana Lima, 25 Sep 2017, 16:20": who signed a change in the file it came from. */
export function signedWords(signers: readonly Signed[]): string {
  const words = new Set(
    signers.map(({ author, date, isUtc }) =>
      [author ?? 'nobody by name', date === null ? null : whenInFile(date, isUtc)]
        .filter((part) => part !== null)
        .join(', '),
    ),
  )
  const [first, ...more] = words
  if (first === undefined) return ''
  return `Signed in the file by ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`
}

/** A stretch of an excerpt. */
export interface Stretch {
  readonly mark: 'ins' | 'del' | 'span'
  readonly text: string
}

/** Letters kept from the start and from the end of a stretch that is too long for the panel. */
const head = 150
const tail = 60

/**
 * What a change strikes and inserts, struck first. A paragraph mark is shown as ¶, text of nothing
 * but spaces as ␣, and of a long text the middle is left out.
 */
export function excerptOf(change: Change): readonly Stretch[] {
  const { kind, inserted, deleted, setting, moves } = change
  const out: Stretch[] = []
  if (setting) out.push({ mark: 'span', text: shown(setting.text, '') })
  // What was moved as it stood is said once.
  if (moves.length > 0 && inserted === deleted)
    return [{ mark: 'span', text: shown(inserted.replaceAll('\n', ' ¶ '), '') }]
  const struckMark = kind === 'join' || kind === 'paragraph deleted' ? '¶' : ''
  const newMark = kind === 'split' || kind === 'paragraph inserted' ? '¶' : ''
  const struck = shown(deleted.replaceAll('\n', ' ¶ '), struckMark)
  const written = shown(inserted.replaceAll('\n', ' ¶ '), newMark)
  if (struck) out.push({ mark: 'del', text: struck })
  if (written) out.push({ mark: 'ins', text: written })
  return out
}

function shown(text: string, mark: string): string {
  const words = text && text.trim() === '' ? '␣'.repeat(text.length) : shortened(text)
  return words && mark ? `${words} ${mark}` : words + mark
}

function shortened(text: string): string {
  if (text.length <= head + tail) return text
  return `${text.slice(0, head).trimEnd()} … ${text.slice(-tail).trimStart()}`
}
