/** The proof of an exported file, by our own reader: what it says of itself against what is read in it. */
import { readDocx } from './reader/read-docx.ts'
import type { Docx } from './reader/read-docx.ts'
import type { DocxProblem } from './reader/refusal.ts'
import { provisionsOfText, textsIn } from './reader/texts.ts'
import type { Reading } from './reader/story.ts'
import { fingerprint } from '../resolution/edition.ts'
import { hashProperties, hashedTexts } from './written.ts'
import type { TextHashes } from './written.ts'

export interface DocxProof {
  /** Whether the file carries both hashes and they are those of its texts. */
  readonly isProved: boolean
  /** What the file says of itself; null where it says nothing. */
  readonly said: { readonly [text in keyof TextHashes]: string | null }
  /** What is read in it. */
  readonly found: TextHashes
}

/**
 * Reads a file as anybody's, accepts and rejects all its revisions, and compares the hashes of both
 * texts, without cover and reasons, with those that the export wrote from the draft's views. A proof
 * holds for the file as it is now: who edits it in Word gets another text and no proof.
 */
export function proveDocx(bytes: Uint8Array): DocxProof | DocxProblem {
  const docx = readDocx(bytes)
  if ('reason' in docx) return docx
  const found = { accepted: hashIn(docx, 'accepted'), rejected: hashIn(docx, 'rejected') }
  const saidOf = (text: keyof TextHashes) => docx.properties.get(hashProperties[text]) ?? null
  const said = { accepted: saidOf('accepted'), rejected: saidOf('rejected') }
  return { isProved: hashedTexts.every((text) => said[text] === found[text]), said, found }
}

const hashIn = (docx: Docx, reading: Reading): string =>
  fingerprint(textsIn(docx, reading).texts.flatMap(provisionsOfText))
