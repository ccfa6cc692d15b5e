/** The application as this browser keeps it, so that its page opens without a server: see `client/worker`. */

/**
 * `waiting`: a newer version is here and waits to be asked. `replaced`: another page has asked, this
 * one is still the older version.
 */
export type ShellState = 'settled' | 'waiting' | 'replaced'

/** How often a page that stays open looks for a newer version; milliseconds. */
const lookInterval = 30 * 60_000

export class Shell {
  private readonly listeners = new Set<() => void>()
  private state: ShellState = 'settled'
  private registration: ServiceWorkerRegistration | null = null
  private asked = false
  private reload: () => void = () => undefined

  /**
   * Has the browser keep the application; it does nothing where that cannot be: from plain http, or
   * where the person does not want it. `reload` loads the page anew.
   */
  async keep(workers: ServiceWorkerContainer | undefined, reload: () => void): Promise<void> {
    if (!workers) return
    try {
      this.registration = await workers.register('/service-worker.js')
    } catch {
      return
    }
    const { registration } = this
    this.reload = reload
    workers.addEventListener('controllerchange', () => {
      if (!this.asked) this.become('replaced')
    })
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => this.look())
    })
    this.look()
    setInterval(() => void registration.update().catch(() => undefined), lookInterval)
  }

  /** The same until something changes. */
  readonly snapshot = (): ShellState => this.state

  /** Calls the listener after every change of `snapshot`. Returns the way out. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Puts the newer version in the place of this one; the page is loaded anew. */
  takeOver(): void {
    const waiting = this.registration?.waiting
    if (!waiting) return
    this.asked = true
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated') this.reload()
    })
    waiting.postMessage('take over', [])
  }

  private look(): void {
    const { registration } = this
    if (registration?.waiting && registration.active) this.become('waiting')
  }

  private become(state: ShellState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
