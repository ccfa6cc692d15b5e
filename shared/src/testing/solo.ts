/** One delegate alone against a plain text. */
import type { Projection } from '../ledger/index.ts'
import { deedOf } from './deed.ts'
import { PlainText } from './plain-text.ts'
import type { Play } from './play.ts'
import { stage } from './play.ts'
import type { Step } from './script.ts'

/** The clean view says after every step what the edits say, and nothing in it is left behind. */
export function cleanIsWhatEditsSay(play: Play, steps: readonly Step[]): string[] {
  const plain = new PlainText(stage)
  const { delegate } = play.players[0]!
  for (const step of steps) {
    const deed = deedOf(step, play.project(delegate.ledger, 'clean'))
    if (!deed) continue
    play.step(step)
    plain.do(deed)
    const [seen, said] = [sightOf(play.project(delegate.ledger, 'clean')), plain.lines]
    const at = said.findIndex((line, i) => line !== seen[i])
    if (at >= 0 || seen.length > said.length) {
      return [
        `W4: ${step.does} made ${seen.slice(at).join(' | ')} of ${said.slice(at).join(' | ')}`,
      ]
    }
  }
  return []
}

const sightOf = ({ paragraphs }: Projection): string[] =>
  paragraphs.map(({ kind, level, text, leftBehind, pieces }) => {
    const looks = pieces.flatMap(({ shown, length, note, formats }) =>
      shown ? Array.from({ length }, () => (note ? 'note' : formats.join(' '))) : [],
    )
    return `${kind}/${level} ${text} ${looks.join()}${leftBehind ? ' left behind' : ''}`
  })
