/**
 * A delegate with bad intent: signed in, with client ids of one's own, and sending what the server
 * must refuse: damaged frames, damaged updates, and every kind of update that is not allowed.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { Ledger, Pen } from '@revmark/shared/ledger'
import { act, deedOf } from '@revmark/shared/testing'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { RawSocket } from '../test/running.ts'
import { awarenessFrame, step1, stockUpdate, syncFrame, updateFrame } from '../test/stage.ts'
import { randomStep } from './honest.ts'
import type { Seated } from './honest.ts'

type Attack = (hostile: Hostile) => Uint8Array

export class Hostile {
  /** By the name of the attack, how often it was tried. */
  readonly tried = new Map<string, number>()
  /** By the server's answer, how often it was given; `taken` where it let something pass. */
  readonly answers = new Map<string, number>()
  ydoc = new Y.Doc({ gc: false })
  private readonly draft: string
  readonly seated: Seated
  private client = 0
  private socket: RawSocket | null = null
  private heard = 0

  constructor(draft: string, seated: Seated) {
    this.draft = draft
    this.seated = seated
  }

  /** One attack; connects first where the last one was answered by closing the line. */
  async step(): Promise<void> {
    const socket = await this.line()
    if (!socket) return
    const [name, attack] = attacks[randomInt(attacks.length)]!
    const frame = attack(this)
    count(this.tried, name)
    socket.socket.send(frame)
    await Promise.race([socket.closed, new Promise((resolve) => setTimeout(resolve, 40))])
    this.listen(socket)
  }

  leave(): void {
    this.socket?.socket.terminate()
  }

  /** What an honest edit would send. */
  edit(): Uint8Array {
    const author = { delegation: this.seated.delegation, user: this.seated.seat }
    const ledger = new Ledger(this.ydoc, { client: this.ydoc.clientID, ...author })
    const before = Y.encodeStateVector(this.ydoc)
    const does = (['insert', 'erase', 'split', 'join', 'paste'] as const)[randomInt(5)]!
    const step = randomStep(does)
    const deed = deedOf(step, ledger.project(step.view))
    const pen = new Pen(ledger, author, () => 0)
    if (deed) act({ ledger, pen, pace: 0 }, deed, step.view)
    ledger.destroy()
    return Y.encodeStateAsUpdate(this.ydoc, before)
  }

  /** What a stock client writes that does something to the draft; it forgets that it did. */
  stock(write: (ydoc: Y.Doc) => void, client = this.ydoc.clientID): Uint8Array {
    return stockUpdate(this.ydoc, client, write)
  }

  private async line(): Promise<RawSocket | null> {
    if (this.socket?.socket.readyState === 1) return this.socket
    const { browser, seat } = this.seated
    this.client ||= await browser.issueClient(this.draft, seat)
    const socket = new RawSocket(browser, `/${this.draft}?seat=${seat}`)
    try {
      await socket.opened
    } catch {
      count(this.answers, 'not let in')
      return null
    }
    this.socket = socket
    this.heard = 0
    // What was refused is forgotten, or all that follows it would be a gap.
    this.ydoc = new Y.Doc({ gc: false })
    socket.socket.send(step1(this.ydoc))
    while (!socket.heard.some(({ type }) => type === 'step2') && socket.socket.readyState === 1)
      await new Promise((resolve) => setTimeout(resolve, 5))
    this.listen(socket)
    // Once the state is loaded: Yjs takes another id where it hears its own from elsewhere.
    this.ydoc.clientID = this.client
    return socket
  }

  private listen(socket: RawSocket): void {
    for (const heard of socket.heard.splice(0)) {
      if (heard.type === 'step2' || heard.type === 'update') Y.applyUpdate(this.ydoc, heard.update)
      if (heard.type === 'refused') count(this.answers, heard.code)
      if (heard.type === 'ack') {
        if (heard.count > this.heard) count(this.answers, 'taken')
        this.heard = heard.count
      }
    }
    if (socket.socket.readyState !== 1)
      void socket.closed.then(({ code }) => count(this.answers, `closed ${code}`))
  }
}

const count = (map: Map<string, number>, name: string): void => {
  map.set(name, (map.get(name) ?? 0) + 1)
}

