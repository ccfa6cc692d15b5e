import { Link, Redirect, Route, Switch } from 'wouter'
import { Message } from '../ui/message.tsx'
import { BrowsersPage } from './browsers.tsx'
import { AuditPage } from './audit.tsx'
import { DraftPage } from './draft.tsx'
import { HistoryPage } from './history.tsx'
import { HomePage } from './home.tsx'
import { JoinPage } from './join.tsx'
import { OutcomePage } from './library-outcome.tsx'
import { TextPage } from './library-text.tsx'
import { LibraryPage } from './library.tsx'
import { PeoplePage } from './people.tsx'
import { TokensPage } from './tokens.tsx'

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
      <Route path="/m/:meeting/people">{({ meeting }) => <PeoplePage meeting={meeting} />}</Route>
      <Route path="/m/:meeting/audit">{({ meeting }) => <AuditPage meeting={meeting} />}</Route>
      <Route path="/m/:meeting/tokens">{({ meeting }) => <TokensPage meeting={meeting} />}</Route>
      <Route path="/browsers">
        <BrowsersPage />
      </Route>
      <Route path="/m">
        <Redirect to="/" />
      </Route>
      <Route path="/d/:draft">{({ draft }) => <DraftPage id={draft} />}</Route>
      <Route path="/d/:draft/history">
        {({ draft }) => <HistoryPage key={draft} id={draft} />}
      </Route>
      <Route path="/library">
        <LibraryPage />
      </Route>
      <Route path="/library/:id">{({ id }) => <TextPage key={id} id={id} other={null} />}</Route>
      <Route path="/library/:id/compare/:other">
        {({ id, other }) => <TextPage key={`${id} ${other}`} id={id} other={other} />}
      </Route>
      <Route path="/library/:id/outcome/:edition">
        {({ id, edition }) => <OutcomePage id={id} edition={edition} />}
      </Route>
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
