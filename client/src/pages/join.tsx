import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../session/index.ts'
import type { Problem } from '../session/index.ts'
import { Message, ProblemText, Waiting } from '../ui/message.tsx'

const tokenInAddress = () => window.location.hash.slice(1)

/**
 * Takes the seat of a sign-in link. The token stands in the address's fragment, which no server or
 * proxy logs; it is removed from the address, and so from the history, before it is sent.
 */
export function JoinPage() {
  const [, go] = useLocation()
  const [token, setToken] = useState(tokenInAddress)
  const [problem, setProblem] = useState<Problem | null>(null)

  useEffect(() => {
    // A second link pasted into the same page changes the fragment only.
    const follow = () => {
      if (!tokenInAddress()) return
      setProblem(null)
      setToken(tokenInAddress())
    }
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])

  useEffect(() => {
    window.history.replaceState(null, '', window.location.pathname)
    if (!token) return undefined
    let current = true
    const join = async () => {
      const joined = await api.join(token)
      if (!current) return
      if (joined.ok) go(`/m/${joined.value.meeting}?seat=${joined.value.id}`, { replace: true })
      else setProblem(joined.problem)
    }
    void join()
    return () => {
      current = false
    }
  }, [token, go])

  const home = (
    <Link className="button" href="/">
      Your meetings
    </Link>
  )
  if (!token) {
    return (
      <Message title="This link is not complete" actions={home}>
        <p>A sign-in link ends in a long code after “#”. Copy the whole link and open it again.</p>
      </Message>
    )
  }
  if (problem) {
    return (
      <Message title="You could not be signed in" actions={home}>
        <ProblemText problem={problem} />
      </Message>
    )
  }
  return <Waiting>Taking your seat …</Waiting>
}
