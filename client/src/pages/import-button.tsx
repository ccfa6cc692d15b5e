import type { Delegation, Seat } from '@revmark/shared/wire'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Destination } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { useFileDrop } from './file-drop.ts'
import { ImportDialog, mayImport } from './import-dialog.tsx'

/** The way in for Word files: a button, and the whole page for a file that is dropped on it. */
export function ImportButton({
  to,
  seat,
  delegations,
  onTaken,
  children,
}: {
  readonly to: Destination
  readonly seat: Seat
  readonly delegations: readonly Delegation[]
  readonly onTaken: (draft: string) => void
  /** Words beside the icon; without them the icon stands alone. */
  readonly children?: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const may = mayImport(seat)
  const isOver = useFileDrop(may, (dropped) => {
    setFile(dropped)
    setOpen(true)
  })
  const close = () => {
    setOpen(false)
    setFile(null)
  }
  const name = may ? 'Bring a Word file in' : 'Word files taken in'
  return (
    <>
      <Button
        {...(children === undefined && { 'aria-label': name, title: name })}
        onClick={() => setOpen(true)}
      >
        <FileUp aria-hidden="true" />
        {children}
      </Button>
      {isOver && <div className="import-over">Drop the Word file to see what it holds</div>}
      {open && (
        <ImportDialog
          {...{ to, seat, delegations, file }}
          onFile={setFile}
          onClose={close}
          onTaken={(draft) => {
            close()
            onTaken(draft)
          }}
        />
      )}
    </>
  )
}
