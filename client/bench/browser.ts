/** The parts of the benchmark that need a real browser: opening a draft, a keystroke to its layout. */
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import * as Y from 'yjs'
import type { BenchPage, Editor } from './browser/page.ts'
import { findBrowser } from '../../e2e/browser.ts'
import { RevmarkPeer } from './revmark-peer.ts'
import { SuggestPeer, plainDoc, suggestedDoc } from './suggest-peer.ts'
import { head, median, ratio, row, sizes, title } from './table.ts'
import { edits, paragraphs } from './text.ts'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const rounds = 3
const editors = ['ours', 'plain', 'marked'] as const satisfies readonly Editor[]
/** The first strokes run in code that the browser has not compiled yet; they are not counted. */
const [warming, strokes] = [100, 200]

const first = ['blocks', 'changes', 'Revmark']
const ratios = ['ratio to no marks', 'ratio to marks']

/** Milliseconds of each round, on a page of its own, so that each begins with cold code. */
interface Times {
  readonly open: number[]
  readonly key: number[]
}

export async function browser(): Promise<void> {
  await build({
    configFile: file('../test/browser/vite.config.ts'),
    root: file('browser'),
    logLevel: 'error',
  })
  const executablePath = findBrowser()
  const chrome = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })

  async function round(which: Editor, state: Uint8Array, times: Times): Promise<void> {
    const page = await chrome.newPage({ viewport: { width: 1280, height: 800 } })
    await page.setContent('<!doctype html><html lang="en"><body></body></html>')
    await page.addStyleTag({ path: file('browser/dist/page.css') })
    await page.addScriptTag({ path: file('browser/dist/page.js') })
    const { open, key } = await page.evaluate(
      ([editor, bytes, count]) => {
        const { bench } = globalThis as unknown as { bench: BenchPage }
        const opened = bench.open(editor, bytes)
        const keys = bench.type(count)
        bench.close()
        return { open: opened, key: keys }
      },
      [which, [...state], warming + strokes] as const,
    )
    times.open.push(open)
    times.key.push(median(key.slice(warming)))
    await page.close()
  }

  const opening: (string | number)[][] = []
  const typing: (string | number)[][] = []
  for (const [blocks, changes] of sizes) {
    const texts = paragraphs(blocks)
    const made = edits(changes, blocks)
    const states = {
      ours: Y.encodeStateAsUpdate(RevmarkPeer.of(texts, made).ydoc),
      plain: Y.encodeStateAsUpdate(SuggestPeer.of(plainDoc(texts, made)).ydoc),
      marked: Y.encodeStateAsUpdate(SuggestPeer.of(suggestedDoc(texts, made)).ydoc),
    }
    const none = (): Times => ({ open: [], key: [] })
    const times = { ours: none(), plain: none(), marked: none() }
    for (let n = 0; n < rounds; n++)
      for (const which of editors) await round(which, states[which], times[which])
    const line = (of: keyof Times, digits: number) => {
      const ours = median(times.ours[of])
      const plain = median(times.plain[of])
      const marked = median(times.marked[of])
      const figures = [ours, plain, marked].map((time) => time.toFixed(digits))
      return [blocks, changes, ...figures, ratio(ours, plain), ratio(ours, marked)]
    }
    opening.push(line('open', 0))
    typing.push(line('key', 2))
  }
  await chrome.close()
  title('Opening a draft in a browser: milliseconds of script and layout, from its state')
  head([...first, 'ProseMirror + y-prosemirror, no marks', 'the same, marks', ...ratios])
  for (const cells of opening) row(cells)
  title('A keystroke in a browser: median milliseconds from dispatch to layout')
  head([...first, 'ProseMirror alone, no marks', 'the same, marks', ...ratios])
  for (const cells of typing) row(cells)
}
