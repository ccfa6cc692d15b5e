/** A script acted out under all laws. */
import { lawsOfDeciding } from './court.ts'
import { complaintsOf } from './laws.ts'
import { played } from './play.ts'
import type { Play } from './play.ts'
import type { Script } from './script.ts'
import { undoIsOnesOwn } from './undoing.ts'

/** All complaints about a script: while it runs, of deciding at its end, and after undo and redo. */
export function tried(play: Play, script: Pick<Script, 'steps'>): string[] {
  const complaints = played(play, script, complaintsOf)
  if (complaints.length > 0) return complaints
  for (const law of [...lawsOfDeciding, undoIsOnesOwn]) complaints.push(...law(play))
  if (complaints.length > 0) return complaints
  play.finish()
  return [...play.complaints, ...complaintsOf(play)]
}
