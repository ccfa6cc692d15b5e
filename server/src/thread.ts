/** A thread that answers one question at a time, and its other end. */
import { Worker } from 'node:worker_threads'
import type { MessagePort, ResourceLimits } from 'node:worker_threads'

const end = 'end'

/** In the thread: answers each question, in order, until it is told to end. */
export function serve<Q>(port: MessagePort, { reply, close }: ThreadWork<Q>): void {
  port.on('message', (message: { readonly question: Q } | typeof end) => {
    if (message === end) {
      close()
      port.close()
    } else port.postMessage(reply(message.question))
  })
}

export interface ThreadWork<Q> {
  readonly reply: (question: Q) => unknown
  readonly close: () => void
}

/** The other end: starts the thread when it is needed, and again where it has died. */
export class Thread<Q, A> {
  private readonly file: URL
  private readonly data: unknown
  private readonly limits: ResourceLimits
  private worker: Worker | null = null
  private asked: { readonly answer: (answer: A) => void; readonly fail: (error: Error) => void }[] =
    []
  private closed = false

  /** `data` is what the thread finds as its `workerData`; it dies where it needs more than `limits`. */
  constructor(file: URL, data: unknown, limits: ResourceLimits = {}) {
    this.file = file
    this.data = data
    this.limits = limits
  }

  /** Starts the thread, where it does not run, for what it does by itself. */
  wake(): void {
    if (this.closed || this.worker) return
    this.worker = this.start()
    this.worker.unref()
  }

  /** Rejects where the thread dies before it has answered. */
  ask(question: Q): Promise<A> {
    if (this.closed) return Promise.reject(new Error('the thread is closed'))
    this.worker ??= this.start()
    const { promise, resolve, reject } = Promise.withResolvers<A>()
    this.asked.push({ answer: resolve, fail: reject })
    // While somebody waits for it, the thread keeps the process alive; otherwise it does not.
    this.worker.ref()
    this.worker.postMessage({ question })
    return promise
  }

  /** Ends the thread at once; what it was asked rejects, and the next question starts another. */
  kill(): void {
    void this.worker?.terminate()
  }

  /** Resolves when the thread has answered everything and is gone. */
  async close(): Promise<void> {
    this.closed = true
    if (!this.worker) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.worker.ref()
    this.worker.once('exit', () => resolve())
    this.worker.postMessage(end)
    await promise
  }

  private start(): Worker {
    const worker = new Worker(this.file, { workerData: this.data, resourceLimits: this.limits })
    worker.on('message', (answer: A) => {
      this.asked.shift()?.answer(answer)
      if (this.asked.length === 0) worker.unref()
    })
    const died = (error: Error): void => {
      if (this.worker !== worker) return
      this.worker = null
      for (const { fail } of this.asked.splice(0)) fail(error)
    }
    worker.on('error', (error) => died(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => died(new Error('the thread has ended')))
    return worker
  }
}
