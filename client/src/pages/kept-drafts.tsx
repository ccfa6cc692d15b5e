import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { keptDrafts } from '../session/index.ts'
import type { KeptDraft } from '../session/index.ts'
import { whenOf } from '../ui/when.ts'

/** Ways into the drafts that open here without a server; of one draft only where one is asked for. */
export function KeptDrafts({ only = null }: { readonly only?: string | null }) {
  const [kept, setKept] = useState<readonly KeptDraft[]>([])
  useEffect(() => {
    void keptDrafts().then(setKept)
  }, [])
  const shown = kept.filter(({ about }) => only === null || about.id === only)
  if (shown.length === 0) return null
  return (
    <section className="kept" aria-label="Kept on this device">
      <p>This device has kept:</p>
      <ul>
        {shown.map(({ about, at }) => (
          <li key={`${about.id} ${about.seat.id}`}>
            <Link href={`/d/${about.id}?seat=${about.seat.id}`}>{about.title}</Link> as{' '}
            {about.seat.name}, of {whenOf(at)}
          </li>
        ))}
      </ul>
    </section>
  )
}
