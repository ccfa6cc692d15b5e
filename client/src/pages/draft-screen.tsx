import { covers, noRanges } from '@revmark/shared/ledger'
import type { Change, Id, StaleReference, Verb, View } from '@revmark/shared/ledger'
import { History as HistoryIcon, Keyboard, ListChecks, Search as SearchIcon } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { Link } from 'wouter'
import { Search } from '../editor/index.ts'
import type { DraftEditorHandle, LabelledItem, Stance } from '../editor/index.ts'
import { ChangesPanel } from '../panels/changes.tsx'
import { allPending, isListed } from '../panels/filter.ts'
import type { Filter } from '../panels/filter.ts'
import type { Asked } from '../panels/scopes.ts'
import { ConnectionStatus } from '../panels/connection.tsx'
import { References } from '../panels/references.tsx'
import { People } from '../panels/people.tsx'
import type { Copy, Session, SessionState } from '../session/index.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Waiting } from '../ui/message.tsx'
import { Segments } from '../ui/segments.tsx'
import { useStable } from '../ui/stable.ts'
import { useTitle } from '../ui/title.ts'
import { useNotify } from '../ui/toasts.tsx'
import { DecideTools } from './decide-tools.tsx'
import { DraftNotices } from './draft-notices.tsx'
import { DraftTools } from './draft-tools.tsx'
import { hintOf, viewWords } from './draft-views.ts'
import { ExportMenu } from './export-menu.tsx'
import { FindBar } from './find-bar.tsx'
import { FlaggedEditor } from './flagged-editor.tsx'
import { ImportButton } from './import-button.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { LabelDialog } from './label-dialog.tsx'
import { NumberingChoice } from './numbering-choice.tsx'
import { roleName } from './roles.ts'
import { useScreenKeys } from './screen-keys.ts'
import { useWide } from './wide.ts'
import { WayBack } from './way-back.tsx'

