/** Who may enter a meeting and by which links, as the secretariat sees it; where a person is signed in. */
import { z } from 'zod'
import { roleSchema, seatSchema } from './api.ts'

/** The most days that a link may work. */
export const longestLink = 90

const name = z.string().trim().min(1).max(80)
const email = z.email().max(200).toLowerCase()
const delegation = z.string().min(1).max(8).nullable()

/** Whether a role and a delegation go together: delegates speak for one, nobody else does. */
export const fitsRole = (place: { role: string; delegation: string | null }): boolean =>
  (place.role === 'delegate') === (place.delegation !== null)
export const roleMisfit = 'a delegate has a delegation, nobody else has'

/** Who is to get a seat. `email`, where given, lets in whoever proves it at the identity provider. */
export const newPersonSchema = z
  .strictObject({ name, role: roleSchema, delegation, email: email.nullable().default(null) })
  .refine(fitsRole, { path: ['delegation'], error: roleMisfit })
export type NewPerson = z.input<typeof newPersonSchema>

/** What is to be otherwise about a person; what is left out stays. */
export const personChangeSchema = z
  .strictObject({ name, role: roleSchema, delegation, email: email.nullable() })
  .partial()
export type PersonChange = z.infer<typeof personChangeSchema>

/** A person of a meeting; `browsers` counts where the seat is taken. Times are milliseconds since 1970. */
export const personSchema = seatSchema.extend({
  email: z.string().nullable(),
  /** When the seat was taken away; null: it stands. */
  revoked: z.number().int().nullable(),
  /** When name and address were erased; null: they were not. */
  erased: z.number().int().nullable(),
  browsers: z.number().int(),
})
export type Person = z.infer<typeof personSchema>

/** A sign-in link without its token, which nobody keeps. */
export const linkSchema = z.object({
  id: z.string(),
  person: z.string(),
  /** When it was made; null: by a former version, which did not write it down. */
  at: z.number().int().nullable(),
  expires: z.number().int(),
  revoked: z.number().int().nullable(),
  /** How often it may be used; null: any number of times. */
  uses: z.number().int().nullable(),
  used: z.number().int(),
})
export type Link = z.infer<typeof linkSchema>

/** Everybody who has or had a seat in a meeting, and every link but those of former starts. */
export const membershipSchema = z.object({
  people: z.array(personSchema),
  links: z.array(linkSchema),
})
export type Membership = z.infer<typeof membershipSchema>

/** `days`: how long it works; `once`: for one browser only. */
export const newLinkSchema = z.strictObject({
  once: z.boolean(),
  days: z.number().int().min(1).max(longestLink),
})
export type NewLink = z.infer<typeof newLinkSchema>

/** The one time that a link's token is told. */
export const madeLinkSchema = linkSchema.extend({ token: z.string() })
export type MadeLink = z.infer<typeof madeLinkSchema>

/** A browser that is signed in to seats of the one that asks; `agent` is how it calls itself. */
export const browserSchema = z.object({
  id: z.string(),
  agent: z.string(),
  at: z.number().int(),
  seen: z.number().int(),
  isThis: z.boolean(),
  seats: z.array(seatSchema),
})
export type Browser = z.infer<typeof browserSchema>

export const browsersSchema = z.object({ browsers: z.array(browserSchema) })
