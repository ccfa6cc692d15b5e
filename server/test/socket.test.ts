import { Ledger, changesOf, seenDigest } from '@revmark/shared/ledger'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Browser, Editor, RawSocket, startTestServer } from './running.ts'
import type { TestServer } from './running.ts'
import { step1, syncFrame, typeInto, updateFrame } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(() => server.close())

const signIn = async (...people: string[]): Promise<Browser> => {
  const browser = new Browser(server.url)
  for (const person of people) await browser.join(server.tokenOf(person))
  return browser
}

const textOf = (ydoc: Y.Doc): string[] => {
  const ledger = new Ledger(ydoc)
  const texts = ledger.project('marked').paragraphs.map(({ text }) => text)
  ledger.destroy()
  return texts
}

const until = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 5000, interval: 5 })

const open = async (person: string): Promise<Editor> => {
  const browser = await signIn(person)
  const client = await browser.issueClient('res45', person)
  const editor = new Editor(browser, 'res45', person, client)
  await editor.synced()
  return editor
}

const write = async (editor: Editor, person: string, text: string): Promise<void> => {
  const seat = (await server.store.people.find(person))!
  typeInto(editor.ydoc, seat, 2, text, editor.outbox)
}

describe('a stock y-websocket provider', () => {
  test('reads a draft without a client id, presence and all', async () => {
    const browser = await signIn('observer')
    const editor = new Editor(browser, 'res45', 'observer')
    await editor.synced()
    expect(textOf(editor.ydoc)[0]).toBe('RESOLUTION 45 (Rev. Dubai, 2014)')
    editor.provider.awareness.setLocalState({ caret: 1 })
    await until(() => expect(editor.acked).toBe(1))
    expect(editor.provider.wsconnected).toBe(true)
    editor.destroy()
  })

  test('writes under an issued client id; the other sees it, and it is acknowledged', async () => {
    const brazil = await open('brazil')
    const canada = await open('canada')
    await write(brazil, 'brazil', ' (from Brazil)')
    await until(() => expect(textOf(canada.ydoc)[2]).toContain('(from Brazil)'))
    await write(canada, 'canada', ' (from Canada)')
    await until(() => {
      expect(textOf(brazil.ydoc)).toEqual(textOf(canada.ydoc))
      expect(brazil.acked).toBe(2)
      expect(canada.acked).toBe(2)
    })
    const log = await server.store.log.read('res45')
    expect(log.filter(({ kind }) => kind === 'edit').map(({ user }) => user)).toEqual(
      expect.arrayContaining(['brazil', 'canada']),
    )
    brazil.destroy()
    canada.destroy()
  })

  test('R3: sends after a reconnection what was typed without one', async () => {
    const brazil = await open('brazil')
    brazil.provider.disconnect()
    await write(brazil, 'brazil', ' (offline)')
    // A stock client sends this at once, although the server does not know yet what was written before.
    brazil.provider.on('status', ({ status }) => {
      if (status === 'connected') void write(brazil, 'brazil', ' (and back)')
    })
    brazil.provider.connect()
    await brazil.synced()
    const canada = await open('canada')
    await until(() => expect(textOf(canada.ydoc)[2]).toContain('(offline)'))
    await until(() => expect(textOf(canada.ydoc)[2]).toContain('(and back)'))
    brazil.destroy()
    canada.destroy()
  })

  test('sees who is here, as the server knows them, and who has gone', async () => {
    const brazil = await open('brazil')
    const canada = await open('canada')
    const client = brazil.ydoc.clientID
    brazil.provider.awareness.setLocalState({ user: { name: 'The Chair', role: 'chair' } })
    const states = canada.provider.awareness.getStates()
    await until(() =>
      expect(states.get(client)).toEqual({
        user: { id: 'brazil', name: 'Delegate of Brazil', role: 'delegate', delegation: 'B' },
      }),
    )
    brazil.destroy()
    await until(() => expect(states.has(client)).toBe(false))
    canada.destroy()
  })

  test('stops for good where it may not be, with the reason', async () => {
    const browser = await signIn('brazil')
    const cases = [
      { draft: 'nothing', seat: 'brazil', code: 4404, browser },
      { draft: 'res45', seat: 'chair', code: 4403, browser },
      { draft: 'res45', seat: 'brazil', code: 4401, browser: new Browser(server.url) },
    ]
    for (const { draft, seat, code, browser } of cases) {
      const editor = new Editor(browser, draft, seat)
      await until(() => expect(editor.closed?.code).toBe(code))
      editor.destroy()
    }
  })

  test('is closed when its browser signs out', async () => {
    const browser = await signIn('observer')
    const editor = new Editor(browser, 'res45', 'observer')
    await editor.synced()
    await browser.post('/api/sign-out', {})
    await until(() => expect(editor.closed?.code).toBe(4401))
    editor.destroy()
  })
})

