/** What a Word file of ours says of itself, as the properties that Word lists under "Custom". */
import { sha256Hex } from '../resolution/sha256.ts'
import type { Signature } from './signature.ts'
import { hashProperties, hashedTexts } from './written.ts'
import type { TextHashes } from './written.ts'

/** No file has so many revisions that one list could name more. */
const mostInRun = 100_000

/** Word shows no more letters of a property. */
const longest = 255

const personsName = 'RevmarkPersons'
const othersName = 'RevmarkAlsoProposedBy'

/** Says of which document, by its hash, the ids of revisions are: Word gives them anew when it saves. */
const documentName = 'RevmarkRevisionsOf'

/**
 * Names and values: the hashes, and, of the revisions by their `w:id`, persons and further proposers
 * of deletions, as `12: Canada, Egypt; 14-16: Canada`; what is too long for one goes on in the next.
 */
export function propertiesOf(
  hashes: TextHashes,
  { persons, others }: Pick<Signature, 'persons' | 'others'>,
  document: string,
): readonly (readonly [name: string, value: string])[] {
  const lists = [...listed(personsName, persons), ...listed(othersName, others)]
  return [
    ...hashedTexts.map((text) => [hashProperties[text], hashes[text]] as const),
    ...lists,
    ...(lists.length > 0 ? [[documentName, sha256Hex(document)] as const] : []),
  ]
}

/** Who stands behind a revision beside its author. */
export interface Behind {
  readonly person?: string
  /** The names of who else proposes the deletion. */
  readonly others?: readonly string[]
}

/**
 * What the properties of a file of ours say of its revisions, by `w:id`; nothing where the document is
 * not the one that was written with them. `hash` gives that of the part word/document.xml.
 */
export function behindRevisions(
  properties: ReadonlyMap<string, string>,
  hash: () => string,
): ReadonlyMap<string, Behind> {
  const behind = new Map<string, Behind>()
  const known = properties.get(documentName)
  if (known === undefined || known !== hash()) return behind
  for (const [id, person] of valuesOf(properties, personsName)) behind.set(id, { person })
  for (const [id, others] of valuesOf(properties, othersName))
    behind.set(id, { ...behind.get(id), others: others.split(', ') })
  return behind
}

/** The inverse of `listed`. */
function* valuesOf(
  properties: ReadonlyMap<string, string>,
  name: string,
): Generator<[id: string, value: string]> {
  for (let i = 1; ; i++) {
    const list = properties.get(i === 1 ? name : `${name}${i}`)
    if (list === undefined) return
    for (const run of list.split(/; (?=\d+(?:-\d+)?: )/)) {
      const [, from, to = from, value] = /^(\d{1,9})(?:-(\d{1,9}))?: (.*)$/s.exec(run) ?? []
      if (from === undefined || value === undefined) continue
      for (let id = Number(from); id <= Math.min(Number(to), Number(from) + mostInRun); id++)
        yield [`${id}`, value]
    }
  }
}

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
