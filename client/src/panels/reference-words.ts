/** What has become of a reference, in words. */
import type { StaleReference } from '@revmark/shared/ledger'

/** Whether what it has to say can be written in its place. */
export const isMendable = ({ fate }: StaleReference): boolean =>
  fate.type === 'moved' && fate.isMendable

/** "considering e) is now considering f)", or who wants to delete what it means. */
export function referenceWords(
  { said, fate }: StaleReference,
  nameOf: (delegation: string) => string,
): string {
  if (fate.type === 'moved') return `${said} is now ${fate.now}`
  if (fate.isAccepted) return `${said} has been deleted`
  if (fate.by.length === 0) return `${said} is not in the text any more, or has no label`
  const s = fate.by.length === 1 ? 's' : ''
  return `${said}, which ${fate.by.map(nameOf).join(', ')} propose${s} to delete`
}