describe('a decision of the chair', () => {
  test('is seen by all, is in the history with its reason, and is not taken twice', async () => {
    const own = await startTestServer()
    const brazil = new Browser(own.url)
    const seat = await brazil.join(own.tokenOf('brazil'))
    const client = await brazil.issueClient('res45', 'brazil')
    const editor = new Editor(brazil, 'res45', 'brazil', client)
    await editor.synced()
    typeInto(editor.ydoc, seat, 0, ' [new]', editor.outbox)
    await until(() => expect(editor.acked).toBe(2))

    const chair = new Browser(own.url)
    await chair.join(own.tokenOf('chair'))
    const ledger = new Ledger(editor.ydoc)
    const { ins, del, entries } = changesOf(ledger)[0]!
    const seen = seenDigest(ledger, ins, del)
    const request = { verb: 'accept', ins, del, entries, seen, note: 'no objection' }
    const first = await chair.post('/api/drafts/res45/decisions', request, 'chair')
    expect(first.status).toBe(201)
    const { decision } = (await first.json()) as { decision: { id: string } }
    await until(() => expect(ledger.project('accepted').paragraphs[0]?.text).toMatch(/ \[new\]$/))
    const second = await chair.post('/api/drafts/res45/decisions', request, 'chair')
    expect(second.status).toBe(409)
    expect(await second.json()).toMatchObject({ error: { code: 'changed-meanwhile' } })

    const history = await brazil.request('/api/drafts/res45/history', { seat: 'brazil' })
    expect(await history.json()).toMatchObject({
      written: [{ user: 'brazil', client, clock: 0, length: ' [new]'.length }],
      decisions: [{ id: decision.id, user: 'chair', note: 'no objection' }],
    })
    editor.destroy()
    await own.close()
  })
})

describe('bad input over the socket', () => {
  /** Nothing of it stays: the log is as long as before, and others go on. */
  const undisturbed = async (attack: () => Promise<void>): Promise<void> => {
    const canada = await open('canada')
    const before = (await server.store.log.read('res45')).length
    await attack()
    expect(await server.store.log.read('res45')).toHaveLength(before)
    const acked = canada.acked
    await write(canada, 'canada', '.')
    await until(() => expect(canada.acked).toBe(acked + 1))
    expect(canada.closed).toBeNull()
    canada.destroy()
  }

  const ydocFor = async (seat: string): Promise<Y.Doc> => {
    const reader = await open(seat)
    const ydoc = new Y.Doc({ gc: false })
    Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(reader.ydoc))
    reader.destroy()
    return ydoc
  }

  test('a foreign client id is refused by name, and the text comes back as refused', () =>
    undisturbed(async () => {
      const browser = await signIn('brazil')
      const ydoc = await ydocFor('brazil')
      ydoc.clientID = await (await signIn('canada')).issueClient('res45', 'canada')
      const outbox: Uint8Array[] = []
      ydoc.on('update', (update: Uint8Array) => outbox.push(update))
      const forged = typeInto(ydoc, (await server.store.people.find('canada'))!, 2, '?', outbox)
      const socket = new RawSocket(browser, '/res45?seat=brazil')
      await socket.opened
      socket.socket.send(updateFrame(forged))
      expect(await socket.closed).toEqual({ code: 4409, reason: 'foreign-client' })
      expect(socket.heard).toContainEqual({ type: 'refused', count: 1, code: 'foreign-client' })
    }))

  test('a garbled update, and garbled frames, close one socket each', () =>
    undisturbed(async () => {
      const browser = await signIn('brazil')
      const frames: [Uint8Array | string, number][] = [
        [updateFrame(Uint8Array.of(3, 1, 4, 1, 5)), 4409],
        [Uint8Array.of(0, 2, 255, 255, 255, 1), 1007],
        [Uint8Array.of(77), 1007],
        ['a text', 1007],
      ]
      for (const [frame, code] of frames) {
        const socket = new RawSocket(browser, '/res45?seat=brazil')
        await socket.opened
        socket.socket.send(frame)
        expect((await socket.closed).code).toBe(code)
      }
    }))

  test('a message of more than 2 MB closes the socket with 1009', () =>
    undisturbed(async () => {
      const socket = new RawSocket(await signIn('brazil'), '/res45?seat=brazil')
      await socket.opened
      socket.socket.send(updateFrame(new Uint8Array(2_200_000)))
      expect((await socket.closed).code).toBe(1009)
    }))

  test('an observer who writes is refused', () =>
    undisturbed(async () => {
      const ydoc = await ydocFor('brazil')
      const client = await (await signIn('brazil')).issueClient('res45', 'brazil')
      ydoc.clientID = client
      const outbox: Uint8Array[] = []
      ydoc.on('update', (update: Uint8Array) => outbox.push(update))
      const edit = typeInto(ydoc, (await server.store.people.find('brazil'))!, 2, '?', outbox)
      const socket = new RawSocket(await signIn('observer'), '/res45?seat=observer')
      await socket.opened
      socket.socket.send(syncFrame(1, edit))
      expect((await socket.closed).code).toBe(4409)
    }))

  test('a page of elsewhere does not even get a socket', async () => {
    const browser = await signIn('brazil')
    const headers = { ...browser.headers(), origin: 'https://elsewhere.example' }
    const socket = new RawSocket(browser, '/res45?seat=brazil', headers)
    await expect(socket.opened).rejects.toThrow('403')
  })

  test('a strange path, or a draft name that is none, is refused', async () => {
    const browser = await signIn('brazil')
    const strange = new RawSocket(browser, '/a/b?seat=brazil')
    await expect(strange.opened).rejects.toThrow('404')
    const unknown = new RawSocket(browser, '/%00?seat=brazil')
    expect((await unknown.closed).code).toBe(4404)
  })

  test('a flood before the room is open harms nobody else', async () => {
    const own = await startTestServer()
    try {
      const browser = new Browser(own.url)
      await browser.join(own.tokenOf('brazil'))
      const socket = new RawSocket(browser, '/res45?seat=brazil')
      await socket.opened
      // Whether 100 frames are early depends on how fast the room opens; they may be cut off.
      for (let n = 0; n < 100; n++) socket.socket.send(step1(new Y.Doc()))
      const other = new Editor(browser, 'res45', 'brazil')
      await other.synced()
      other.destroy()
      socket.socket.close()
    } finally {
      await own.close()
    }
  })
})

