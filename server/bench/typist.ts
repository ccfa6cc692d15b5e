/** A delegate who types one letter after another, and remembers which of them the server has acknowledged. */
import { randomInt } from 'node:crypto'
import { Ledger, Pen, endOf } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import { Editor } from '../test/running.ts'
import { sampleDraft } from './honest.ts'
import type { Seated } from './honest.ts'

export class Typist {
  readonly editor: Editor
  readonly client: number
  /** Whether this line has had its first acknowledgement: what is typed goes out as it is typed. */
  ready = false
  /** Why the server closed the line for good, which it must not. */
  thrownOut: string | null = null
  private readonly ledger: Ledger
  private readonly pen: Pen
  private readonly paragraph: number
  /** For each content frame of this line after the first, the tokens written by then. */
  private frames: number[] = []
  private acknowledgedClock = 0

  private constructor({ browser, seat, delegation }: Seated, client: number) {
    this.editor = new Editor(browser, sampleDraft, seat, client)
    this.client = client
    this.paragraph = randomInt(3, 12)
    const { ydoc, provider } = this.editor
    this.ledger = new Ledger(ydoc, { client, delegation, user: seat })
    this.pen = new Pen(this.ledger, { delegation, user: seat }, () => Date.now())
    provider.maxBackoffTime = 200
    provider.on('status', ({ status }) => {
      if (status !== 'connected') return
      this.ready = false
      this.frames = []
    })
    provider.messageHandlers[100] = (_encoder, decoder) => {
      this.editor.hear(decoder)
      const { acked } = this.editor
      this.acknowledgedClock = acked === 1 ? this.written : this.frames[acked - 2]!
      this.ready = true
    }
    provider.on('closed', ({ code, reason }) => (this.thrownOut = `${code} ${reason}`))
  }

  static async enter(seated: Seated): Promise<Typist> {
    const client = await seated.browser.issueClient(sampleDraft, seated.seat)
    const typist = new Typist(seated, client)
    await typist.editor.synced()
    return typist
  }

  /** One letter, at the end of the paragraph; none while the line is not ready, as a stock provider needs it. */
  type(): void {
    if (!this.ready || !this.editor.provider.wsconnected) return
    const place = endOf(this.ledger.project('marked').paragraphs[this.paragraph]!)
    this.pen.insert(place, String.fromCharCode(97 + randomInt(26)))
    this.frames.push(this.written)
  }

  /** Letters written so far. */
  get written(): number {
    return Y.getState(this.editor.ydoc.store, this.client)
  }

  /** Of these, the first so many are acknowledged. */
  get acknowledged(): number {
    return this.acknowledgedClock
  }

  /** How many of the first `count` letters another document has, in their place. */
  foundIn(ydoc: Y.Doc, count: number): number {
    const [own, there] = [lettersOf(this.editor.ydoc, this.client), lettersOf(ydoc, this.client)]
    let found = 0
    for (let clock = 0; clock < count; clock++) if (own[clock] === there[clock]) found++
    return found
  }

  /** Every paragraph with its label, as this delegate sees it. */
  get picture(): string {
    return pictureOf(this.ledger)
  }

  leave(): void {
    this.editor.destroy()
  }
}

/** Every paragraph of the marked view. */
export const pictureOf = (ledger: Ledger): string => JSON.stringify(ledger.project('marked'))

/** What a client id has written, a letter for each clock. */
function lettersOf(ydoc: Y.Doc, client: number): string {
  const structs = ydoc.store.clients.get(client) ?? []
  return structs
    .map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString
        ? struct.content.str
        : '\0'.repeat(struct.length),
    )
    .join('')
}
