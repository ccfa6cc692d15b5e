import type { ReactNode } from 'react'
import type { Problem } from '../session/index.ts'

interface MessageProps {
  readonly title: string
  readonly children: ReactNode
  /** Links and buttons: what can be done. */
  readonly actions?: ReactNode
}

/** A page that has nothing else to show: what happened, what was kept, what to do. */
export function Message({ title, children, actions }: MessageProps) {
  return (
    <main className="message">
      <div role="alert">
        <h1>{title}</h1>
        {children}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </main>
  )
}

export const ProblemText = ({ problem }: { readonly problem: Problem }) => (
  <>
    <p>{problem.message}</p>
    <p>{problem.advice}</p>
  </>
)

/** Shows itself after half a second only: a shorter wait needs no words. */
export const Waiting = ({ children }: { readonly children: ReactNode }) => (
  <output className="waiting">{children}</output>
)
