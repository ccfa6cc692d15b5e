import { Link, Redirect, Route, Switch } from 'wouter'
import { Message } from '../ui/message.tsx'
import { DraftPage } from './draft.tsx'
import { HomePage } from './home.tsx'
import { JoinPage } from './join.tsx'

/** Every address of the program. */
export function App() {
  return (
    <Switch>
      <Route path="/">
        <HomePage meeting={null} />
      </Route>
      <Route path="/join">
        <JoinPage />
      </Route>
      <Route path="/m/:meeting">{({ meeting }) => <HomePage meeting={meeting} />}</Route>
      <Route path="/m">
        <Redirect to="/" />
      </Route>
      <Route path="/d/:draft">{({ draft }) => <DraftPage id={draft} />}</Route>
      <Route>
        <Message
          title="There is no such page"
          actions={
            <Link className="button" href="/">
              Your meetings
            </Link>
          }
        >
          <p>The address may be mistyped, or the page may have moved.</p>
        </Message>
      </Route>
    </Switch>
  )
}
