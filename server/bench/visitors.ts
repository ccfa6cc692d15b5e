/** Who uses a room without writing in it: a chair who decides, and people who come, read, download and go. */
import { randomInt } from 'node:crypto'
import { Ledger, changesOf, seenDigest } from '@revmark/shared/ledger'
import { Browser, Editor } from '../test/running.ts'

/** A seat that reads. */
export interface Reader {
  readonly browser: Browser
  readonly seat: string
}

/** Counts of what was asked, by its answer. */
export type Answers = Map<string, number>

const count = (answers: Answers, name: string): void => {
  answers.set(name, (answers.get(name) ?? 0) + 1)
}

/** The chair: sees the draft and decides single changes, most of them pending. */
export class Chair {
  readonly answers: Answers = new Map()
  private readonly draft: string
  private readonly reader: Reader
  private readonly editor: Editor
  private readonly ledger: Ledger

  constructor(draft: string, reader: Reader) {
    this.draft = draft
    this.reader = reader
    this.editor = new Editor(reader.browser, draft, reader.seat)
    this.ledger = new Ledger(this.editor.ydoc)
  }

  /** Accepts, rejects, brackets or reopens one change; 409 where somebody was quicker. */
  async decide(): Promise<void> {
    const changes = changesOf(this.ledger)
    const change = changes[randomInt(Math.max(1, changes.length))]
    if (!change) return
    const [ins, del] = [[...change.ins], [...change.del]]
    if (ins.length + del.length === 0) return
    const verbs = ['accept', 'reject', 'bracket'] as const
    const request = {
      verb: change.state === 'pending' ? verbs[randomInt(verbs.length)]! : 'reopen',
      ins,
      del,
      entries: [...change.entries],
      seen: seenDigest(this.ledger, ins, del),
    }
    const { browser, seat } = this.reader
    const response = await browser.post(`/api/drafts/${this.draft}/decisions`, request, seat)
    count(this.answers, `${request.verb} ${response.status}`)
    await response.arrayBuffer()
  }

  leave(): void {
    this.editor.destroy()
    this.ledger.destroy()
  }
}

/** Comes, reads the whole draft, sometimes its history or a file of it, and goes. */
export async function visit(
  draft: string,
  { browser, seat }: Reader,
  answers: Answers,
): Promise<void> {
  const editor = new Editor(browser, draft, seat)
  await editor.synced()
  count(answers, 'joined')
  const paths = ['history', 'export?format=docx', 'export?format=txt', 'states/1', null, null]
  const path = paths[randomInt(paths.length)]
  if (path) {
    const response = await browser.request(`/api/drafts/${draft}/${path}`, { seat })
    count(answers, `${path} ${response.status}`)
    await response.arrayBuffer()
  }
  editor.destroy()
}