/** A draft being read, written and decided: the bar, the sheet, the changes. */
export function DraftScreen({ session }: { readonly session: Session }) {
  // Only what hardly ever changes: with every key this would all be drawn again.
  const copy = useFact(session, (state) => state.copy)
  const arrived = useFact(session, (state) => state.arrived)
  const editable = useFact(session, (state) => state.editable)
  const [view, setView] = useState<View>('marked')
  const showsProposals = view === 'marked' || view === 'clean'
  const [selected, setSelected] = useState<string | null>(null)
  const [stance, setStance] = useState<Stance | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [labelled, setLabelled] = useState<LabelledItem | null>(null)
  const notify = useNotify()
  const editor = useRef<DraftEditorHandle>(null)
  const drawer = useRef<HTMLDialogElement>(null)
  const wide = useWide()
  const [search] = useState(() => new Search())
  const [finding, setFinding] = useState(false)
  const [telling, setTelling] = useState(false)
  const [filter, setFilter] = useState<Filter>(allPending)

  useLeaveWarning(session)
  useKeptNowhere(session)
  const changeOver = () => {
    if (document.activeElement?.closest('.panel')) {
      drawer.current?.close()
      editor.current?.focus()
    } else {
      drawer.current?.showModal()
      document.querySelector<HTMLElement>('.change-main[tabindex="0"]')?.focus()
    }
  }
  const selectAtCaret = useStable((near: readonly Id[]) => {
    const found = changeAt(copy.changes.snapshot(), near, selected)
    if (found !== null && found !== selected) setSelected(found)
  })
  const decideSelection = useStable((verb: Verb) => {
    const tokens = editor.current?.selectedTokens() ?? noRanges
    const change = copy.changes.snapshot().find(({ id }) => id === selected) ?? null
    if (tokens.length === 0 && change === null) {
      notify({ title: 'Select words in the text, or put the caret into a change.' })
      return
    }
    if (!wide) drawer.current?.showModal()
    setAsked({ verb, scope: tokens.length > 0 ? 'selection' : 'change', change, tokens })
  })
  const openFlag = useStable((change: Change) => {
    flushSync(() => {
      setSelected(change.id)
      if (!isListed(change, filter, copy.changes.conflicts()))
        setFilter({ ...allPending, show: 'all' })
      drawer.current?.showModal()
    })
    document.querySelector<HTMLElement>('.change-main[tabindex="0"]')?.focus()
  })
  const mend = (references: readonly StaleReference[]) => {
    const count = copy.pen?.mend(references) ?? 0
    notify({
      title:
        count > 0 ? `${counted(count, 'reference')} corrected` : 'No reference to be corrected',
    })
  }
  useScreenKeys({
    changeOver,
    find: () => {
      setFinding(true)
      // Where the bar is there already, it is what the key asks for.
      document.querySelector<HTMLInputElement>('.find input')?.select()
    },
    mend: () => editable && mend(copy.changes.references()),
    help: () => setTelling(true),
  })
  useTitle(session.seat.delegation ?? roleName(session.seat.role), session.draft.title)

  const panel = (
    <ChangesPanel
      copy={copy}
      editable={editable}
      filter={filter}
      onFilter={setFilter}
      selected={selected}
      asked={asked}
      onAsk={setAsked}
      onSelect={(change: Change) => {
        setSelected(change.id)
        if (wide) editor.current?.showChange(change)
      }}
      onGo={(change: Change) => {
        setSelected(change.id)
        drawer.current?.close()
        editor.current?.focusChange(change)
      }}
      onOrigin={(change: Change) => {
        setSelected(change.id)
        drawer.current?.close()
        editor.current?.focusParagraph(change.moves[0]!.origin)
      }}
      onLeave={() => {
        drawer.current?.close()
        editor.current?.focus()
      }}
    >
      <References
        copy={copy}
        onMend={editable ? mend : null}
        onGo={(letters) => {
          drawer.current?.close()
          editor.current?.focusChange(letters)
        }}
      />
    </ChangesPanel>
  )

  return (
    <div className="draft">
      <nav className="skips" aria-label="Skip">
        <a href="#sheet">To the text</a>
        {wide && <a href="#changes">To the changes</a>}
      </nav>
      <header className="bar">
        <div className="bar-title">
          <WayBack href={`/m/${session.draft.meeting}`} to={session.draft.meetingName} />
          <h1>{session.draft.title}</h1>
        </div>
        <div className="bar-views">
          <Segments label="View" value={view} options={viewWords} onChange={setView} />
        </div>
        <div className="bar-right">
          <ConnectionStatus session={session} />
          <People presence={copy.presence} seat={session.seat} />
          <Button
            aria-label="Find and replace"
            aria-keyshortcuts="Control+F"
            title="Find and replace (Ctrl+F)"
            onClick={() => setFinding(true)}
          >
            <SearchIcon aria-hidden="true" />
          </Button>
          {wide && (
            <Button
              aria-label="Keys"
              aria-keyshortcuts="Control+/"
              title="All keys (Ctrl+/)"
              onClick={() => setTelling(true)}
            >
              <Keyboard aria-hidden="true" />
            </Button>
          )}
          <Link
            className="button"
            href={`/d/${session.draft.id}/history?seat=${session.seat.id}`}
            aria-label="History"
            title="History: any earlier state, what has changed since, named versions"
          >
            <HistoryIcon aria-hidden="true" />
          </Link>
          <ImportButton
            to={{ place: 'drafts', id: session.draft.id }}
            seat={session.seat}
            delegations={session.draft.delegations}
            onTaken={() => editor.current?.focus()}
          />
          <ExportMenu copy={copy} view={view} />
          {!wide && <ChangesButton copy={copy} onClick={changeOver} />}
        </div>
      </header>
      {telling && (
        <KeysDialog
          canWrite={copy.pen !== null}
          isChair={copy.seat.role === 'chair'}
          onClose={() => setTelling(false)}
        />
      )}
      <DraftNotices session={session} />
      {labelled && (
        <LabelDialog
          item={labelled}
          onSet={(label) => editor.current?.setLabel(labelled.key, label)}
          onClose={() => {
            setLabelled(null)
            editor.current?.focus()
          }}
        />
      )}
      <div className="draft-body">
        <main className="desk" id="sheet" tabIndex={-1}>
          {arrived ? (
            <>
              {finding && (
                <FindBar
                  search={search}
                  editor={editor}
                  editable={editable && showsProposals}
                  onClose={() => setFinding(false)}
                />
              )}
              <div className="desk-head">
                <p className="desk-caption">{hintOf(view)}</p>
                <NumberingChoice copy={copy} session={session} />
                {copy.pen && <DraftTools editor={editor} stance={stance} />}
                {copy.seat.role === 'chair' && <DecideTools onDecide={decideSelection} />}
              </div>
              <div className="sheet" data-view={view}>
                <FlaggedEditor
                  key={copy.ydoc.guid}
                  ref={editor}
                  copy={copy}
                  view={view}
                  editable={editable}
                  search={search}
                  onStance={setStance}
                  isFlagged={showsProposals}
                  onFlag={openFlag}
                  onCaret={selectAtCaret}
                  onLabel={setLabelled}
                  {...(copy.seat.role === 'chair' && { onDecide: decideSelection })}
                />
              </div>
            </>
          ) : (
            <Waiting>Fetching the draft …</Waiting>
          )}
        </main>
        {wide ? (
          <aside className="side">{panel}</aside>
        ) : (
          <dialog className="drawer" ref={drawer} aria-label="Changes" closedby="any">
            {panel}
          </dialog>
        )}
      </div>
    </div>
  )
}

/** The changes as a button, where there is no room for them beside the text. */
function ChangesButton({ copy, onClick }: { readonly copy: Copy; readonly onClick: () => void }) {
  const changes = useSyncExternalStore(copy.changes.subscribe, copy.changes.snapshot)
  const pending = changes.filter((change) => change.state === 'pending').length
  return (
    <Button aria-label={`Changes, ${pending} pending`} onClick={onClick}>
      <ListChecks aria-hidden="true" />
      {pending}
    </Button>
  )
}

/** One fact of a session, which must be the same value as long as it is the same fact. */
const useFact = <T,>(session: Session, read: (state: SessionState) => T): T =>
  useSyncExternalStore(session.subscribe, () => read(session.snapshot()))

/** The change that has one of some tokens; the one that is selected already where it has. */
function changeAt(
  changes: readonly Change[],
  near: readonly Id[],
  selected: string | null,
): string | null {
  const has = ({ ins, del, set }: Change) =>
    near.some(({ client, clock }) => [ins, del, set].some((some) => covers(some, client, clock)))
  const known = changes.find(({ id }) => id === selected)
  return known && has(known) ? known.id : (changes.find(has)?.id ?? null)
}

/** The browser asks before it closes a page that holds unsaved edits. */
function useLeaveWarning(session: Session): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (session.wouldLose) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [session])
}

/** Says once to who writes that a line which breaks is borne by this page alone. */
function useKeptNowhere(session: Session): void {
  const notify = useNotify()
  const isSo = useFact(
    session,
    ({ keeps, arrived, copy }) => !keeps && arrived && copy.pen !== null,
  )
  useEffect(() => {
    if (!isSo) return
    notify({
      title: 'This browser keeps nothing on the device',
      text: 'You can write as long as the page is open, also while the line is down. Do not close it before it says “Saved”.',
    })
  }, [isSo, notify])
}
