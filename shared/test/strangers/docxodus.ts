/** docxodus, with the validator of the Open XML SDK: an engine for Word files that we did not write. */
import * as docxodus from 'docxodus/core'

/** Starts the runtime, which tells about its tables on the console meanwhile. */
export async function startDocxodus(): Promise<void> {
  const { log } = console
  // oxlint-disable-next-line no-console -- the runtime's own words are no output of ours
  console.log = () => {}
  try {
    await docxodus.initialize()
  } finally {
    // oxlint-disable-next-line no-console -- given back as it was
    console.log = log
  }
}

/** The file with all revisions accepted, or rejected. */
export const settledByDocxodus = (
  docx: Uint8Array,
  reading: 'accepted' | 'rejected',
): Promise<Uint8Array> =>
  reading === 'accepted'
    ? docxodus.docxDiffAcceptRevisions(docx)
    : docxodus.docxDiffRejectRevisions(docx)

/**
 * What speaks against the marked file where, accepted, it must say what `after` says, and rejected
 * what `before` says, formats and styles included. That its parts are equal letter by letter the
 * proof cannot find: revisions cut runs, and only the marked file goes on tracking.
 */
export async function doubtsOfDocxodus(
  before: Uint8Array,
  after: Uint8Array,
  marked: Uint8Array,
): Promise<Record<'accepted' | 'rejected', string | null>> {
  const proof = await docxodus.proveRedlineReversibility(before, after, marked)
  const doubt = (path: typeof proof.acceptToFinal): string | null => {
    const semantic = path?.modeledSemantic
    if (proof.findings.length > 0) return JSON.stringify(proof.findings)
    if (!semantic?.available || !semantic.equivalent) return JSON.stringify(semantic ?? null)
    const left = path?.survivingPreExistingRevisions ?? []
    return left.length > 0 ? `left: ${JSON.stringify(left)}` : null
  }
  return { accepted: doubt(proof.acceptToFinal), rejected: doubt(proof.rejectToBaseline) }
}

/** What the Open XML SDK finds wrong; null for a valid file. */
export async function faultOfOpenXml(docx: Uint8Array): Promise<string | null> {
  const { decision, findings } = await docxodus.verifyDeliverable(docx)
  return decision === 'passed' && findings.length === 0
    ? null
    : `${decision}: ${JSON.stringify(findings)}`
}
