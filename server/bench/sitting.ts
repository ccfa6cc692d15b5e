/**
 * One draft of a soak: honest and hostile clients side by side, a chair who decides, and visitors, for
 * a time; then everybody honest must see the same, and the store must hold it.
 */
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { provisionsOf } from '@revmark/shared/ledger'
import { fingerprint } from '@revmark/shared/resolution'
import { replay } from '../src/room/replay.ts'
import { openSqliteStoreReadOnly } from '../src/store/sqlite/store.ts'
import { Honest } from './honest.ts'
import type { Seated } from './honest.ts'
import { Hostile } from './hostile.ts'
import { Chair, visit } from './visitors.ts'
import type { Answers } from './visitors.ts'

/** Who works, in which server. */
export interface Company {
  /** The path of the server's store, to look into. */
  readonly store: string
  /** The honest are of these delegations in turn, the hostile of the last. */
  readonly delegates: readonly Seated[]
  readonly chair: Seated
  readonly visitor: Seated
  readonly honest: number
  readonly hostile: number
  /** Whether the server process has ended. */
  readonly isGone: () => boolean
}

/** What one draft came to; counts are by name. */
export interface Sitting {
  readonly draft: string
  /** Edits that the honest made. */
  readonly made: number
  /** Milliseconds from an edit to its acknowledgement. */
  readonly waits: readonly number[]
  readonly tried: Answers
  readonly answers: Answers
  readonly chair: Answers
  readonly visits: Answers
  /** Entries of the log at the end. */
  readonly entries: number
  /** Broken promises, in sentences; an honest line that was closed is one. */
  readonly broken: readonly string[]
}

/** How long everybody may take to have the same updates; milliseconds. */
const patience = 30_000

/** Begins a draft, works on it until `isOver`, and looks at what has become of it. */
export async function sit(company: Company, isOver: () => boolean): Promise<Sitting> {
  const { delegates, visitor } = company
  const draft = await begin(company.chair)
  const honest: Honest[] = []
  for (let n = 0; n < company.honest; n++)
    honest.push(await Honest.enter(draft, delegates[n % delegates.length]!, n % 3 !== 2))
  const chair = new Chair(draft, company.chair)
  const visits: Answers = new Map()
  const hostile = Array.from(
    { length: company.hostile },
    () => new Hostile(draft, delegates.at(-1)!),
  )
  const work = async (step: () => void | Promise<void>, least: number, most: number) => {
    while (!isOver()) {
      await step()
      await pause(randomInt(least, most))
    }
  }
  // A server closes a connection that was idle, perhaps at the very moment when it is used again.
  const asked = async (answers: Answers, question: Promise<void>): Promise<void> => {
    try {
      await question
    } catch (error) {
      if (company.isGone()) throw error
      answers.set('line lost', (answers.get('line lost') ?? 0) + 1)
    }
  }
  await Promise.all([
    ...honest.map((one) => work(() => one.step(), 100, 400)),
    ...hostile.map((one) => work(() => one.step(), 1, 30)),
    work(() => asked(chair.answers, chair.decide()), 1000, 3000),
    work(() => asked(visits, visit(draft, visitor, visits)), 500, 2500),
  ])
  for (const one of hostile) one.leave()
  chair.leave()

  const broken = await disagreements(honest)
  for (const { failures, closings } of honest) {
    for (const failure of failures) broken.push(`an edit could not be made: ${failure}`)
    for (const closing of closings) broken.push(`an honest line was closed: ${closing}`)
  }
  const { entries, wrong } = await kept(company.store, draft, honest[0]!)
  for (const one of honest) one.leave()
  return {
    draft,
    made: honest.reduce((total, { made }) => total + made, 0),
    waits: honest.flatMap(({ waits }) => waits),
    tried: sum(hostile.map(({ tried }) => tried)),
    answers: sum(hostile.map(({ answers }) => answers)),
    chair: chair.answers,
    visits,
    entries,
    broken: [...broken, ...wrong],
  }
}

/** Adds counts up, name by name. */
export function sum(counts: readonly Answers[]): Answers {
  const all: Answers = new Map()
  for (const map of counts) for (const [key, n] of map) all.set(key, (all.get(key) ?? 0) + n)
  return all
}

async function begin({ browser, seat }: Seated): Promise<string> {
  const edition = { edition: 'res45-dubai-2014' }
  const response = await browser.post('/api/meetings/wtdc-17/drafts', edition, seat)
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}

/** Has everybody come back and wait until all is everywhere; tells who then sees something else. */
async function disagreements(honest: readonly Honest[]): Promise<string[]> {
  for (const { editor } of honest) editor.provider.connect()
  const settled = performance.now() + patience
  while (new Set(honest.map((one) => one.stateVector)).size > 1) {
    if (performance.now() > settled)
      return ['the honest do not have the same updates half a minute after the end']
    await pause(50)
  }
  return new Set(honest.map((one) => one.picture)).size > 1 ? ['the honest see two drafts'] : []
}

/** What the store holds of a draft, against what somebody honest sees. */
async function kept(
  path: string,
  draft: string,
  { ledger }: Honest,
): Promise<{ readonly entries: number; readonly wrong: readonly string[] }> {
  const store = openSqliteStoreReadOnly(path)
  const state = (await replay(store, draft, 'log'))!
  const wrong: string[] = []
  if (fingerprint(provisionsOf(state.ledger.project('base'))) !== state.draft.baseHash)
    wrong.push('the text in force was changed')
  const [saved, seen] = [state.ledger, ledger].map((one) =>
    JSON.stringify((['base', 'clean'] as const).map((view) => one.project(view))),
  )
  if (saved !== seen) wrong.push('what the store holds is not what the honest see')
  const entries = (await store.log.head(draft))?.seq ?? 0
  state.destroy()
  await store.close()
  return { entries, wrong }
}
