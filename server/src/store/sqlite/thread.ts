/** A thread that answers one question at a time, and its other end. */
import { Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { StoreTrouble, isStoreTrouble } from '../trouble.ts'
import type { StoreLimits } from './connection.ts'

/** How an attempt ended, in a form that passes between threads. */
export type Answer<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly trouble: boolean }

/** Makes the attempt. */
export function answer<T>(attempt: () => T): Answer<T> {
  try {
    return { ok: true, value: attempt() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, message, trouble: isStoreTrouble(error) }
  }
}

/** The error of an attempt that failed in another thread. */
export const errorOf = ({ message, trouble }: Extract<Answer, { ok: false }>): Error =>
  trouble ? new StoreTrouble(message) : new Error(message)

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

/** The other end: starts the thread at the first question, and again where it has died. */
export class Thread<Q, A> {
  private readonly file: URL
  private readonly data: { readonly path: string; readonly limits: StoreLimits }
  private worker: Worker | null = null
  private asked: { readonly answer: (answer: A) => void; readonly fail: (error: Error) => void }[] =
    []
  private closed = false

  constructor(file: URL, path: string, limits: StoreLimits) {
    this.file = file
    this.data = { path, limits }
  }

  /** Rejects where the thread dies before it has answered. */
  ask(question: Q): Promise<A> {
    if (this.closed) return Promise.reject(new Error('the store is closed'))
    this.worker ??= this.start()
    const { promise, resolve, reject } = Promise.withResolvers<A>()
    this.asked.push({ answer: resolve, fail: reject })
    // While somebody waits for it, the thread keeps the process alive; otherwise it does not.
    this.worker.ref()
    this.worker.postMessage({ question })
    return promise
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
    const worker = new Worker(this.file, { workerData: this.data })
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
    worker.on('exit', () => died(new Error('a thread of the store has ended')))
    return worker
  }
}
