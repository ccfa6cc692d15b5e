import { api, forgetAll, people } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { badNews, useNotify } from '../ui/toasts.tsx'

/** Gives back the seats of this browser, all of them: for a browser that others use too. */
export function SignOut({ onLeft }: { readonly onLeft: () => void }) {
  const notify = useNotify()
  const signOut = async () => {
    const left = await api.signOut()
    if (left.ok) {
      await forgetAll()
      notify({ title: 'You are signed out', text: 'Your links open your seats again.' })
      onLeft()
    } else notify(badNews('You are still signed in', left.problem))
  }
  const leaveOthers = async () => {
    const left = await people.signOutElsewhere()
    if (left.ok) {
      notify({ title: 'You are signed out everywhere else', text: 'This browser keeps its seats.' })
    } else notify(badNews('Nothing was changed', left.problem))
  }
  return (
    <p className="home-leave">
      <Button kind="quiet" onClick={() => void signOut()}>
        Sign out of this browser
      </Button>
      <Button kind="quiet" onClick={() => void leaveOthers()}>
        Sign out everywhere else
      </Button>
    </p>
  )
}
