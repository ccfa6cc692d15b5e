import { automaticLabel, isLabel, noLabel } from '@revmark/shared/resolution'
import { useRef, useState } from 'react'
import type { LabelledItem } from '../editor/index.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface LabelDialogProps {
  readonly item: LabelledItem
  /** Sets a label, `noLabel` or `automaticLabel`; it may be the one that there is. */
  readonly onSet: (label: string) => void
  readonly onClose: () => void
}

/** Asks for the label of an item: by hand, none, or again the one that is counted. */
export function LabelDialog({ item, onSet, onClose }: LabelDialogProps) {
  const { label, counted } = item
  const [text, setText] = useState(label ?? '')
  const [refused, setRefused] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  // Closed as by Escape, so that the focus goes back to where it was.
  const close = () => form.current?.closest('dialog')?.close()
  const set = (chosen: string) => {
    onSet(chosen)
    close()
  }
  const send = () => {
    const wanted = text.trim().replaceAll(/\s+/gu, ' ')
    if (wanted === (label ?? '')) close()
    else if (wanted === counted) set(automaticLabel)
    else if (isLabel(wanted)) set(wanted)
    else {
      setRefused(wanted)
      form.current?.querySelector('input')?.select()
    }
  }
  return (
    <Dialog title="Set the label" onClose={onClose}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <label className="dialog-field">
          Label, for example c bis) or 3A
          <input
            className="field"
            // The dialog gives the focus to what has this attribute, which React does not write.
            ref={(field) => field?.setAttribute('autofocus', '')}
            value={text}
            onChange={({ target }) => setText(target.value)}
            onFocus={({ target }) => target.select()}
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            aria-invalid={refused !== null}
            aria-describedby="label-rule"
          />
        </label>
        <p id="label-rule">
          From a label of the list, such as {counted}, the next ones are counted on; from any other
          they are counted as if this paragraph were not there.
        </p>
        <p role="alert" className={refused === null ? undefined : 'dialog-problem'}>
          {refused !== null &&
            `“${refused}” is no label. A label has up to 12 letters and digits with a digit, a full stop, a dash or a parenthesis among them; bis, ter and so on may follow.`}
        </p>
        <div className="dialog-acts">
          <Button type="submit" kind="primary">
            Set
          </Button>
          <Button onClick={() => set(automaticLabel)}>As counted: {counted}</Button>
          <Button onClick={() => set(noLabel)}>No label</Button>
        </div>
      </form>
    </Dialog>
  )
}