describe('a reader who does not read', () => {
  test('R12: is dropped by name, holds nobody up, and finds everything when it comes back', async () => {
    const brazil = await open('brazil')
    const canada = await open('canada')
    const observers = (): unknown => canada.provider.awareness.getStates().get(2)
    const slow = new RawSocket(await signIn('observer'), '/res45?seat=observer')
    await slow.opened
    await until(() => expect(observers()).toMatchObject({ room: { observers: 1 } }))
    slow.socket.pause()
    // Each is answered with the whole draft: more than the kernel and the server keep for anybody.
    const question = step1(new Y.Doc())
    for (let n = 0; n < 1500; n++) slow.socket.send(question)
    await write(brazil, 'brazil', ' (unhindered)')
    await until(() => expect(textOf(canada.ydoc)[2]).toContain('(unhindered)'))
    await until(() => expect(observers()).toMatchObject({ room: { observers: 0 } }))
    slow.socket.resume()
    expect(await slow.closed).toEqual({ code: 1013, reason: 'slow' })

    const again = new Editor(await signIn('observer'), 'res45', 'observer')
    await again.synced()
    expect(textOf(again.ydoc)).toEqual(textOf(canada.ydoc))
    for (const editor of [brazil, canada, again]) editor.destroy()
  })
})

describe('many who join at once', () => {
  test('R13: all get the same state, whole', async () => {
    const browser = await signIn('observer')
    const editors = Array.from({ length: 8 }, () => new Editor(browser, 'res45', 'observer'))
    await Promise.all(editors.map((editor) => editor.synced()))
    const [first] = editors
    for (const { ydoc } of editors) expect(textOf(ydoc)).toEqual(textOf(first!.ydoc))
    for (const editor of editors) editor.destroy()
  })
})

describe('a stop of the server', () => {
  test('R16: tells every socket to come back, and within which time', async () => {
    const own = await startTestServer()
    const browser = new Browser(own.url)
    await browser.join(own.tokenOf('observer'))
    const socket = new RawSocket(browser, '/res45?seat=observer')
    await socket.opened
    socket.socket.send(step1(new Y.Doc()))
    await until(() => expect(socket.heard.some(({ type }) => type === 'step2')).toBe(true))
    await own.close()
    expect(await socket.closed).toEqual({ code: 1012, reason: 'restart' })
    expect(socket.heard.at(-1)).toEqual({ type: 'facts', held: null, back: 1010 })
    expect(socket.socket.readyState).toBe(WebSocket.CLOSED)
  })
})
