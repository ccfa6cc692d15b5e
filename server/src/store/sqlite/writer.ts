/** Group commit: one batch is in flight; what comes meanwhile, from whichever room, is the next one. */
import type { StoreLimits } from './connection.ts'
import { Thread } from '../../thread.ts'
import { errorOf } from './answer.ts'
import type { WriterAnswer, WriterTask } from './writer-thread.ts'

interface Waiting {
  readonly task: WriterTask
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export class Writer {
  private readonly thread: Thread<readonly WriterTask[], WriterAnswer>
  private waiting: Waiting[] = []
  private flying = false

  constructor(path: string, limits: StoreLimits) {
    this.thread = new Thread(new URL('./writer-thread.ts', import.meta.url), { path, limits })
  }

  /** Whether everything that it was given is committed, or has failed. */
  get isIdle(): boolean {
    return !this.flying
  }

  /** Resolves when the task is committed; rejects where nothing of it is. */
  perform(task: WriterTask): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.waiting.push({ task, resolve, reject })
    if (!this.flying) void this.fly()
    return promise
  }

  /** Ends the thread when it has done what it was given. */
  close(): Promise<void> {
    return this.thread.close()
  }

  private async fly(): Promise<void> {
    this.flying = true
    while (this.waiting.length > 0) {
      const batch = this.waiting
      this.waiting = []
      try {
        const answers = await this.thread.ask(batch.map(({ task }) => task))
        for (const [index, { resolve, reject }] of batch.entries()) {
          const answer = answers[index]!
          if (answer.ok) resolve()
          else reject(errorOf(answer))
        }
      } catch (error) {
        for (const { reject } of batch) reject(error as Error)
      }
    }
    this.flying = false
  }
}
