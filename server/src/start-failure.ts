/** Why the server cannot start, and what the operator can do: an error in words. */
import type { Config } from './config.ts'

/** What happened and what to do; an error that nobody foresaw in its own words. */
export function whyNotStarted(error: unknown, { data, host, port }: Config): string {
  const message = error instanceof Error ? error.message : String(error)
  const advice = {
    EADDRINUSE: `port ${port} is taken. Stop what listens there, or set PORT to another.`,
    EADDRNOTAVAIL: `this machine has no address ${host}. Set HOST to one of its own.`,
    EACCES: `this user may not do it (${message}). Ports below 1024 and folders of others need rights.`,
    READONLY: `the folder ${data} takes no writes. Let this user write there, or set DATA to another folder.`,
    FULL: `the disk of ${data} is full, or DATA_LIMIT is reached. Make room, or raise the limit.`,
    IOERR: `the disk of ${data} fails (${message}). Look at the system's log.`,
    DAMAGED: `the database in ${data} is damaged (${message}). Keep it, and run "revmark restore" with a backup.`,
  }
  const kind = kindOf(error)
  return kind === null ? message : advice[kind]
}

type Kind = 'EADDRINUSE' | 'EADDRNOTAVAIL' | 'EACCES' | 'READONLY' | 'FULL' | 'IOERR' | 'DAMAGED'

const kinds: ReadonlyMap<string | number, Kind> = new Map<string | number, Kind>([
  // Of the operating system.
  ['EADDRINUSE', 'EADDRINUSE'],
  ['EADDRNOTAVAIL', 'EADDRNOTAVAIL'],
  ['EACCES', 'EACCES'],
  ['EROFS', 'READONLY'],
  ['ENOSPC', 'FULL'],
  // Primary result codes of SQLite: READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
  [8, 'READONLY'],
  [10, 'IOERR'],
  [11, 'DAMAGED'],
  [13, 'FULL'],
  [14, 'READONLY'],
  [26, 'DAMAGED'],
])

function kindOf(error: unknown): Kind | null {
  if (!(error instanceof Error)) return null
  if ('errcode' in error && typeof error.errcode === 'number')
    return kinds.get(error.errcode & 0xff) ?? null
  return ('code' in error && kinds.get(String(error.code))) || null
}
