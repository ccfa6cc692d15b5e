/** A delegate who edits at random, as a browser does, and holds the server to what it promises. */
import { randomInt } from 'node:crypto'
import { Ledger, Pen, views } from '@revmark/shared/ledger'
import { act, deedOf, edits, words } from '@revmark/shared/testing'
import type { Step } from '@revmark/shared/testing'
import * as Y from 'yjs'
import { Browser, Editor } from '../test/running.ts'

/** A person's seat in the sample meeting, signed in. */
export interface Seated {
  readonly browser: Browser
  readonly seat: string
  readonly delegation: string
}

/** The draft that a fresh server has, for whoever needs no other. */
export const sampleDraft = 'res45'

/** Undoing and striking whole paragraphs are kept rare, so that the text grows. */
const usual = edits.filter((does) => does !== 'withdraw' && does !== 'strike')

/** A step as the random scripts of the laws have it. */
export const randomStep = (does: Step['does']): Step => ({
  who: 0,
  does,
  view: randomInt(2) === 0 ? 'marked' : 'clean',
  a: randomInt(1000),
  b: randomInt(1000),
  c: randomInt(1000),
  text: words[randomInt(words.length)]!,
})

export class Honest {
  readonly editor: Editor
  readonly ledger: Ledger
  /** Milliseconds from an edit to the server's word that it is on disk; of a steady line only. */
  readonly waits: number[] = []
  readonly isSteady: boolean
  made = 0
  /** Times the server closed the line, with its code: an honest client must never see one. */
  readonly closings: string[] = []
  /** Edits that the hand itself could not make: there should be none. */
  readonly failures: string[] = []
  private readonly pen: Pen
  private readonly sentAt: number[] = []
  private frames = 0

  private constructor(
    draft: string,
    { browser, seat, delegation }: Seated,
    client: number,
    isSteady: boolean,
  ) {
    this.editor = new Editor(browser, draft, seat, client)
    this.isSteady = isSteady
    const { ydoc, provider } = this.editor
    const author = { delegation, user: seat }
    this.ledger = new Ledger(ydoc, { client, ...author })
    this.pen = new Pen(this.ledger, author, () => Date.now())
    ydoc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== provider) this.sentAt.push(performance.now())
    })
    const hear = provider.messageHandlers[100]!
    provider.messageHandlers[100] = (...frame) => {
      hear(...frame)
      this.settle()
    }
    provider.on('connection-close', (event) => {
      if (event && event.code !== 1000 && event.code !== 1005)
        this.closings.push(`${event.code} ${event.reason}`)
    })
  }

  static async enter(draft: string, seated: Seated, isSteady: boolean): Promise<Honest> {
    const client = await seated.browser.issueClient(draft, seated.seat)
    const honest = new Honest(draft, seated, client, isSteady)
    await honest.editor.synced()
    return honest
  }

  /** One random edit; or, on an unsteady line, a break of it, or its end. */
  step(): void {
    const { provider } = this.editor
    if (!this.isSteady && randomInt(12) === 0) {
      if (provider.shouldConnect) provider.disconnect()
      else provider.connect()
      return
    }
    const step = randomStep(usual[randomInt(usual.length)]!)
    const deed = deedOf(step, this.ledger.project(step.view))
    if (!deed) return
    const self = { ledger: this.ledger, pen: this.pen, pace: 0 }
    try {
      act(self, deed, step.view)
      this.made++
    } catch (error) {
      this.failures.push(`${deed.does}: ${String(error)}`)
    }
  }

  /** Goes, for good. */
  leave(): void {
    this.ledger.destroy()
    this.editor.destroy()
  }

  /** Everything that the four views say. */
  get picture(): string {
    return JSON.stringify(views.map((view) => this.ledger.project(view)))
  }

  get stateVector(): string {
    const vector = Y.decodeStateVector(Y.encodeStateVector(this.editor.ydoc))
    return JSON.stringify([...vector].toSorted(([a], [b]) => a - b))
  }

  /** The first frame is the answer to the server's own question; each edit after it is one. */
  private settle(): void {
    const now = performance.now()
    const { acked } = this.editor
    if (!this.isSteady) return
    for (; this.frames < acked - 1; this.frames++)
      this.waits.push(now - (this.sentAt[this.frames] ?? now))
  }
}
