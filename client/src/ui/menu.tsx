import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** Takes the focus when the menu goes; without it the button does. */
  readonly onLeave?: () => void
  readonly children: ReactNode
}

/** A menu under a button, with the keys that people expect of one. */
export function Menu({ trigger, onLeave, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            if (!onLeave) return
            event.preventDefault()
            onLeave()
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  readonly icon?: ReactNode
  /** A second, smaller line: what choosing it gives. */
  readonly note?: string
  readonly disabled?: boolean
  readonly onSelect: () => void
  readonly children: ReactNode
}

export function MenuItem({ icon, note, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
      {note && <span className="menu-note">{note}</span>}
    </DropdownMenu.Item>
  )
}

export const MenuLabel = ({ children }: { readonly children: ReactNode }) => (
  <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>
)

export const MenuLine = () => <DropdownMenu.Separator className="menu-line" />
