import { Check, CloudOff, Eye, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { SessionState } from '../session/index.ts'
import { statusOf } from './status.ts'
import type { Status } from './status.ts'

const icons: Readonly<Record<Status['tone'], typeof Check>> = {
  good: Check,
  busy: LoaderCircle,
  warn: CloudOff,
  bad: TriangleAlert,
  plain: Eye,
}

/** Whether what one wrote is saved, and whether the line is up: in words, said aloud when it changes. */
export function ConnectionStatus({ state }: { readonly state: SessionState }) {
  const { tone, text, detail } = statusOf(state, state.copy.seat.role)
  const Icon = icons[tone]
  return (
    <output className="status" data-tone={tone} title={detail}>
      <Icon aria-hidden="true" />
      {text}
    </output>
  )
}
