/** SHA-256 of a text, pure and at once: in browsers the platform's own is asynchronous. */
// oxlint-disable-next-line no-restricted-imports -- lib0's encoders and hash know nothing of Yjs
import { toHexString } from 'lib0/buffer'
// oxlint-disable-next-line no-restricted-imports -- see above
import { digest } from 'lib0/hash/sha256'
// oxlint-disable-next-line no-restricted-imports -- see above
import { encodeUtf8 } from 'lib0/string'

/** The hash of the text's UTF-8 bytes, 64 lower-case hex digits. A lone surrogate hashes as U+FFFD. */
export const sha256Hex = (text: string): string => toHexString(digest(encodeUtf8(text)))
