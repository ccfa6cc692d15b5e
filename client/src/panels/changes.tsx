/** The panel of changes: listed by provision, filtered, walked through and decided by keyboard. */
import { decisionsOf, noRanges, signersOf, verbs } from '@revmark/shared/ledger'
import type { Change, Conflict } from '@revmark/shared/ledger'
import { X } from 'lucide-react'
import { use, useState, useSyncExternalStore } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Copy, Problem } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Delegations } from '../ui/chip.tsx'
import { useStable } from '../ui/stable.ts'
import { useNotify } from '../ui/toasts.tsx'
import { ChangeFilters } from './change-filters.tsx'
import { signedWords } from './change-words.ts'
import { ChangeRow } from './change-row.tsx'
import { waysOfAll } from './conflict-words.ts'
import type { Way } from './conflict-words.ts'
import { actKeys, actsOn, carryOut, goWay } from './deciding.ts'
import type { Act } from './deciding.ts'
import { filtered, groupsOf } from './filter.ts'
import type { Filter } from './filter.ts'
import { DecideForm } from './decide-form.tsx'
import { PanelKeys } from './panel-keys.tsx'
import { stepKeys } from './change-keys.ts'
import { decidedWith } from './scopes.ts'
import type { Asked } from './scopes.ts'
import { useWalk } from './walk.ts'

interface ChangesPanelProps {
  readonly copy: Copy
  readonly editable: boolean
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  /** Id of the change in focus, here and in the text. */
  readonly selected: string | null
  /** What the chair is about to decide; null: nothing but single changes. */
  readonly asked: Asked | null
  readonly onAsk: (asked: Asked | null) => void
  /** The change has the focus here: show it in the text, the focus stays. */
  readonly onSelect: (change: Change) => void
  /** Go to the change in the text. */
  readonly onGo: (change: Change) => void
  /** Go to where a change has moved something from. */
  readonly onOrigin: (change: Change) => void
  /** Leave the panel for the text. */
  readonly onLeave: () => void
  /** What stands between the filters and the list. */
  readonly children?: ReactNode
}

/** A draft may have ten thousand changes; rows are made as somebody comes near them. */
const rowsAtOnce = 200

const noConflicts: readonly Conflict[] = []

/** The row of the change at the caret is there with so many after it. */
const rowsAround = 20

interface Note {
  readonly id: number
  readonly text: string
}

