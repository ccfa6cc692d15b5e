/**
 * Letters with their revisions, inline, and the list of modifications that Akoma Ntoso keeps of them
 * in its metadata. *ins* and *del* say themselves neither who nor when: `refersTo` and the list do.
 */
import { byRevision } from '../text/story.ts'
import type { Revision, Run } from '../text/story.ts'
import { element, escapeXml, formatted } from '../text/xml.ts'

/** One modification: what it is, where, and the `ins` and `del` that show it. */
interface Modification {
  readonly type: 'insertion' | 'repeal' | 'substitution' | 'renumbering' | 'split' | 'join'
  readonly delegation: string
  readonly at: string
  readonly old: readonly string[]
  readonly new: readonly string[]
}

/** The id of a delegation among the references; codes of ITU are capital letters. */
export const delegationId = (code: string): string =>
  `delegation_${code.replace(/[^\p{L}\p{N}]/gu, '-')}`

/** Writes revisions, numbers them, and remembers each for the metadata. */
export class Revisions {
  private readonly modifications: Modification[] = []
  private inserted = 0
  private deleted = 0

  /** The letters of a label or of a text in the element with the id `at`. */
  write(runs: readonly Run[], at: string): string {
    let replaced: string[] = []
    return byRevision(runs)
      .map(([revision, group]) => {
        const { part } = group[0]!
        const { xml, old, added } = this.revised(group.map(letters).join(''), revision)
        const by = revision.deleted ?? revision.inserted
        if (by !== null) {
          // An insertion directly behind the same delegation's deletion replaces it.
          const pair = old === null && this.modifications.at(-1)?.delegation === by ? replaced : []
          if (pair.length > 0) this.modifications.pop()
          const type =
            part === 'label'
              ? 'renumbering'
              : pair.length > 0
                ? 'substitution'
                : added === null
                  ? 'repeal'
                  : 'insertion'
          this.modifications.push({
            type,
            delegation: by,
            at,
            old: old === null ? pair : [old],
            new: added === null ? [] : [added],
          })
        }
        replaced = old !== null && added === null ? [old] : []
        return xml
      })
      .join('')
  }

  /** A paragraph that one of the two texts begins or ends otherwise, or makes something else. */
  structural(type: 'split' | 'join' | 'substitution', delegation: string, at: string): void {
    this.modifications.push({ type, delegation, at, old: [], new: [] })
  }

  /** The list for the metadata, empty where nothing is revised. */
  analysis(): string {
    if (this.modifications.length === 0) return ''
    const list = this.modifications.map((modification, k) => {
      const { type, delegation, at } = modification
      const refer = (name: string) => (id: string) => element(name, { href: `#${id}` })
      return element(
        'textualMod',
        { type, eId: `mod_${k + 1}`, refersTo: `#${delegationId(delegation)}` },
        element('source', { href: `#${delegationId(delegation)}` }) +
          element('destination', { href: `#${at}` }) +
          modification.old.map(refer('old')).join('') +
          modification.new.map(refer('new')).join(''),
      )
    })
    const all = element('passiveModifications', {}, list.join(''))
    return element('analysis', { source: '#revmark' }, all)
  }

  private revised(
    letters: string,
    { inserted, deleted }: Revision,
  ): { xml: string; old: string | null; added: string | null } {
    const old = deleted === null ? null : `del_${++this.deleted}`
    const added = inserted === null ? null : `ins_${++this.inserted}`
    const inner =
      old === null
        ? letters
        : element('del', { eId: old, refersTo: `#${delegationId(deleted!)}` }, letters)
    const xml =
      added === null
        ? inner
        : element('ins', { eId: added, refersTo: `#${delegationId(inserted!)}` }, inner)
    return { xml, old, added }
  }
}

const letters = ({ text, formats }: Run): string => formatted(escapeXml(text), formats)
