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

export const issuedClientSchema = z.object({ client: z.number().int() })

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
})
