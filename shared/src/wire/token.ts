/** Tokens by which scripts use the API, in the name of the chair or the secretariat who made them. */
import { z } from 'zod'
import type { Role } from './api.ts'

/** What a token may be allowed, each beside what the seat of its maker may do. */
export const scopes = ['read', 'export', 'import', 'decide', 'people', 'audit'] as const
export const scopeSchema = z.enum(scopes)
export type Scope = z.infer<typeof scopeSchema>

/** What a seat of a role may allow its tokens; nobody else makes any. */
export const scopesOf: Readonly<Partial<Record<Role, readonly Scope[]>>> = {
  chair: ['read', 'export', 'import', 'decide', 'audit'],
  secretariat: ['read', 'export', 'import', 'people', 'audit'],
}

/** The most days that a token may work. */
export const longestToken = 365

/** A token without its letters, which nobody keeps. Times are milliseconds since 1970. */
export const tokenSchema = z.object({
  id: z.string(),
  /** The seat in whose name it acts. */
  person: z.string(),
  /** What its maker calls it. */
  name: z.string(),
  scopes: z.array(scopeSchema),
  at: z.number().int(),
  expires: z.number().int(),
  revoked: z.number().int().nullable(),
  /** When it was last used, to a few minutes; null: never. */
  seen: z.number().int().nullable(),
})
export type Token = z.infer<typeof tokenSchema>

export const tokensSchema = z.object({ tokens: z.array(tokenSchema) })

/** `days`: how long it works. */
export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z
    .array(scopeSchema)
    .min(1)
    .max(scopes.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'names a scope twice'),
  days: z.number().int().min(1).max(longestToken),
})
export type NewToken = z.infer<typeof newTokenSchema>

/** The one time that a token's letters are told: `Authorization: Bearer <token>`. */
export const madeTokenSchema = tokenSchema.extend({ token: z.string() })
export type MadeToken = z.infer<typeof madeTokenSchema>
