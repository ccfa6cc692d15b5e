/** `revmark fsck`: whether the store is what was written, draft by draft. */
import { inspectAudit, inspectDraft } from '../inspection.ts'
import type { AuditReport, DraftReport } from '../inspection.ts'
import { hexOf } from '../store/chain.ts'
import type { Store } from '../store/store.ts'

/** What an examination has found. */
export interface Findings {
  /** A line for each draft, and its problems below it; then what is wrong with the store itself. */
  readonly text: string
  readonly drafts: number
  /** Entries of all logs. */
  readonly entries: number
  readonly problems: number
}

/** Examines the whole store, or one draft of it. Rejects where the store cannot be read at all. */
export async function fsck(store: Store, only: string | null = null): Promise<Findings> {
  const known = only === null ? (await store.drafts.all()).map(({ id }) => id) : [only]
  const reports: DraftReport[] = []
  // One after the other: a draft in memory is many times its size on disk.
  for (const draft of known) reports.push(await inspectDraft(store, draft))
  const records: AuditReport[] = []
  if (only === null)
    for (const { id } of await store.meetings.all()) records.push(await inspectAudit(store, id))
  const own = only === null ? await store.examine() : []
  const width = Math.max(0, ...known.map((id) => id.length))
  const found = [...reports, ...records].map(({ problems }) => problems.length)
  return {
    text:
      reports.map((report) => linesOf(report, width)).join('') +
      records.map((report) => recordLinesOf(report)).join('') +
      own.map((problem) => `the store: ${problem}\n`).join(''),
    drafts: reports.length,
    entries: reports.reduce((sum, { head }) => sum + (head?.seq ?? 0), 0),
    problems: found.reduce((sum, count) => sum + count, own.length),
  }
}

const recordLinesOf = ({ meeting, entries, head, problems }: AuditReport): string =>
  [
    `the audit of ${meeting}  ${verdictOn(problems)}  ${entries} entries`,
    head === null ? '\n' : `  head ${head}\n`,
    ...problems.map((problem) => `    ${problem}\n`),
  ].join('')

const verdictOn = (problems: readonly string[]): string =>
  problems.length === 0 ? 'sound  ' : 'DAMAGED'

function linesOf({ draft, head, problems }: DraftReport, width: number): string {
  const counted = head === null ? 'no log' : `${head.seq} entries`
  const hash = head === null ? '' : `  head ${hexOf(head.hash)}`
  return [
    `${draft.padEnd(width)}  ${verdictOn(problems)}  ${counted.padStart(14)}${hash}\n`,
    ...problems.map((problem) => `    ${problem}\n`),
  ].join('')
}
