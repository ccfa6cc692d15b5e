/** The thread that commits: everything that has come together is one transaction. */
import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { Deed } from '../audit.ts'
import { auditWriter } from './audit-writer.ts'
import { connect, rereading, transaction } from './connection.ts'
import type { StoreLimits } from './connection.ts'
import { unpackEntries } from './entry-packing.ts'
import { logWriter } from './log-writer.ts'
import { serve } from '../../thread.ts'
import { answer, errorOf } from './answer.ts'
import type { Answer } from './answer.ts'

export type WriterTask =
  | { readonly type: 'append'; readonly draft: string; readonly packed: Uint8Array }
  | { readonly type: 'audit'; readonly meeting: string; readonly deed: Deed }
  | { readonly type: 'probe' }
  /** Forgets the pages that were read. */
  | { readonly type: 'reread' }

/** What a batch came to, task by task. */
export type WriterAnswer = readonly Answer[]

/** A commit of the log needs a few pages; as many must be free before rooms may write again. */
const ballast = 64 * 1024

function writer(database: DatabaseSync): (tasks: readonly WriterTask[]) => WriterAnswer {
  const log = logWriter(database)
  const audit = auditWriter(database)
  const probe = database.prepare('INSERT OR REPLACE INTO probe (id, ballast) VALUES (1, ?)')

  const perform = (task: WriterTask): void => {
    if (task.type === 'append') log.write(task.draft, unpackEntries(task.packed))
    else if (task.type === 'audit') audit(task.meeting, task.deed)
    else if (task.type === 'reread') database.exec(rereading)
    else for (const size of [ballast, 0]) probe.run(new Uint8Array(size))
  }

  /** One task's failure is undone alone; a failure of the disk has undone the whole transaction. */
  const attempt = (task: WriterTask): Answer => {
    database.exec('SAVEPOINT task')
    const result = answer(() => perform(task))
    if (!result.ok && !database.isTransaction) throw errorOf(result)
    database.exec(result.ok ? 'RELEASE task' : 'ROLLBACK TO task; RELEASE task')
    return result
  }

  return (tasks) => {
    // The usual case: what undoes the transaction undoes the task.
    const [only] = tasks
    if (only && tasks.length === 1)
      return [answer(() => transaction(database, () => perform(only)))]
    const whole = answer(() => transaction(database, () => tasks.map(attempt)))
    return whole.ok ? whole.value : tasks.map(() => whole)
  }
}

const { path, limits } = workerData as { path: string; limits: StoreLimits }
const database = connect(path, limits)
serve(parentPort!, { reply: writer(database), close: () => database.close() })
