/** Files as people sent them in, kept beside the draft into which they were taken. */
import type { Attachment } from '@revmark/shared/wire'

export interface Attachments {
  /** Adds one; its id is new to the draft, `size` and `hash` are those of the bytes. */
  add(draft: string, attachment: Attachment, bytes: Uint8Array): Promise<void>

  /** Takes one away whose changes were refused after all. */
  drop(draft: string, id: string): Promise<void>

  /** Those of a draft, the first first. */
  of(draft: string): Promise<readonly Attachment[]>

  /** The bytes as they were sent; null where there is no such attachment. */
  bytes(draft: string, id: string): Promise<Uint8Array<ArrayBuffer> | null>
}
