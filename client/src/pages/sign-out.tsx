import { useState } from 'react'
import { Link } from 'wouter'
import { api, countUnsent, forgetAll, isUnreachable } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'

/**
 * Gives back the seats of this browser, all of them, and removes what it has kept of their drafts: for
 * a browser that others use too. It asks where something would be lost.
 */
export function SignOut({ onLeft }: { readonly onLeft: () => void }) {
  const notify = useNotify()
  const [unsent, setUnsent] = useState(0)
  const signOut = async () => {
    setUnsent(0)
    const left = await api.signOut()
    if (left.ok) {
      await forgetAll()
      notify({
        title: 'You are signed out',
        text: 'Nothing of your drafts is kept on this device. Your links open your seats again.',
      })
      onLeft()
    } else if (isUnreachable(left.problem)) {
      await forgetAll()
      notify({
        title: 'You are still signed in',
        text: 'Nothing of your drafts is kept on this device any more, but the server could not be told. Sign out again when it can be reached.',
        tone: 'bad',
      })
      onLeft()
    } else notify(badNews('You are still signed in', left.problem))
  }
  const ask = async () => {
    const waiting = await countUnsent()
    if (waiting > 0) setUnsent(waiting)
    else await signOut()
  }
  return (
    <div className="home-leave">
      <Button kind="quiet" onClick={() => void ask()}>
        Sign out of this browser
      </Button>
      <Link className="button" data-kind="quiet" href="/browsers">
        Where you are signed in
      </Link>
      {unsent > 0 && (
        <Dialog title="Not everything has been sent" onClose={() => setUnsent(0)}>
          <p>
            {counted(unsent, 'change')} that you wrote without the server{' '}
            {unsent === 1 ? 'is' : 'are'} kept on this device only. Signing out removes what it
            keeps. To have it sent, open the draft while the server can be reached, and wait for
            “Saved”.
          </p>
          <div className="dialog-acts">
            <Button onClick={() => setUnsent(0)}>Stay signed in</Button>
            <Button kind="primary" onClick={() => void signOut()}>
              Sign out and remove
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
