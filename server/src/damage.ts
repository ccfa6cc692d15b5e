/** Whether what the store gives back is what was written: a damage is not mended by trying again. */
import { BaseChanged } from './room/replay.ts'
import { AuditDamaged } from './store/audit.ts'
import { LogDamaged } from './store/log.ts'
import { isStoreDamage } from './store/trouble.ts'

/** Whether an error says that the store's file is damaged, and not that it cannot be reached. */
export function isDamage(error: unknown): boolean {
  if ([LogDamaged, BaseChanged, AuditDamaged].some((kind) => error instanceof kind)) return true
  // What was JSON and rows of a shape is so no more.
  if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ZodError'))
    return true
  return isStoreDamage(error)
}

/** A draft of which the store's record is damaged; thrown where nothing of it can be proved. */
export class DraftDamaged extends Error {
  readonly draft: string

  constructor(draft: string, cause: unknown) {
    super(
      `the record of draft ${draft} is damaged: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
    this.name = 'DraftDamaged'
    this.draft = draft
  }
}
