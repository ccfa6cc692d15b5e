import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { DraftEditorHandle, Search } from '../editor/index.ts'
import { Button } from '../ui/button.tsx'
import { useNotify } from '../ui/toasts.tsx'

interface FindBarProps {
  readonly search: Search
  readonly editor: RefObject<DraftEditorHandle | null>
  /** Whether the person may write now. */
  readonly editable: boolean
  readonly onClose: () => void
}

/**
 * Find and replace over the sheet. Enter goes on, Shift+Enter goes back, Escape closes with the
 * match selected. Each replacement is a change; all of them are one undo step.
 */
export function FindBar({ search, editor, editable, onClose }: FindBarProps) {
  const notify = useNotify()
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState({ text: '', matchCase: false, wholeWords: false })
  const [replacement, setReplacement] = useState('')
  const found = useSyncExternalStore(search.subscribe, search.snapshot)

  useEffect(() => {
    search.look(query)
    editor.current?.showFound()
    return () => search.look(null)
  }, [search, editor, query])
  useEffect(() => field.current?.focus(), [])

  const step = (by: 1 | -1) => {
    search.step(by)
    editor.current?.showFound()
  }
  const replaceAll = () => {
    const count = editor.current?.replaceAll(replacement) ?? 0
    const times = count === 1 ? 'Replaced once' : `Replaced ${count} times`
    notify({ title: times, text: 'Each is a change of its own; one undo takes all of them back.' })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      editor.current?.focusFound()
      onClose()
    } else if (
      event.key === 'Enter' &&
      event.target instanceof HTMLInputElement &&
      event.target.type === 'text'
    ) {
      event.preventDefault()
      if (event.target === field.current) step(event.shiftKey ? -1 : 1)
      else if (editable) editor.current?.replaceFound(replacement)
    }
  }
  const isFound = found.count > 0
  return (
    <search className="find" aria-label="Find and replace">
      <label>
        <span>Find</span>
        <input
          ref={field}
          className="field"
          onKeyDown={press}
          value={query.text}
          onChange={({ target: { value } }) => setQuery({ ...query, text: value })}
        />
      </label>
      <output aria-live="polite">
        {query.text !== '' && (isFound ? `${found.index + 1} of ${found.count}` : 'Not found')}
      </output>
      <Button
        onKeyDown={press}
        kind="quiet"
        aria-label="Previous match"
        disabled={!isFound}
        onClick={() => step(-1)}
      >
        <ChevronUp aria-hidden="true" />
      </Button>
      <Button
        onKeyDown={press}
        kind="quiet"
        aria-label="Next match"
        disabled={!isFound}
        onClick={() => step(1)}
      >
        <ChevronDown aria-hidden="true" />
      </Button>
      <label className="find-choice">
        <input
          type="checkbox"
          onKeyDown={press}
          checked={query.matchCase}
          onChange={({ target: { checked } }) => setQuery({ ...query, matchCase: checked })}
        />
        Match case
      </label>
      <label className="find-choice">
        <input
          type="checkbox"
          onKeyDown={press}
          checked={query.wholeWords}
          onChange={({ target: { checked } }) => setQuery({ ...query, wholeWords: checked })}
        />
        Whole words
      </label>
      {editable && (
        <>
          <label>
            <span>Replace with</span>
            <input
              className="field"
              value={replacement}
              onKeyDown={press}
              onChange={({ target: { value } }) => setReplacement(value)}
            />
          </label>
          <Button
            onKeyDown={press}
            disabled={!isFound}
            onClick={() => editor.current?.replaceFound(replacement)}
          >
            Replace
          </Button>
          <Button onKeyDown={press} disabled={!isFound} onClick={replaceAll}>
            Replace all
          </Button>
        </>
      )}
      <Button onKeyDown={press} kind="quiet" aria-label="Close find and replace" onClick={onClose}>
        <X aria-hidden="true" />
      </Button>
    </search>
  )
}
