/** The parts of the Y.Doc that only the server writes: who holds a client id, what was decided. */
import type * as Y from 'yjs'
import type { Decision } from './decision.ts'

/** Who writes under a client id. */
export interface Person {
  readonly user: string
  readonly delegation: string
}

export const peopleOf = (ydoc: Y.Doc): Y.Map<Person> => ydoc.getMap('people')

export const decisionsOf = (ydoc: Y.Doc): Y.Array<Decision> => ydoc.getArray('decisions')

/** Enters the person of a client id, before the first update of that id is passed on. Server only. */
export function enterPerson(ydoc: Y.Doc, client: number, person: Person): void {
  const people = peopleOf(ydoc)
  if (!people.has(String(client))) people.set(String(client), person)
}

/** Appends a decision; the order of the list decides. Server only. */
export function writeDecision(ydoc: Y.Doc, decision: Decision): void {
  decisionsOf(ydoc).push([decision])
}
