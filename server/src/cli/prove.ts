/** `revmark prove`: whether a Word file still says what it said when it was handed out. */
import type { Corpus } from '@revmark/corpus'
import { proveDocx, writtenHash } from '@revmark/shared/docx'
import { editionName } from '@revmark/shared/resolution'

/** What is printed of a proof; throws an Error that says why where there is none. */
export function proved(file: string, bytes: Uint8Array, corpus: Corpus): string {
  const proof = proveDocx(bytes)
  if ('reason' in proof) throw new Error(`${file}: ${proof.message}`)
  const { isProved, said, found } = proof
  if (said.accepted === null || said.rejected === null) {
    throw new Error(`${file} carries no proof: Revmark did not write it, or it was saved elsewhere`)
  }
  const lines = (['accepted', 'rejected'] as const).map((text) => {
    const edition = corpus.editions.find(
      ({ provisions }) => writtenHash(provisions) === found[text],
    )
    const name = edition ? `  ${editionName(edition)}` : ''
    const other = said[text] === found[text] ? '' : `  (it was ${said[text]})`
    return `all ${text}  sha256 ${found[text]}${name}${other}\n`
  })
  if (!isProved) throw new Error(`${file} is not proved: it was changed since\n${lines.join('')}`)
  return `${file} is proved\n${lines.join('')}`
}
