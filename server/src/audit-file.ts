/** The record of a meeting as a file. */
import type { AuditEntry } from '@revmark/shared/wire'

/** A JSON object a line, with all that the hashes cover. */
export const linesOf = (entries: readonly AuditEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')

/** A table (RFC 4180) with a head; `names` gives persons the names that they have now. */
export function tableOf(
  entries: readonly AuditEntry[],
  names: ReadonlyMap<string, string>,
): string {
  const rows = entries.map(
    ({ seq, at, person, token, act, draft, log, subject, details, hash }) => [
      seq,
      new Date(at).toISOString(),
      person,
      person === null ? null : names.get(person),
      token,
      act,
      draft,
      log?.seq,
      subject,
      Object.entries(details)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
      hash,
    ],
  )
  const head = 'seq,time,person,name,token,act,draft,log entry,subject,details,hash'
  return [head, ...rows.map((row) => row.map(cell).join(','))].join('\r\n') + '\r\n'
}

/** A spreadsheet takes what begins so for a formula, and names are anybody's words. */
const formula = /^[=+\-@\t\r]/

function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
