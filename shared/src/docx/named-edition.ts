/** Which edition a Word file amends, as far as the file itself tells. */
import type { Docx } from './reader/read-docx.ts'
import { fingerprint } from '../resolution/edition.ts'
import type { Provision } from '../resolution/provision.ts'
import { provisionsOfText, textsIn } from './reader/texts.ts'
import { writtenHash } from './written.ts'

/**
 * Of some editions the one that the file's text `index`, from 0, is a proposal on: with all
 * revisions rejected it is that edition letter by letter, or else it has its number line. null where
 * none of them is.
 */
export function namedEdition<E extends { readonly provisions: readonly Provision[] }>(
  docx: Docx,
  index: number,
  editions: readonly E[],
): E | null {
  const text = textsIn(docx, 'rejected').texts[index]
  const provisions = text ? provisionsOfText(text) : []
  const hash = fingerprint(provisions)
  const line = provisions.find(({ kind }) => kind === 'number')?.text.toLowerCase()
  return (
    editions.find((each) => writtenHash(each.provisions) === hash) ??
    editions.find((each) => each.provisions[0]?.text.toLowerCase() === line) ??
    null
  )
}
