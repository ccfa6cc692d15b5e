import { Check, CloudOff, Eye, LoaderCircle, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import type { Session } from '../session/index.ts'
import { statusOf } from './status.ts'
import type { Status } from './status.ts'

const icons: Readonly<Record<Status['tone'], typeof Check>> = {
  good: Check,
  busy: LoaderCircle,
  warn: CloudOff,
  bad: TriangleAlert,
  plain: Eye,
}

/** Whether what one wrote is saved, and whether the line is up; opens into a sentence on it. */
export function ConnectionStatus({ session }: { readonly session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.snapshot)
  const { seat } = state.copy
  const { tone, text, detail, isUrgent } = statusOf(state, seat.role)
  const Icon = icons[tone]
  return (
    <>
      <Popover.Root>
        <Popover.Trigger className="button status" data-kind="quiet" data-tone={tone}>
          <Icon aria-hidden="true" />
          {text}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="menu status-detail"
            align="end"
            sideOffset={6}
            collisionPadding={12}
          >
            <p>{detail}</p>
            <p className="status-seat">You are here as {seat.name}.</p>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <output className="visually-hidden">{isUrgent ? detail : ''}</output>
    </>
  )
}
