/** What a Word file of ours says of itself, as the properties that Word lists under "Custom". */
import type { Signature } from './signature.ts'
import { hashProperties, hashedTexts } from './written.ts'
import type { TextHashes } from './written.ts'

/** Word shows no more letters of a property. */
const longest = 255

/**
 * Names and values: the hashes, and, of the revisions by their `w:id`, persons and further proposers
 * of deletions, as `12: Canada, Egypt; 14-16: Canada`; what is too long for one goes on in the next.
 */
export const propertiesOf = (
  hashes: TextHashes,
  { persons, others }: Pick<Signature, 'persons' | 'others'>,
): readonly (readonly [name: string, value: string])[] => [
  ...hashedTexts.map((text) => [hashProperties[text], hashes[text]] as const),
  ...listed('RevmarkPersons', persons),
  ...listed('RevmarkAlsoProposedBy', others),
]

function listed(name: string, values: ReadonlyMap<number, string>): [string, string][] {
  const runs: { readonly from: number; to: number; readonly value: string }[] = []
  for (const [id, value] of values) {
    const last = runs.at(-1)
    if (last?.value === value && last.to === id - 1) last.to = id
    else runs.push({ from: id, to: id, value })
  }
  const out: string[] = []
  for (const { from, to, value } of runs) {
    const run = `${from === to ? from : `${from}-${to}`}: ${value}`
    const last = out.at(-1)
    if (last === undefined || last.length + run.length + 2 > longest)
      out.push(run.slice(0, longest))
    else out[out.length - 1] = `${last}; ${run}`
  }
  return out.map((value, i) => [i === 0 ? name : `${name}${i + 1}`, value])
}
