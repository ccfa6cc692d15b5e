import { outcomesOf } from '@revmark/shared/compare'
import { writeContribution } from '@revmark/shared/contribution'
import { Ledger, writeBase } from '@revmark/shared/ledger'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadContributions, loadCorpus } from '../src/index.ts'

const corpus = loadCorpus()
const contribution = loadContributions(corpus).find('res45-brazil-2017')!
const edition = corpus.find(contribution.base)!

function draft(): Ledger {
  const hand = { client: 4711, delegation: contribution.delegation, user: 'brazil' }
  const ydoc = new Y.Doc({ gc: false })
  writeBase(ydoc, edition.id, edition.provisions)
  writeContribution(ydoc, edition.provisions, contribution.paragraphs, hand)
  return new Ledger(ydoc, hand)
}

const cut = (text: string): string =>
  (text.length > 24 ? `${text.slice(0, 24)}…` : text).replace(/\u00a0/g, ' ')

/** As judged by a reader: what Brazil asked for, whether the Kigali edition has it, what stands there. */
const judged = `
number line: Dubai, 2014 > Buenos Aires, 2017 | not taken over | number line: Kigali, 2022
opening: Dubai, 2014 > Buenos Aires, 2017 | not taken over | opening: Kigali, 2022
recalling a): Guadalajara, 2010 > Busan, 2014 | not taken over | recalling a): Dubai, 2018
recalling a):  > strengthening | taken over | recalling a): strengthening
recalling b):  > Resolution 140 (Rev. Bus… | not taken over | -
recalling c): (Guadalajara, 2010) > (Rev.Busan,2014) | taken over | recalling b): (Rev. Busan, 2014)
recalling d): (Guadalajara, 2010) > (Rev.Busan,2014) | not taken over | recalling c): (Rev. Dubai, 2018)
recalling d): Resolution 181 (Guadalaj… >  | not taken over | recalling d): Resolution 181 (Guadalaj…
recalling e): Hyderabad, 2010 > Dubai 2014 | taken over | recalling e): Dubai, 2014
recalling e):  > on Mechanisms for enhanc… | not taken over | recalling e): 
recalling f): Dubai, 2012 > Hammamet, 2016 | not taken over | recalling f): Geneva, 2022
recalling g): Dubai, 2012 > Hammamet, 2016 | taken over | recalling g): Hammamet, 2016
recalling g): WTSA > the World Telecommunicat… | not taken over | recalling g): WTSA
recalling h): WTSA > the World Telecommunicat… | not taken over | recalling h): WTSA
recalling i): this conference > the World Telecommunicat… | not taken over | recalling i): this conference
recalling i): the creation of CIRTs, p… > facilitating creation of… | in other words | recalling i): facilitating the creatio…
recalling j): this conference > the World Telecommunicat… | not taken over | recalling j): this conference
recalling n): the goal set out in the … >  | not taken over | recalling o): the goals set out in the…
recalling n): Guadalajara, 2010 > Busan, 2014 | not taken over | recalling o): in force
recalling n): , which calls on ITU-D t… > , on the Strategic Plan … | not taken over | recalling o): in force
recalling o):  > the excellente results o… | not taken over | recalling p): ITU‑D study
recalling o): under which in the previ… > in the 2006-2010 and 201… | not taken over | recalling p): under which in the previ…
recalling q):  > in 2011 | not taken over | recalling s): 
considering d):  > that UNGA Resolution 70/… | not taken over | -
considering e):  > (2006-2010, 2010-2014) a… | not taken over | considering d): 
considering g): this conference > the World Telecommunicat… | not taken over | considering f): this conference
considering h):  > lead | not taken over | considering g): 
considering j): that the fact, among oth… >  | not taken over | considering i): that the fact, among oth…
considering l): previous > 2010-2014 | not taken over | -
considering m): , > ; | taken over | considering k): ;
considering n):  > that the Global Cybersec… | not taken over | -
recognizing b):  > Resolutions | not taken over | recognizing b): Resolution
recognizing b):  > 69/166 and 71/1999 | not taken over | recognizing b): 
recognizing b): the > that | taken over | recognizing b): that
recognizing c): selfregulatory > self-regulatory | taken over | recognizing c): self-regulatory
recognizing f): Millennium Development > Sustainable | in other words | recognizing f): United Nations Sustainab…
recognizing j):  > all | not taken over | recognizing k): within
recognizing j): Questions > activities | not taken over | recognizing k): 
noting c):  > the conclusions and reco… | not taken over | -
noting d): contributes to > are essential for | not taken over | noting c): contributes to
instructs the Director of the … 2:  > as well as IoT devices, … | in other words | instructs the Director of the … 3: including countering and…
instructs the Director of the … 4:  > , including holding work… | in other words | instructs the Director of the … 10: , including through the …
instructs the Director of the … 6:  > to collect and to dissem… | in other words | instructs the Director of the … 12: to collect from Member S…
invites Member States, Sector Members, … 3: , > ; | taken over | invites Member States, Sector Members, … 3: ;
invites Member States, Sector Members, … 4:  > to collaborate amongst t… | in other words | invites Member States, Sector Members, … 4: to collaborate at the na…
`

test('what became of Brazil’s proposal in Kigali', () => {
  const lines = outcomesOf(draft(), corpus.find('res45-kigali-2022')!.provisions).map(
    ({ address, deleted, inserted, result, place, there }) =>
      `${address}: ${cut(deleted)} > ${cut(inserted)} | ${result} | ` +
      (place === null ? '-' : `${place}: ${cut(there)}`),
  )
  expect(lines).toEqual(judged.trimStart().trimEnd().split('\n'))
})

test('every change is in one row', () => {
  const ledger = draft()
  const rows = outcomesOf(ledger, edition.provisions).map(({ changes }) => changes)
  const ids = rows.flatMap((changes) => changes.map(({ id }) => id))
  expect(ids.toSorted()).toEqual(
    ledger
      .changes()
      .map(({ id }) => id)
      .toSorted(),
  )
})

test('of the base itself nothing was taken over, of the proposal as adopted everything', () => {
  const ledger = draft()
  const clean = ledger.project('clean').paragraphs.map(({ kind, level, label, text }) => ({
    kind,
    level,
    label: label.view,
    text,
    formats: [],
  }))
  const results = (later: typeof edition.provisions) =>
    new Set(outcomesOf(ledger, later).map(({ result }) => result))
  expect(results(edition.provisions)).toEqual(new Set(['not taken over']))
  expect(results(clean)).toEqual(new Set(['taken over']))
})
