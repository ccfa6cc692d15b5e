/** Acts of the record in words. */
import type { Act, AuditEntry } from '@revmark/shared/wire'

const said: Readonly<Record<Act, string>> = {
  'signed-in': 'took the seat in a browser',
  'sign-in-refused': 'was not let in by a link',
  'signed-out': 'signed out',
  'person-added': 'added a person',
  'person-changed': 'changed a person',
  'person-signed-out': 'signed a person out everywhere',
  'seat-taken-away': 'took a seat away',
  'person-erased': 'erased a person',
  'link-made': 'made a sign-in link',
  'link-revoked': 'revoked a sign-in link',
  'token-made': 'made a token',
  'token-revoked': 'revoked a token',
  'draft-opened': 'opened a draft',
  'history-read': 'read the history',
  'file-read': 'read a file that was sent',
  'audit-read': 'took this record away',
  'draft-begun': 'began a draft',
  'version-named': 'named a version',
  decided: 'decided',
  imported: 'took a Word file in',
  exported: 'exported',
  'backed-up': 'copied all of this server',
  restored: 'put a copy of all of this server in its place',
}

/** What an entry says was done, without who and when; `nameOf` gives persons their names. */
export function actWords(entry: AuditEntry, nameOf: (person: string) => string): string {
  const { act, details, subject, draft, token } = entry
  const person = details['person'] ?? (personal.has(act) ? subject : null)
  const facts = Object.entries(details).filter(
    ([name, value]) => name !== 'person' && value !== null,
  )
  return [
    said[act],
    typeof person === 'string' && nameOf(person),
    ...facts.map(([name, value]) =>
      typeof value === 'boolean' ? value && name : wordsOf(name, String(value)),
    ),
    draft,
    token !== null && `by the token ${token}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Acts that are done to a person. */
const personal: ReadonlySet<Act> = new Set([
  'person-added',
  'person-changed',
  'person-signed-out',
  'seat-taken-away',
  'person-erased',
])

const wordsOf = (name: string, value: string): string =>
  name === 'days' || name === 'entries' ? `${value} ${name}` : value
