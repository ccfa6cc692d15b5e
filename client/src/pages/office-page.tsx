/** What the pages of a meeting's office have in common. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import type { Office, Result } from '../session/index.ts'
import { badNews, useNotify } from '../ui/toasts.tsx'
import { WayBack } from './way-back.tsx'

/** The office of a meeting, the seat being that of the address. */
export function useOffice(meeting: string): Office {
  const [search] = useSearchParams()
  return { meeting, seat: search.get('seat') ?? '' }
}

/** Does something in the office and says how it went; null: nothing was changed. */
export type Act = <T>(done: Promise<Result<T>>, title: string) => Promise<T | null>

/** An `Act`, and a number that grows with each that succeeded, so that the page asks anew. */
export function useActs(): { readonly act: Act; readonly round: number } {
  const [round, setRound] = useState(0)
  const notify = useNotify()
  const act: Act = async (done, title) => {
    const result = await done
    if (result.ok) {
      notify({ title, text: '' })
      setRound((before) => before + 1)
      return result.value
    }
    notify(badNews('Nothing was changed', result.problem))
    return null
  }
  return { act, round }
}

/** A page of the office, with the way back to its meeting. */
export const OfficePage = ({
  office,
  meetingName,
  title,
  children,
}: {
  readonly office: Office
  readonly meetingName: string
  readonly title: string
  readonly children: ReactNode
}) => (
  <main className="home office">
    <WayBack href={`/m/${office.meeting}?seat=${office.seat}`} to={meetingName} />
    <h1>{title}</h1>
    {children}
  </main>
)
