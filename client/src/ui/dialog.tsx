/** What lies over the page until it is closed: by its button, by Escape, by a click beside it. */
import { X } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** Opens at once; `onClose` comes when it has been closed. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      closedby="any"
      onClose={onClose}
    >
      <header className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <Button kind="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" />
        </Button>
      </header>
      {children}
    </dialog>
  )
}
