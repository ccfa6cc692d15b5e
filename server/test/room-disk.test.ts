/** A room whose disk fails, and how it goes on. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { without } from '../src/room/rewinding.ts'
import { Guest, Stage, ana, carl, chair, gate, textOf, turn, updateFrame } from './stage.ts'

describe('when a commit fails', () => {
  test('R7: nobody sees the edit, the room closes with 1013 and asks to be read anew', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.commitError = new Error('disk full')
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'lost?')))
    await expect(stage.room.settled()).rejects.toThrow('disk full')
    expect(stage.broken).toBe(stage.commitError)
    expect([brazil.closed?.code, canada.closed?.code]).toEqual([1013, 1013])
    expect(textOf(canada.ydoc)[2]).toBe('one')
    expect(brazil.all('ack')).toEqual([])
    const late = new Guest(carl)
    stage.room.join(late)
    expect(late.closed?.code).toBe(1012)
  })
})

describe('when a commit finds the record damaged', () => {
  test('R9: people read on what is in the log, and what is not stays with its writer', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    const first = brazil.type(2, ' kept')
    stage.room.receive(brazil, updateFrame(first))
    await stage.room.settled()
    const acks = brazil.all('ack').length

    stage.commitError = stage.damage = new Error('malformed')
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' lost')))
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' letters')))
    await expect(stage.room.settled()).rejects.toThrow('malformed')
    expect(brazil.all('facts').at(-1)?.held).toBe('The record is damaged.')
    expect(canada.all('facts').at(-1)?.held).toBe('The record is damaged.')
    const late = await stage.enter(chair)
    for (const { ydoc } of [canada, late, stage.room]) expect(textOf(ydoc)[2]).toBe('one kept')
    expect(stage.broken).toBeNull()
    expect(stage.room.logged).toBe(stage.log.at(-1)?.seq)

    // Nothing is judged, since the room may lack what an edit builds on; it stays for good.
    stage.commitError = null
    stage.room.receive(canada, updateFrame(new Uint8Array([1, 2, 3])))
    stage.room.resume()
    stage.room.receive(brazil, brazil.answer())
    await stage.room.settled()
    expect(brazil.all('ack')).toHaveLength(acks)
    expect([brazil.closed, canada.closed]).toEqual([null, null])
    await stage.room.close(1013, 'mended')
    expect([brazil.closed?.code, late.closed?.code]).toEqual([1013, 1013])
  })

  test('R9: what was superseded by a lost entry is in force again', async () => {
    const ydoc = new Y.Doc({ gc: false })
    const map = ydoc.getMap('d')
    const updates: Uint8Array[] = []
    ydoc.on('update', (update: Uint8Array) => updates.push(update))
    for (const value of ['a', 'b', 'c', 'd']) map.set('key', value)
    ydoc.getText('t').insert(0, 'abc')
    const copies = [0, 1, 3].map((kept) => without(ydoc, updates.slice(kept)))
    expect(copies.map((copy) => copy.getMap('d').get('key'))).toEqual([undefined, 'a', 'c'])
    for (const [n, copy] of copies.entries())
      for (const update of updates.slice([0, 1, 3][n])) Y.applyUpdate(copy, update)
    for (const copy of copies)
      expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(ydoc))).toBe(true)
  })
})

describe('when a sync fails', () => {
  test('R8: nothing is acknowledged, and whoever waits for the disk is told', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const sync = gate()
    stage.syncGate = sync.closed.then(() => Promise.reject(new Error('I/O error')))
    // The room may not be waiting for it yet.
    stage.syncGate.catch(() => undefined)
    stage.room.receive(brazil, updateFrame(brazil.type(2, 'unsure')))
    const waiting = stage.room.settled()
    await turn()
    sync.open()
    await expect(waiting).rejects.toThrow('I/O error')
    expect(brazil.all('ack')).toEqual([])
    expect(brazil.closed?.code).toBe(1013)
  })
})

describe('a new room', () => {
  test('R8: acknowledges nothing before a sync: what it was read from may be on no disk yet', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.receive(brazil, brazil.answer())
    await stage.room.settled()
    expect(brazil.all('ack')).toHaveLength(1)
    expect(stage.events).toEqual(['sync'])
  })
})

describe('a room that cannot write', () => {
  test('R7: says so, still shows the draft, and takes nothing', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    stage.room.hold('The disk is full.')
    expect(brazil.all('facts')).toEqual([{ type: 'facts', held: 'The disk is full.', back: null }])
    const canada = await stage.enter(carl)
    expect(textOf(canada.ydoc)[2]).toBe('one')
    expect(canada.all('facts')).toEqual([{ type: 'facts', held: 'The disk is full.', back: null }])
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' two')))
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' three')))
    await stage.room.settled()
    expect(brazil.closed).toBeNull()
    expect(brazil.all('ack')).toEqual([])
    expect(stage.log).toEqual([])
    expect(textOf(canada.ydoc)[2]).toBe('one')
  })

  test('R7: asks for what it has left aside when it can write again, and acknowledges it', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.hold('The disk is full.')
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' two')))
    const asked = [brazil, canada].map((guest) => guest.all('step1').length)
    stage.room.resume()
    expect(brazil.all('facts').at(-1)).toEqual({ type: 'facts', held: null, back: null })
    expect([brazil, canada].map((guest) => guest.all('step1').length)).toEqual([
      asked[0]! + 1,
      asked[1],
    ])
    // On its way before the question arrived: it would seem to have a gap before it.
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' three')))
    stage.room.receive(brazil, brazil.answer())
    stage.room.receive(brazil, updateFrame(brazil.type(2, ' four')))
    await stage.room.settled()
    expect(brazil.closed).toBeNull()
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 4 }])
    expect(textOf(canada.ydoc)[2]).toBe('one two three four')
  })

  test('acknowledges what needs no writing, and refuses what it would refuse', async () => {
    const stage = new Stage()
    const brazil = await stage.enter(ana)
    const canada = await stage.enter(carl)
    stage.room.hold('The disk is full.')
    stage.room.receive(brazil, brazil.answer())
    canada.ydoc.clientID = brazil.ydoc.clientID
    stage.room.receive(canada, updateFrame(canada.type(2, '?')))
    await stage.room.settled()
    expect(brazil.all('ack')).toEqual([{ type: 'ack', count: 1 }])
    expect(canada.closed).toEqual({ code: 4409, reason: 'foreign-client' })
  })
})