/** Bits turned, bytes cut out, put in, doubled, the end cut off. */
function damaged(update: Uint8Array): Uint8Array {
  let bytes = [...update]
  for (let left = 1 + randomInt(3); left > 0; left--) {
    const at = randomInt(bytes.length + 1)
    const kind = randomInt(5)
    if (kind === 0 && at < bytes.length) bytes[at]! ^= 1 << randomInt(8)
    if (kind === 1) bytes = bytes.slice(0, at)
    if (kind === 2) bytes = bytes.toSpliced(at, 1 + randomInt(12))
    if (kind === 3) bytes = bytes.toSpliced(at, 0, ...randomBytes(1 + randomInt(12)))
    if (kind === 4) bytes = bytes.toSpliced(at, 0, ...bytes.slice(at, at + randomInt(40)))
  }
  return Uint8Array.from(bytes)
}

/** Says that tokens are deleted, existing or not. */
function deletion(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const n of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, n)
  return encoding.toUint8Array(encoder)
}

const text = (ydoc: Y.Doc) => ydoc.getText('t')
const signed = (hostile: Hostile, user = hostile.seated.seat) => ({
  type: 'del',
  r: [1, 7, 1],
  user,
})
const entry = (hostile: Hostile, root: string, key: string, value: unknown) =>
  updateFrame(hostile.stock((ydoc) => ydoc.getMap(root).set(key, value)))
const own = ({ ydoc }: Hostile): string => `${ydoc.clientID}:${randomInt(1e6)}`
const ledgerOf = ({ seated }: Hostile): string => `d:${seated.delegation}`

const attacks: readonly (readonly [name: string, attack: Attack])[] = [
  ...Array.from(
    { length: 12 },
    () => ['damaged update', (hostile: Hostile) => updateFrame(damaged(hostile.edit()))] as const,
  ),
  ['damaged state', ({ ydoc }) => syncFrame(1, damaged(Y.encodeStateAsUpdate(ydoc)))],
  ['damaged frame', (hostile) => damaged(updateFrame(hostile.edit()))],
  ['garbage', () => randomBytes(1 + randomInt(200))],
  ['garbage as update', () => updateFrame(randomBytes(randomInt(200)))],
  ['oversize', () => updateFrame(new Uint8Array(2_200_000))],
  ['deletion of the base', (h) => updateFrame(h.stock((ydoc) => text(ydoc).delete(3, 2)))],
  ['deletion of what is to come', ({ ydoc }) => updateFrame(deletion(ydoc.clientID, 1e6, 9))],
  ['deletion of everything', () => updateFrame(deletion(1, 0, 1e6))],
  ['formatting', (h) => updateFrame(h.stock((ydoc) => text(ydoc).format(1, 4, { b: true })))],
  ['before the root', (h) => updateFrame(h.stock((ydoc) => text(ydoc).insert(0, 'x')))],
  ['after the body', (h) => updateFrame(h.stock((y) => text(y).insert(text(y).length, 'x')))],
  ['line break', (h) => updateFrame(h.stock((ydoc) => text(ydoc).insert(3, '\n')))],
  ['nested type', (h) => updateFrame(h.stock((y) => text(y).insertEmbed(3, new Y.Text('x'))))],
  ['unknown root', (h) => updateFrame(h.stock((ydoc) => ydoc.getText('other').insert(0, 'x')))],
  ['foreign ledger', (h) => entry(h, 'd:XYZ', own(h), signed(h))],
  ['people', (h) => entry(h, 'people', String(h.ydoc.clientID), { user: 'x', delegation: 'X' })],
  ['the base map', (h) => entry(h, 'base', 'hash', 'x')],
  ['decisions', (h) => updateFrame(h.stock((y) => y.getArray('decisions').push([{ verb: 'x' }])))],
  ['foreign signature', (h) => entry(h, ledgerOf(h), own(h), signed(h, 'chair'))],
  ['foreign key', (h) => entry(h, ledgerOf(h), '1001:0', signed(h))],
  [
    'ranges of nothing',
    (h) => entry(h, ledgerOf(h), own(h), { ...signed(h), r: [1, 7, 4_000_000_000] }),
  ],
  [
    'foreign client',
    (h) => updateFrame(h.stock((y) => text(y).insert(3, 'x'), 1000 + randomInt(1e6))),
  ],
  ['the base’s client', (h) => updateFrame(h.stock((ydoc) => text(ydoc).insert(3, 'x'), 1))],
  [
    'gap',
    (hostile) => {
      hostile.edit()
      return updateFrame(hostile.edit())
    },
  ],
  ['presence of others', () => awarenessFrame([{ client: 1, clock: 9, state: { caret: 1 } }])],
  [
    'presence in thousands',
    () =>
      awarenessFrame(
        Array.from({ length: 2000 }, (_, i) => ({ client: i, clock: 1, state: { caret: i } })),
      ),
  ],
]
