/** The names of what the API takes and gives, and an example of what a script meets most. */
import { decisionRequestSchema } from '@revmark/shared/ledger'
import * as wire from '@revmark/shared/wire'
import type { z } from 'zod'

/** A schema of the document: by its name under `components.schemas`, with examples that fit it. */
export interface NamedSchema {
  readonly schema: z.ZodType
  readonly examples?: readonly unknown[]
}

const seat = {
  id: 'brazil',
  name: 'Delegate of Brazil',
  role: 'delegate',
  delegation: 'B',
  meeting: 'wtdc-17',
}

const link = {
  id: '0f3c1a5e9b7d2468',
  person: 'p-1x9k2m4q',
  at: 1_763_971_200_000,
  expires: 1_764_576_000_000,
  revoked: null,
  uses: 1,
  used: 0,
}

const token = {
  id: '7d24680f3c1a5e9b',
  person: 'secretariat',
  name: 'Nightly export',
  scopes: ['read', 'export'],
  at: 1_763_971_200_000,
  expires: 1_771_747_200_000,
  revoked: null,
  seen: null,
}

/** What a route takes. */
export const takenSchemas: Readonly<Record<string, NamedSchema>> = {
  JoinRequest: {
    schema: wire.joinRequestSchema,
    examples: [{ token: 'Zk3rq0Yw1bT8vXo2nL5cJ7hD9sF4gM6pA1eQ0uR8iKs' }],
  },
  NewPerson: {
    schema: wire.newPersonSchema,
    examples: [{ name: 'Ana Souza', role: 'delegate', delegation: 'B', email: 'ana@example.org' }],
  },
  PersonChange: {
    schema: wire.personChangeSchema,
    examples: [{ role: 'observer', delegation: null }],
  },
  NewLink: { schema: wire.newLinkSchema, examples: [{ once: true, days: 7 }] },
  NewToken: {
    schema: wire.newTokenSchema,
    examples: [{ name: 'Nightly export', scopes: ['read', 'export'], days: 90 }],
  },
  NewDraft: { schema: wire.newDraftSchema, examples: [{ edition: 'res45-dubai-2014' }] },
  NewNumbering: { schema: wire.newNumberingSchema, examples: [{ numbering: 'bis' }] },
  NewVersion: { schema: wire.newVersionSchema, examples: [{ name: 'After the first reading' }] },
  DecisionRequest: { schema: decisionRequestSchema },
  WordExport: {
    schema: wire.wordExportSchema,
    examples: [{ view: 'marked', changes: 'accepted', family: 'wtdc', persons: 'named' }],
  },
}

/** What a route gives. */
export const givenSchemas: Readonly<Record<string, NamedSchema>> = {
  Error: {
    schema: wire.errorSchema,
    examples: [
      { error: { code: 'unknown-draft', message: 'There is no draft "x" for you here.' } },
    ],
  },
  Seat: { schema: wire.seatSchema, examples: [seat] },
  Numbering: { schema: wire.numberingSchema, examples: [{ numbering: 'bis' }] },
  SignInWays: { schema: wire.signInWaysSchema, examples: [{ provider: 'ITU' }] },
  Seats: { schema: wire.seatsSchema },
  Delegation: {
    schema: wire.delegationSchema,
    examples: [{ code: 'B', name: 'Brazil', colour: 0 }],
  },
  DraftSummary: {
    schema: wire.draftSummarySchema,
    examples: [
      { id: 'res45', title: 'Resolution 45 (Rev. Dubai, 2014)', edition: 'res45-dubai-2014' },
    ],
  },
  Meeting: { schema: wire.meetingSchema },
  Draft: { schema: wire.draftSchema },
  ClientRequest: { schema: wire.clientRequestSchema, examples: [{ spare: 0 }] },
  IssuedClient: {
    schema: wire.issuedClientSchema,
    examples: [{ client: 402_653_189, spare: [] }],
  },
  Decided: { schema: wire.decidedSchema },
  History: { schema: wire.historySchema },
  Written: { schema: wire.writtenSchema },
  Moment: { schema: wire.momentSchema },
  DecisionRecord: { schema: wire.decisionRecordSchema },
  Version: {
    schema: wire.versionSchema,
    examples: [{ name: 'After the first reading', seq: 412, user: 'chair', at: 1_763_974_800_000 }],
  },
  Person: {
    schema: wire.personSchema,
    examples: [{ ...seat, email: 'ana@example.org', revoked: null, erased: null, browsers: 1 }],
  },
  Link: { schema: wire.linkSchema, examples: [link] },
  MadeLink: {
    schema: wire.madeLinkSchema,
    examples: [{ ...link, token: 'Zk3rq0Yw1bT8vXo2nL5cJ7hD9sF4gM6pA1eQ0uR8iKs' }],
  },
  Token: { schema: wire.tokenSchema, examples: [token] },
  Tokens: { schema: wire.tokensSchema },
  MadeToken: {
    schema: wire.madeTokenSchema,
    examples: [{ ...token, token: 'revmark_Zk3rq0Yw1bT8vXo2nL5cJ7hD9sF4gM6pA1eQ0uR8iKs' }],
  },
  AuditEntry: { schema: wire.auditEntrySchema },
  AuditPage: { schema: wire.auditPageSchema },
  Membership: { schema: wire.membershipSchema },
  Browser: { schema: wire.browserSchema },
  Browsers: { schema: wire.browsersSchema },
  EditionSummary: { schema: wire.editionSummarySchema },
  ContributionSummary: { schema: wire.contributionSummarySchema },
  Library: { schema: wire.librarySchema },
  OutcomeRow: { schema: wire.outcomeRowSchema },
  Outcome: { schema: wire.outcomeSchema },
  CreatedDraft: {
    schema: wire.createdDraftSchema,
    examples: [{ id: 'res45-dubai-2014-k3x9qa' }],
  },
  ImportReport: { schema: wire.importReportSchema },
  Imported: { schema: wire.importedSchema },
  Attachment: { schema: wire.attachmentSchema },
  Attachments: { schema: wire.attachmentsSchema },
  Health: { schema: wire.healthSchema, examples: [{ status: 'ok' }] },
  Readiness: { schema: wire.readinessSchema, examples: [{ status: 'ok', held: 0, damaged: 0 }] },
}
