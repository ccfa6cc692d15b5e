/** The record of who did what in a meeting, as the chair and the secretariat read it. */
import { auditPageSchema } from '@revmark/shared/wire'
import type { ActKind, AuditPage } from '@revmark/shared/wire'
import { ask } from './http.ts'
import { pathIn } from './people.ts'
import type { Office } from './people.ts'
import type { Result } from './problem.ts'

/** A page of the record, the newest first; of one kind where one is named, behind `before`. */
export const page = (
  office: Office,
  kind: ActKind | null,
  before: number | null,
): Promise<Result<AuditPage>> =>
  ask(
    auditPageSchema,
    pathIn(office, '/audit', {
      ...(kind !== null && { kind }),
      ...(before !== null && { before: String(before) }),
    }),
  )

/** Where the whole record is to be had as a file. */
export const fileAddress = (office: Office, format: 'csv' | 'jsonl'): string =>
  pathIn(office, '/audit/export', { format })
