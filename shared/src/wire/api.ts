/** The HTTP API's values. Every error is `{ error: { code, message } }` with a fitting status. */
import { z } from 'zod'

export const roles = ['delegate', 'chair', 'secretariat', 'observer'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** One place in a meeting that this browser may take. A browser may hold several. */
export const seatSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Code of the delegation, e.g. `B`; null for chair, secretariat and observers. */
  delegation: z.string().nullable(),
  meeting: z.string(),
})
export type Seat = z.infer<typeof seatSchema>

/** The seats of a browser, in the order in which they were taken. */
export const seatsSchema = z.object({ seats: z.array(seatSchema) })
export type Seats = z.infer<typeof seatsSchema>

/** `colour` is an index into the interface's palette, given by the order of admission. */
export const delegationSchema = z.object({
  code: z.string(),
  name: z.string(),
  colour: z.number().int(),
})
export type Delegation = z.infer<typeof delegationSchema>

export const draftSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  edition: z.string(),
})

export const meetingSchema = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  delegations: z.array(delegationSchema),
  drafts: z.array(draftSummarySchema),
})
export type Meeting = z.infer<typeof meetingSchema>

export const draftSchema = draftSummarySchema.extend({
  meeting: z.string(),
  meetingName: z.string(),
  baseHash: z.string(),
  delegations: z.array(delegationSchema),
  seat: seatSchema,
})
export type Draft = z.infer<typeof draftSchema>

export const joinRequestSchema = z.strictObject({ token: z.string().min(20).max(200) })

/** How many client ids a browser may keep for pages that open without a server. */
export const mostSpareClients = 8

/** Days after its issue in which a client id may be taken, and in which what it wrote must arrive. */
export const clientDays = { taken: 30, sent: 90 } as const

/** `spare`: how many ids more, to be taken while there is no server. */
export const clientRequestSchema = z.strictObject({
  spare: z.number().int().min(0).max(mostSpareClients).default(0),
})

/** `spare` has fewer ids than were asked for where the seat has had many of late. */
export const issuedClientSchema = z.object({
  client: z.number().int(),
  spare: z.array(z.number().int()),
})
export type IssuedClient = z.infer<typeof issuedClientSchema>

/** The decision as it stands in the ydoc; a caller needs its id. */
export const decidedSchema = z.object({ decision: z.looseObject({ id: z.string() }) })
export type Decided = z.infer<typeof decidedSchema>

export const healthSchema = z.object({ status: z.literal('ok') })

/** `degraded`: so many drafts are only read (`held`), or are damaged. */
export const readinessSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  held: z.number().int(),
  damaged: z.number().int(),
})

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
})

/** Why a request was not served; `message` beside it says it to a person. */
export const errorCodes = [
  'invalid-request',
  'signed-out',
  'bad-origin',
  'wrong-role',
  'wrong-seat',
  'unknown-link',
  'unknown-token',
  'token-refused',
  'wrong-scope',
  'unknown-person',
  'unknown-browser',
  'unknown-meeting',
  'unknown-draft',
  'unknown-moment',
  'name-taken',
  'unknown-text',
  'unknown-route',
  'changed-meanwhile',
  'link-expired',
  'link-revoked',
  'link-used',
  'own-seat',
  'too-large',
  'too-many',
  'unreadable-file',
  'unknown-edition',
  'unavailable',
  'damaged',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** `xml` is Akoma Ntoso; `html` a page that stands alone. */
export const exportFormats = ['docx', 'pdf', 'html', 'xml', 'txt'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What an export is written in; `marked` carries revision marks. */
export const exportRequestSchema = z.strictObject({
  format: z.enum(exportFormats),
  view: z.enum(['base', 'marked', 'clean', 'accepted']).default('marked'),
  seat: z.string().optional(),
})

/**
 * Who wrote what when: clocks `clock` to `clock + length` (excluded) of a Yjs client id were taken in
 * between `from` and `to`, milliseconds since 1970. In the order of arrival.
 */
export const writtenSchema = z.object({
  user: z.string(),
  client: z.number().int(),
  clock: z.number().int(),
  length: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
})
export type Written = z.infer<typeof writtenSchema>

/** A decision's record: `id` is that of the decision in the ydoc. */
export const decisionRecordSchema = z.object({
  id: z.string(),
  user: z.string(),
  at: z.number().int(),
  note: z.string(),
})
export type DecisionRecord = z.infer<typeof decisionRecordSchema>

/**
 * A stretch of one person's work, or one decision: the draft as it was after it has the log's `seq`.
 * `from` and `to` are milliseconds since 1970; `decision` is the decision's id, else null.
 */
export const momentSchema = z.object({
  seq: z.number().int().positive(),
  user: z.string(),
  kind: z.enum(['base', 'edit', 'decision']),
  from: z.number().int(),
  to: z.number().int(),
  decision: z.string().nullable(),
})
export type Moment = z.infer<typeof momentSchema>

/** A name that somebody has given to the draft as it was after the log's `seq`. */
export const versionSchema = z.object({
  name: z.string(),
  seq: z.number().int().positive(),
  user: z.string(),
  at: z.number().int(),
})
export type Version = z.infer<typeof versionSchema>

/** `seq` is left out for the draft as it is now. */
export const newVersionSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  seq: z.number().int().positive().optional(),
})

/** A draft's history; `people` names the users of the others. Moments and versions by their seq. */
export const historySchema = z.object({
  people: z.array(seatSchema),
  written: z.array(writtenSchema),
  decisions: z.array(decisionRecordSchema),
  moments: z.array(momentSchema),
  versions: z.array(versionSchema),
})
export type History = z.infer<typeof historySchema>

/** What has changed in a view from one moment to a later one. */
export const differenceRequestSchema = z.strictObject({
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
  view: z.enum(['clean', 'accepted']).default('clean'),
  seat: z.string().optional(),
})
