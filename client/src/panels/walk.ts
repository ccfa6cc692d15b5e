import { useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, RefObject } from 'react'

interface Walk {
  /** Goes on the element that holds the rows, with the two handlers. */
  readonly list: RefObject<HTMLDivElement | null>
  readonly onFocus: () => void
  readonly onBlur: (event: FocusEvent) => void
  /** Id of the row that takes part in the tab order; null where there is none. */
  readonly current: string | null
  readonly focusRow: (id: string | undefined) => void
}

/**
 * Walks along rows named by `data-change`. When the selected row goes (it has been decided, or
 * somebody has withdrawn it), the one that has moved into its place becomes current, and takes the
 * focus if the row that went had it: who decides by keyboard is never thrown out of the list.
 */
export function useWalk(ids: readonly string[], selected: string | null): Walk {
  const list = useRef<HTMLDivElement>(null)
  const isWithin = useRef(false)
  const [place, setPlace] = useState(0)
  const index = selected === null ? -1 : ids.indexOf(selected)
  if (index >= 0 && index !== place) setPlace(index)
  const current = ids[index >= 0 ? index : Math.min(place, ids.length - 1)] ?? null

  const focusRow = (id: string | undefined) => {
    if (id === undefined) return
    list.current?.querySelector<HTMLElement>(`[data-change="${CSS.escape(id)}"]`)?.focus()
  }

  useLayoutEffect(() => {
    if (isWithin.current && document.activeElement === document.body) focusRow(current ?? undefined)
  })

  // The caret in the text has come into another change.
  useLayoutEffect(() => {
    if (selected === null || isWithin.current) return
    const row = list.current?.querySelector(`[data-change="${CSS.escape(selected)}"]`)
    row?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  return {
    list,
    onFocus: () => {
      isWithin.current = true
    },
    // A row that goes leaves the focus to nothing; a person takes it to something.
    onBlur: (event) => {
      if (event.relatedTarget !== null) isWithin.current = false
    },
    current,
    focusRow,
  }
}
