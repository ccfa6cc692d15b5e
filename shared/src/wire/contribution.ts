/** A delegation's Word file over HTTP: what of it is taken into a draft, and what is not. */
import { z } from 'zod'
import { formats } from '../resolution/provision.ts'

/** Bytes of a file that may be sent in: what the reader of Word files takes. */
export const largestFile = 32 * 1024 * 1024

const signedSchema = z.object({
  author: z.string().nullable(),
  date: z.string().nullable(),
  isUtc: z.boolean(),
})

const settingValue = z.union([z.string(), z.number(), z.literal(true)])

/** Paragraphs are those of the file, from 1, cells of tables counted. */
export const importReportSchema = z.object({
  /** The edition that the file is laid upon, and its name. */
  edition: z.string(),
  editionName: z.string(),
  /** Which of the file's texts was taken, from 1, and the proposal lines of all; null: it has none. */
  text: z.number().int(),
  proposals: z.array(z.string().nullable()),
  /** The proposal, where it is of a text as a whole and so has no changes, and the text; else null. */
  whole: z
    .object({ symbol: z.string(), identifier: z.string(), text: z.array(z.string()) })
    .nullable()
    .default(null),
  cover: z.array(z.string()),
  reasons: z.string(),
  /** Who signed revisions, and when, as the file says. */
  signed: z.array(signedSchema),
  /** What was taken: the delegation's changes. */
  changes: z.array(
    z.object({
      address: z.string(),
      kind: z.string(),
      inserted: z.string(),
      deleted: z.string(),
      /** What is set of a paragraph or of letters, and their words; null for all other changes. */
      setting: z
        .object({
          property: z.enum(['kind', 'level', 'label', ...formats]),
          value: settingValue,
          former: settingValue.nullable(),
          text: z.string(),
        })
        .nullable()
        .default(null),
    }),
  ),
  /** Where the file without its revisions is not the edition; null: the paragraph is missing there. */
  differences: z.array(
    z.object({
      paragraph: z.number().int().nullable(),
      edition: z.string().nullable(),
      file: z.string().nullable(),
    }),
  ),
  /** Whether these were taken, as changes of the delegation. */
  tookDifferences: z.boolean(),
  /** Labels that the draft counts otherwise than the file types them. */
  labels: z.array(
    z.object({
      paragraph: z.number().int(),
      file: z.string().nullable(),
      draft: z.string().nullable(),
    }),
  ),
  /** What a draft does not hold, and the first words of the paragraph where it stands. */
  left: z.array(z.object({ paragraph: z.number().int(), words: z.string(), what: z.string() })),
})
export type ImportReport = z.infer<typeof importReportSchema>

/** How a file is taken. `delegation` is for the secretariat to name; a delegate's is the seat's. */
export const importRequestSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Which of the file's texts, from 1. */
  text: z.coerce.number().int().min(1).max(9999).default(1),
  /** What becomes of what differs from the edition without a mark. */
  differences: z.enum(['take', 'leave']),
  delegation: z.string().max(16).optional(),
  /** Only the report is asked for: nothing is taken and nothing kept. */
  trial: z.enum(['yes', 'no']).default('no'),
  /** For a draft of its own: the edition that it amends; left out: the one that the file names. */
  edition: z.string().max(64).optional(),
  seat: z.string().optional(),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** What became of a file; `draft` is null after a trial. */
export const importedSchema = z.object({
  draft: z.string().nullable(),
  attachment: z.string().nullable(),
  /** When the very same file was taken into the draft for the delegation before; milliseconds since 1970. */
  before: z.number().int().nullable(),
  report: importReportSchema,
})
export type Imported = z.infer<typeof importedSchema>

/** A file as it was sent in, beside the draft into which it was taken. */
export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string(),
  delegation: z.string(),
  /** Milliseconds since 1970. */
  at: z.number().int(),
  /** Bytes, and their SHA-256 in hex. */
  size: z.number().int(),
  hash: z.string(),
  report: importReportSchema,
})
export type Attachment = z.infer<typeof attachmentSchema>

export const attachmentsSchema = z.object({ attachments: z.array(attachmentSchema) })