export function ChangesPanel({
  copy,
  editable,
  filter,
  onFilter,
  selected,
  asked,
  onAsk,
  onSelect,
  onGo,
  onOrigin,
  onLeave,
  children,
}: ChangesPanelProps) {
  const changes = useSyncExternalStore(copy.changes.subscribe, copy.changes.snapshot)
  const conflicts = copy.changes.conflicts()
  const [busy, setBusy] = useState<ReadonlyMap<string, Act>>(new Map())
  const [notes, setNotes] = useState<readonly Note[]>([])
  const [limit, setLimit] = useState(rowsAtOnce)

  const listed = filtered(changes, filter, conflicts)
  const at = selected === null ? -1 : listed.findIndex(({ id }) => id === selected)
  const visible = listed.slice(0, Math.max(limit, at + rowsAround))
  const noteOf = notesOf(copy.ydoc)
  const { list, onFocus, onBlur, current, focusRow } = useWalk(
    visible.map(({ id }) => id),
    selected,
  )

  const tell = (change: Change, problem: Problem | null) => {
    if (!problem) return
    const where = change.address ? capitalised(change.address) : 'This change'
    const text = `${where}: ${problem.message} ${problem.advice}`
    setNotes((before) => [...before, { id: (before.at(-1)?.id ?? 0) + 1, text }])
  }
  const working = async (change: Change, what: Act, work: () => Promise<Problem | null>) => {
    setBusy((before) => new Map(before).set(change.id, what))
    const problem = await work()
    setBusy((before) => new Map([...before].filter(([id]) => id !== change.id)))
    tell(change, problem)
  }
  const take = useStable((change: Change, way: Way) => {
    if (!busy.has(change.id)) void working(change, 'accept', () => goWay(copy, way))
  })
  const act = useStable(async (change: Change, what: Act) => {
    if (busy.has(change.id)) return
    // What was decided together is reopened together, or as the chair chooses then.
    if (what === 'reopen' && decidedWith(changes, change).length > 1) {
      onAsk({ verb: 'reopen', scope: 'together', change, tokens: noRanges })
      return
    }
    await working(change, what, () => carryOut(copy, change, what))
  })

  const onKeyDown = useStable((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const index = visible.findIndex(({ id }) => id === current)
    const change = visible[index]
    const step = stepOf(event.key, index, visible.length)
    if (step !== null) {
      focusRow(visible[step]?.id)
      if (step === visible.length - 1) setLimit(limit + rowsAtOnce)
    } else if (event.key === 'Escape') onLeave()
    else if (event.key === 'm' && change && change.moves.length > 0) onOrigin(change)
    else {
      const acts = change ? actsOn(change, copy.seat, editable) : []
      const verb = verbs.find((one) => actKeys[one].toUpperCase() === event.key)
      if (change && verb && event.shiftKey && copy.seat.role === 'chair') {
        onAsk({ verb, scope: 'change', change, tokens: noRanges })
        event.preventDefault()
        return
      }
      const way =
        change && copy.seat.role === 'chair'
          ? waysOfAll(change, conflicts.get(change.id) ?? noConflicts)[Number(event.key) - 1]
          : undefined
      if (change && way) take(change, way)
      const chosen = acts.find((one) => actKeys[one] === event.key.toLowerCase())
      if (!change || (!chosen && !way)) return
      if (chosen) void act(change, chosen)
    }
    event.preventDefault()
  })
  const select = useStable(onSelect)
  const go = useStable(onGo)
  const start = useStable((change: Change, what: Act) => void act(change, what))

  const delegations = use(Delegations)
  const notify = useNotify()
  return (
    <section className="panel" aria-label="Changes">
      <ChangeFilters changes={changes} conflicts={conflicts} filter={filter} onChange={onFilter} />
      {asked && (
        <DecideForm
          copy={copy}
          changes={changes}
          asked={asked}
          onAsk={onAsk}
          onClose={(done) => {
            onAsk(null)
            if (done) notify({ title: done })
            focusRow(current ?? undefined)
          }}
        />
      )}
      <div className="panel-notes" role="alert">
        {notes.map(({ id, text }) => (
          <p key={id} className="panel-note">
            {text}
            <Button
              kind="quiet"
              aria-label="Dismiss"
              onClick={() => setNotes((before) => before.filter((note) => note.id !== id))}
            >
              <X aria-hidden="true" />
            </Button>
          </p>
        ))}
      </div>
      {children}
      <div
        className="panel-list"
        id="changes"
        ref={list}
        tabIndex={-1}
        data-show={filter.show}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {listed.length === 0 && (
          <p className="panel-none">{nothingListed(filter, changes.length)}</p>
        )}
        {groupsOf(visible).map((group) => (
          <section key={group.key} className="panel-group">
            <h3>{group.address}</h3>
            <ul>
              {group.changes.map((change) => (
                <ChangeRow
                  key={change.id}
                  change={change}
                  delegation={delegations.get(change.delegation) ?? null}
                  isSelected={change.id === current}
                  note={noteOf(change)}
                  signed={signedWords(signersOf(copy.ydoc, change))}
                  conflicts={conflicts.get(change.id) ?? noConflicts}
                  {...(copy.seat.role === 'chair' && { onWay: take })}
                  acts={actsOn(change, copy.seat, editable)}
                  busy={busy.get(change.id) ?? null}
                  onSelect={select}
                  onGo={go}
                  onAct={start}
                  onKeyDown={onKeyDown}
                />
              ))}
            </ul>
          </section>
        ))}
        {listed.length > visible.length && (
          <Button kind="quiet" className="panel-more" onClick={() => setLimit(limit + rowsAtOnce)}>
            Show more of {listed.length}
          </Button>
        )}
      </div>
      <PanelKeys isChair={copy.seat.role === 'chair'} />
    </section>
  )
}

/** The notes of the decisions that made a change what it is, one a line. */
function notesOf(ydoc: Copy['ydoc']): (change: Change) => string {
  const notes = new Map<string, string>()
  for (const { id, note } of decisionsOf(ydoc)) if (note) notes.set(id, note)
  return ({ decisions }) => decisions.flatMap((id) => notes.get(id) ?? []).join('\n')
}

const capitalised = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** Where a key moves to in a list; null for a key that does not move. */
function stepOf(key: string, index: number, length: number): number | null {
  const row = stepKeys.find(({ keys }) => keys.some((one) => one === key))
  const last = length - 1
  const steps = {
    next: Math.min(index + 1, last),
    previous: Math.max(index - 1, 0),
    first: 0,
    last,
  }
  return row ? steps[row.does] : null
}

function nothingListed({ show, delegation, only }: Filter, all: number): string {
  if (only !== null) return 'None of these is listed under this choice.'
  if (all === 0 && delegation === null) {
    return 'Nothing has been changed yet. Whatever a delegation types or strikes in the text will stand here.'
  }
  if (show === 'pending') return 'Nothing is pending here: every change has been decided.'
  if (show === 'decided') return 'Nothing has been decided here yet.'
  return 'This delegation has proposed nothing yet.'
}
