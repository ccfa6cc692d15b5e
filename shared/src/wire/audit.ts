/** What was done in a meeting and by whom, as the chair and the secretariat read it. */
import { z } from 'zod'

/** Every act that is recorded, and which kind it is of. Names are never changed: a record keeps them. */
export const kindOfAct = {
  'signed-in': 'signing in',
  'sign-in-refused': 'signing in',
  'signed-out': 'signing in',
  'person-added': 'rights',
  'person-changed': 'rights',
  'person-signed-out': 'rights',
  'seat-taken-away': 'rights',
  'person-erased': 'rights',
  'link-made': 'rights',
  'link-revoked': 'rights',
  'token-made': 'rights',
  'token-revoked': 'rights',
  'draft-opened': 'reading',
  'history-read': 'reading',
  'file-read': 'reading',
  'audit-read': 'reading',
  exported: 'reading',
  'backed-up': 'reading',
  'draft-begun': 'texts',
  'version-named': 'texts',
  decided: 'texts',
  imported: 'texts',
  restored: 'texts',
} as const

export type Act = keyof typeof kindOfAct
export const acts = Object.keys(kindOfAct) as [Act, ...Act[]]

export const actKinds = ['signing in', 'rights', 'reading', 'texts'] as const
export type ActKind = (typeof actKinds)[number]

/**
 * One record. Persons, drafts and what else was acted upon are named by their ids, so that a person can
 * be erased and the record stays. `hash`, in hex, covers the entry and the hash before it.
 */
export const auditEntrySchema = z.object({
  /** 1, 2, 3 ... in a meeting. */
  seq: z.number().int().positive(),
  /** Milliseconds since 1970. */
  at: z.number().int(),
  /** Who; null: the server itself, or its operator. */
  person: z.string().nullable(),
  /** By which token; null: by none. */
  token: z.string().nullable(),
  act: z.enum(acts),
  draft: z.string().nullable(),
  /** The last entry of the draft's log at that time, and its hash in hex. */
  log: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
  /** What it was done to: a person, link, token, decision, file or version. */
  subject: z.string().nullable(),
  /** Further facts of the act. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

/**
 * A page of the record, the newest first; `next` is the `before` of the page behind it, or null. `people`
 * gives the persons of the meeting the names that they have now.
 */
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  next: z.number().int().nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

export const auditRequestSchema = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  kind: z.enum(actKinds).optional(),
  seat: z.string().optional(),
})

/** `jsonl`: a JSON object a line; either holds the whole record, the oldest first. */
export const auditExportSchema = z.strictObject({
  format: z.enum(['jsonl', 'csv']),
  seat: z.string().optional(),
})
