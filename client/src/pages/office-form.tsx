/** What the forms of a meeting's office consist of. */
import type { ComponentProps, ReactNode } from 'react'

/** A form that is sent by its one button, where the browser finds nothing amiss in it. */
export const OfficeForm = ({
  act,
  disabled = false,
  onSend,
  children,
}: {
  /** What the button says. */
  readonly act: string
  readonly disabled?: boolean
  readonly onSend: () => Promise<void>
  readonly children: ReactNode
}) => (
  <form
    className="office-form"
    onSubmit={(event) => {
      event.preventDefault()
      void onSend()
    }}
  >
    {children}
    <button type="submit" className="button" data-kind="primary" disabled={disabled}>
      {act}
    </button>
  </form>
)

interface LineFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'onChange'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A line to be filled in, under its label; the rest are the properties of its `input`. */
export const LineField = ({ label, onChange, ...rest }: LineFieldProps) => (
  <label>
    {label}
    <input className="field" {...rest} onChange={({ target }) => onChange(target.value)} />
  </label>
)
