/**
 * The chain of a log: each entry's hash covers the entry and the hash before it, so that no entry can
 * be changed, left out or put in without every later hash telling.
 */
import { hash } from 'node:crypto'
import type { LogEntry } from './log.ts'

/** SHA-256, 32 bytes. */
export type Link = Uint8Array

const sha256 = (...parts: readonly Uint8Array[]): Link =>
  new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'))

/** What stands before the first entry: a log cannot be passed off as another draft's. */
export const firstLink = (draft: string): Link => sha256(Buffer.from(`revmark log of ${draft}`))

/**
 * The hash of an entry: over the hash before it, then a JSON list of what is known of the entry, a
 * zero byte (which JSON never holds) and the update.
 */
export function linkOf(before: Link, entry: LogEntry): Link {
  const { seq, user, client, at, kind, data, decision } = entry
  const known = [seq, user, client, at, kind, decision && [decision.id, decision.note]]
  return sha256(before, Buffer.from(`${JSON.stringify(known)}\0`), data)
}

/** The digest of a snapshot, bound to its place in the log. */
export const digestOf = (draft: string, seq: number, head: Link, data: Uint8Array): Link =>
  sha256(Buffer.from(`${JSON.stringify([draft, seq])}\0`), head, data)

/** A hash as files and people write it. */
export const hexOf = (link: Link): string => Buffer.from(link).toString('hex')

export const sameLink = (a: Link, b: Link): boolean => Buffer.compare(a, b) === 0
