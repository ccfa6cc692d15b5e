import type { Change, Conflict } from '@revmark/shared/ledger'
import { Brackets, Check, X } from 'lucide-react'
import { memo, use } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Chip, Delegations } from '../ui/chip.tsx'
import { lookOf } from '../ui/look.ts'
import { excerptOf, kindName, stateName } from './change-words.ts'
import { conflictWords, waysOfAll } from './conflict-words.ts'
import type { Way } from './conflict-words.ts'
import { actKeys, actNames } from './deciding.ts'
import type { Act } from './deciding.ts'

interface ChangeRowProps {
  readonly change: Change
  /** Name of the delegation and its place in the palette; null where the meeting does not know it. */
  readonly delegation: { readonly name: string; readonly colour: number } | null
  readonly isSelected: boolean
  /** Why it was decided, in the chair's words; empty where nothing was said. */
  readonly note: string
  /** Who signed it, where it came in a file; empty where it did not. */
  readonly signed: string
  readonly conflicts: readonly Conflict[]
  /** Goes a way out of a conflict; left out for who does not decide. */
  readonly onWay?: (change: Change, way: Way) => void
  readonly acts: readonly Act[]
  /** What is being done to it just now. */
  readonly busy: Act | null
  readonly onSelect: (change: Change) => void
  readonly onGo: (change: Change) => void
  readonly onAct: (change: Change, act: Act) => void
  /** Keys that move along the list or act. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** One change: who, what, the words, its state, and what may be done to it. */
export const ChangeRow = memo(function ChangeRow({
  change,
  delegation,
  isSelected,
  note,
  signed,
  conflicts,
  onWay,
  acts,
  busy,
  onSelect,
  onGo,
  onAct,
  onKeyDown,
}: ChangeRowProps) {
  const names = use(Delegations)
  const ways = onWay ? waysOfAll(change, conflicts) : []
  return (
    <li
      className="change"
      data-state={change.state}
      data-selected={isSelected || undefined}
      aria-busy={busy !== null}
      {...(delegation ? lookOf(delegation.colour) : {})}
    >
      <button
        type="button"
        className="change-main"
        data-change={change.id}
        tabIndex={isSelected ? 0 : -1}
        onFocus={() => onSelect(change)}
        onClick={() => onGo(change)}
        onKeyDown={onKeyDown}
      >
        <span className="change-head">
          <Chip code={change.delegation} />
          <span className="change-kind">
            {kindName(change)}
            <Spoken>{change.address && ` in ${change.address}`},</Spoken>
          </span>
          <span className="change-state">
            {change.state === 'accepted' && <Check aria-hidden="true" />}
            {change.state === 'bracketed' && <Brackets aria-hidden="true" />}
            {change.state === 'rejected' && <X aria-hidden="true" />}
            {stateName(change.state)}
            <Spoken>.</Spoken>
          </span>
        </span>
        <span className="change-words">
          {excerptOf(change).map(({ mark: Mark, text }) => (
            <Mark key={Mark}>
              <Spoken>{spoken[Mark]}</Spoken>
              {text}
            </Mark>
          ))}
        </span>
        {conflicts.map((conflict) => (
          <span key={conflict.kind} className="change-conflict" data-kind={conflict.kind}>
            {conflictWords(change, conflict, (code) => names.get(code)?.name ?? code)}
            <Spoken>.</Spoken>
          </span>
        ))}
        {signed && (
          <span className="change-signed">
            {signed}
            <Spoken>.</Spoken>
          </span>
        )}
        {note && (
          <span className="change-note">
            <Spoken>Note: </Spoken>
            {note}
          </span>
        )}
      </button>
      {acts.length > 0 && (
        <div className="change-acts">
          {acts.map((act) => (
            <Button
              key={act}
              tabIndex={isSelected ? 0 : -1}
              disabled={busy !== null}
              aria-keyshortcuts={actKeys[act]}
              onClick={() => onAct(change, act)}
              onKeyDown={onKeyDown}
            >
              {actNames[act]}
              <kbd aria-hidden="true">{actKeys[act]}</kbd>
            </Button>
          ))}
          {ways.map((way, i) => (
            <Button
              key={way.words}
              tabIndex={isSelected ? 0 : -1}
              disabled={busy !== null}
              aria-keyshortcuts={`${i + 1}`}
              onClick={() => onWay?.(change, way)}
              onKeyDown={onKeyDown}
            >
              {way.words}
              <kbd aria-hidden="true">{i + 1}</kbd>
            </Button>
          ))}
        </div>
      )}
    </li>
  )
})

const spoken = { del: 'Struck: ', ins: 'Inserted: ', span: '' } as const

/** Words between the words on screen, so that the whole row reads as sentences when it is heard. */
const Spoken = ({ children }: { readonly children: ReactNode }) => (
  <span className="visually-hidden">{children}</span>
)
