/** Reads people's Word files, one at a time, with so much memory and time and no more. */
import { Thread } from '../thread.ts'
import type { Taken, TakingProblem, TakingTask } from './taking.ts'

/** So many files may be here at once, being sent, waiting or read; a further one is told to come back. */
const mostHeld = 6

/** What one file may cost: megabytes of the thread's heap, and milliseconds. */
export const mostHeap = 512
const mostTime = 30_000

/** Thrown where too many files are here already. */
export class WordReaderBusy extends Error {}

/** Bounds of the reading thread; a test narrows them. */
export interface WordReaderLimits {
  readonly heap: number
  readonly time: number
}

export class WordReader {
  private readonly limits: WordReaderLimits
  private readonly thread: Thread<TakingTask, Taken | TakingProblem>
  private held = 0
  private line: Promise<unknown> = Promise.resolve()

  constructor(limits: WordReaderLimits = { heap: mostHeap, time: mostTime }) {
    this.limits = limits
    this.thread = new Thread(new URL('./reader-thread.ts', import.meta.url), null, {
      maxOldGenerationSizeMb: limits.heap,
    })
  }

  /**
   * Runs `work`, which holds one file's bytes as long as it lasts. Throws a WordReaderBusy where too
   * many are held, so that the files in memory are bounded by that number and a file's size.
   */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.held >= mostHeld) throw new WordReaderBusy(`${this.held} files are held already`)
    this.held++
    try {
      return await work()
    } finally {
      this.held--
    }
  }

  /** Reads a file when it is its turn; one that costs too much is a problem of it like any other. */
  take(task: TakingTask): Promise<Taken | TakingProblem> {
    const turn = this.line.then(() => this.read(task))
    this.line = turn.catch(() => undefined)
    return turn
  }

  close(): Promise<void> {
    return this.thread.close()
  }

  private async read(task: TakingTask): Promise<Taken | TakingProblem> {
    const { heap, time } = this.limits
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      this.thread.kill()
    }, time)
    try {
      return await this.thread.ask(task)
    } catch (error) {
      const message = `The file is too much to read: it takes more than ${isLate ? `${time / 1000} s` : `${heap} MB of memory`}.`
      if (isLate || isOutOfMemory(error)) return { reason: 'too-large', message }
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
