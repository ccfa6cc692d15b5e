/** Web Locks: which living page holds what, told by the browser, which lets go when a page does. */

/** The locks of one page's hold on a draft. */
export class Locks {
  private readonly ending = new AbortController()

  /** True once this page holds a lock; it keeps it until `release`. False where another page does. */
  take(name: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(name, { ifAvailable: true }, (held) => {
          resolve(held !== null)
          return held && this.released()
        })
        .catch(reject)
    })
  }

  /** Calls back once this page holds a lock, however long another one has it. */
  await(name: string, held: () => void): void {
    if (!('locks' in navigator)) return
    const { signal } = this.ending
    navigator.locks
      .request(name, { signal }, () => {
        held()
        return this.released()
      })
      // The page went before its turn came.
      .catch(() => undefined)
  }

  /** Lets go of every lock. */
  release(): void {
    this.ending.abort()
  }

  private released(): Promise<void> {
    const { signal } = this.ending
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
  }
}
