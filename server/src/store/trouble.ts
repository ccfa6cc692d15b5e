/** The store's disk is full, gone, read-only or damaged: the request is sound, and may be tried again later. */
export class StoreTrouble extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StoreTrouble'
  }
}

/** The store's file is not what was written: trying again mends nothing. */
export class StoreDamaged extends StoreTrouble {
  constructor(message: string) {
    super(message)
    this.name = 'StoreDamaged'
  }
}

/** Whether an error is of the disk, not of the program. */
export const isStoreTrouble = (error: unknown): boolean =>
  error instanceof StoreTrouble || (error instanceof Error && isDiskError(error))

/** Waits for what may be left out while the disk takes no writes; rejects for every other reason. */
export const leniently = (written: Promise<void>): Promise<void> =>
  written.catch((error: unknown) => {
    if (!isStoreTrouble(error)) throw error
  })

/** Primary result codes of SQLite that name the disk: READONLY, IOERR, CORRUPT, FULL, CANTOPEN. */
const diskCodes = new Set([8, 10, 11, 13, 14])

/** What `node:sqlite` throws carries SQLite's extended result code, whose low byte is the primary one. */
const isDiskError = (error: Error): boolean => diskCodes.has(primaryCode(error))

/** Primary result codes of SQLite: CORRUPT, NOTADB. */
const damageCodes = new Set([11, 26])

/** Whether an error says that SQLite cannot make sense of the store's file. */
export const isStoreDamage = (error: unknown): boolean =>
  error instanceof StoreDamaged || (error instanceof Error && damageCodes.has(primaryCode(error)))

const primaryCode = (error: Error): number =>
  'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0
