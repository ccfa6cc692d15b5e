/**
 * A zip as it arrives from anybody: only its directory is read at first. A part is inflated when it
 * is asked for, piece by piece, never further than the limits allow.
 */
import { Inflate } from 'fflate'
import { Refusal } from './refusal.ts'

const megabyte = 1024 * 1024

/**
 * What a file may be. Reading holds the file, one piece of it inflated, and what is kept of its
 * text; so these numbers bound the memory.
 */
export const limits = {
  /** Bytes of the file. */
  file: 32 * megabyte,
  /** Entries of the zip. */
  entries: 5000,
  /** Bytes of one part after inflating, and of all parts that are read. */
  part: 48 * megabyte,
  total: 64 * megabyte,
  /** Bytes that are inflated at once; deflate makes 1,032 of one at the most. */
  piece: 8192,
} as const

interface Entry {
  readonly isStored: boolean
  readonly isEncrypted: boolean
  /** Where its local header is; how many bytes it has in the file and inflated. */
  readonly header: number
  readonly packed: number
  readonly size: number
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
/** In a field of 32 bits: the number stands in the zip64 extra field. */
const elsewhere = 0xffffffff

export class Archive {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  /** By name in lower case: a package does not tell names apart by case. */
  private readonly entries = new Map<string, Entry>()
  private taken = 0

  /** Throws a Refusal where the bytes are no zip, or one of more than the limits allow. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length > limits.file) {
      throw new Refusal('too-large', `The file has more than ${limits.file / megabyte} MB.`)
    }
    if (isCompound(bytes)) throw compoundRefusal(bytes)
    this.readDirectory(this.findEnd())
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase())
  }

  names(): Iterable<string> {
    return this.entries.keys()
  }

  /** Calls `take` with the part's bytes, piece by piece. Throws a Refusal where there is none. */
  read(name: string, take: (piece: Uint8Array) => void): void {
    const entry = this.entries.get(name.toLowerCase())
    if (!entry) throw new Refusal('missing-part', `The file lacks its part ${name}.`)
    if (entry.isEncrypted) throw new Refusal('encrypted', 'The file is protected by a password.')
    const packed = this.packed(name, entry)
    let size = 0
    const passOn = (piece: Uint8Array) => {
      size += piece.length
      this.taken += piece.length
      if (size > limits.part || this.taken > limits.total) throw tooMuch(name)
      if (piece.length > 0) take(piece)
    }
    if (entry.size > limits.part) throw tooMuch(name)
    if (entry.isStored) inPieces(packed, passOn)
    else {
      try {
        const stream = new Inflate(passOn)
        inPieces(packed, (piece, isLast) => stream.push(piece, isLast))
      } catch (error) {
        throw isFlateError(error) ? damaged(`its part ${name} cannot be inflated`) : error
      }
    }
    if (size !== entry.size) throw damaged(`its part ${name} has ${size} bytes, not ${entry.size}`)
  }

  private packed(name: string, { header, packed }: Entry): Uint8Array {
    if (header + 30 > this.bytes.length || this.view.getUint32(header, true) !== localSignature) {
      throw damaged(`its part ${name} is not where it should be`)
    }
    const start =
      header + 30 + this.view.getUint16(header + 26, true) + this.view.getUint16(header + 28, true)
    if (start + packed > this.bytes.length) throw damaged(`its part ${name} is cut off`)
    return this.bytes.subarray(start, start + packed)
  }

  /** The end record, which a comment of up to 65,535 bytes may follow. */
  private findEnd(): number {
    const last = this.bytes.length - 22
    for (let at = last; at >= 0 && at >= last - 65_535; at--) {
      if (this.view.getUint32(at, true) === endSignature) return at
    }
    throw new Refusal('not-zip', 'This is no .docx file: it is not a zip, or it is cut off.')
  }

  private readDirectory(end: number): void {
    const count = this.view.getUint16(end + 10, true)
    if (count > limits.entries) {
      throw new Refusal('too-many-entries', `The zip has more than ${limits.entries} entries.`)
    }
    let at = this.view.getUint32(end + 16, true)
    for (let i = 0; i < count; i++) at = this.readEntry(at)
  }

  private readEntry(at: number): number {
    if (at + 46 > this.bytes.length || this.view.getUint32(at, true) !== directorySignature) {
      throw damaged('its directory is cut off')
    }
    const method = this.view.getUint16(at + 10, true)
    const nameLength = this.view.getUint16(at + 28, true)
    const extraLength = this.view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + this.view.getUint16(at + 32, true)
    if (next > this.bytes.length) throw damaged('its directory is cut off')
    const extra = this.zip64Numbers(at + 46 + nameLength, extraLength)
    const number = (offset: number): number => {
      const short = this.view.getUint32(at + offset, true)
      return short === elsewhere ? (extra.shift() ?? short) : short
    }
    const size = number(24)
    const packed = number(20)
    const header = number(42)
    const name = nameOf(this.bytes.subarray(at + 46, at + 46 + nameLength))
    if (method === 0 || method === 8) {
      const isEncrypted = (this.view.getUint16(at + 8, true) & 1) === 1
      const isStored = method === 0
      this.entries.set(name.toLowerCase(), { isStored, isEncrypted, header, packed, size })
    }
    return next
  }

  private zip64Numbers(start: number, length: number): number[] {
    for (let at = start; at + 4 <= start + length;) {
      const size = this.view.getUint16(at + 2, true)
      if (this.view.getUint16(at, true) === 1) {
        const numbers: number[] = []
        for (let i = 0; i + 8 <= size && at + 12 + i <= start + length; i += 8) {
          numbers.push(Number(this.view.getBigUint64(at + 4 + i, true)))
        }
        return numbers
      }
      at += 4 + size
    }
    return []
  }
}

function inPieces(bytes: Uint8Array, take: (piece: Uint8Array, isLast: boolean) => void): void {
  let at = 0
  do {
    const to = Math.min(at + limits.piece, bytes.length)
    take(bytes.subarray(at, to), to === bytes.length)
    at = to
  } while (at < bytes.length)
}

/** Names of parts are ASCII. */
const nameOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

const damaged = (what: string): Refusal => new Refusal('damaged', `The file is damaged: ${what}.`)

const tooMuch = (name: string): Refusal =>
  new Refusal(
    'too-large',
    `The part ${name} inflates to more than ${limits.part / megabyte} MB, or all parts to more than ${limits.total / megabyte} MB.`,
  )

/** Whether fflate threw this: its errors have a code, our own and the language's have none. */
export const isFlateError = (error: unknown): boolean => error instanceof Error && 'code' in error

/** Microsoft's compound file: what Word wrote until 2003, and what holds an encrypted .docx. */
const isCompound = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, i) => bytes[i] === byte)

function compoundRefusal(bytes: Uint8Array): Refusal {
  // The names of its streams are in UTF-16.
  const wanted = Array.from('EncryptedPackage', (letter) => [letter.charCodeAt(0), 0]).flat()
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) {
      return new Refusal('encrypted', 'The file is protected by a password.')
    }
  }
  return new Refusal(
    'word-97',
    'This is a file of Word 97 to 2003 (.doc): save it as .docx in Word first.',
  )
}
