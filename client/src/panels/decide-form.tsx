/** Several changes, or a part of one, decided at once, with a note: what it will do stands above the button. */
import { previewOf } from '@revmark/shared/ledger'
import type { Change, Verb } from '@revmark/shared/ledger'
import { use, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Copy, Problem } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { Delegations } from '../ui/chip.tsx'
import { counted } from '../ui/counted.ts'
import { Segments } from '../ui/segments.tsx'
import { useStable } from '../ui/stable.ts'
import { actNames, decideAll } from './deciding.ts'
import { DecidePreview } from './decide-preview.tsx'
import { scopesOf } from './scopes.ts'
import type { Asked } from './scopes.ts'

interface DecideFormProps {
  readonly copy: Copy
  readonly changes: readonly Change[]
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  /** Closes the form; `done` says in words what was decided. */
  readonly onClose: (done: string | null) => void
}

const verbHints: Readonly<Record<Verb, string>> = {
  accept: 'It becomes part of the accepted text',
  reject: 'It is hidden, and can be reopened',
  bracket: 'It stands in square brackets until it is decided',
  reopen: 'It is pending again',
}

const verbs = (['accept', 'reject', 'bracket', 'reopen'] as const).map((verb) => ({
  value: verb,
  text: actNames[verb],
  hint: verbHints[verb],
}))

export function DecideForm({ copy, changes, asked, onAsk, onClose }: DecideFormProps) {
  const delegations = use(Delegations)
  const [note, setNote] = useState('')
  const [includes, setIncludes] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const select = useRef<HTMLSelectElement>(null)
  const title = useId()
  const { verb } = asked
  useEffect(() => select.current?.focus(), [])
  // The form is no control of its own: it hears the keys of its controls.
  const onKey = useStable((event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose(null)
    } else if (event.key === 'Enter' && event.target instanceof HTMLSelectElement) {
      event.preventDefault()
      form.current?.requestSubmit()
    }
  })
  useEffect(() => {
    const heard = form.current
    heard?.addEventListener('keydown', onKey)
    return () => heard?.removeEventListener('keydown', onKey)
  }, [onKey])

  const scopes = useMemo(
    () => scopesOf(copy.ledger, changes, asked, (code) => delegations.get(code)?.name ?? code),
    [copy, changes, asked, delegations],
  )
  const scope = scopes.find(({ name }) => name === asked.scope) ?? scopes[0]
  const preview = useMemo(
    () => scope && previewOf(copy.ledger, verb, scope.changes, includes || isNamed(scope.name)),
    [copy, verb, scope, includes],
  )

  const decide = async () => {
    if (!preview || preview.decided.length === 0 || busy) return
    setBusy(true)
    const found = await decideAll(copy, verb, preview.decided, note.trim())
    setBusy(false)
    setProblem(found)
    if (!found) onClose(`${counted(preview.decided.length, 'change')} ${participleOf[verb]}.`)
  }

  return (
    <form
      ref={form}
      className="decide"
      aria-labelledby={title}
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <h3 id={title} className="visually-hidden">
        Decide
      </h3>
      <Segments
        label="Decision"
        value={verb}
        options={verbs}
        onChange={(next) => onAsk({ ...asked, verb: next })}
      />
      <label className="decide-field">
        <span>What</span>
        <select
          ref={select}
          className="field"
          value={scope?.name ?? ''}
          onChange={(event) => {
            const chosen = scopes.find(({ name }) => name === event.target.value)
            if (chosen) onAsk({ ...asked, scope: chosen.name })
          }}
        >
          {scopes.map(({ name, words, changes: some }) => (
            <option key={name} value={name}>
              {words} ({some.length})
            </option>
          ))}
        </select>
      </label>
      <label className="decide-field">
        <span>Note</span>
        <input
          className="field"
          value={note}
          maxLength={2000}
          placeholder="Why, for all to read; may stay empty"
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {preview ? (
        <DecidePreview verb={verb} preview={preview} includes={includes} onInclude={setIncludes} />
      ) : (
        <p>Nothing here can be {participleOf[verb]}.</p>
      )}
      {problem && (
        <p className="decide-problem" role="alert">
          {problem.message} {problem.advice} What would be decided now stands above.
        </p>
      )}
      <div className="decide-acts">
        <Button
          kind="primary"
          type="submit"
          disabled={busy || !preview || preview.decided.length === 0 || preview.problem !== null}
        >
          {actNames[verb]} {counted(preview?.decided.length ?? 0, 'change')}
          <kbd aria-hidden="true">Enter</kbd>
        </Button>
        <Button onClick={() => onClose(null)}>
          Cancel<kbd aria-hidden="true">Esc</kbd>
        </Button>
      </div>
    </form>
  )
}

/** What is left behind and decided by itself has been asked for by name. */
const isNamed = (scope: string): boolean => scope === 'change' || scope === 'selection'

const participleOf: Readonly<Record<Verb, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  bracket: 'put in brackets',
  reopen: 'reopened',
}
