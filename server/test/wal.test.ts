/** A file that cannot be synced: /dev/null in the place of the WAL. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Wal } from '../src/store/sqlite/wal.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revmark-wal-'))
  path = join(folder, 'revmark.sqlite')
})

afterEach(() => rm(folder, { recursive: true }))

test('R8: after a sync that failed no other is believed, until the WAL has been carried over', async () => {
  await symlink('/dev/null', `${path}-wal`)
  const wal = new Wal(path)
  await expect(Promise.all([wal.sync(), wal.sync()])).rejects.toThrow(/EINVAL/)
  await rm(`${path}-wal`)
  await writeFile(`${path}-wal`, '')
  await expect(wal.sync()).rejects.toThrow('could not be written')

  await expect(wal.mend(() => Promise.reject(new Error('still full')))).rejects.toThrow(
    'still full',
  )
  await expect(wal.sync()).rejects.toThrow('could not be written')

  let carried = 0
  const carry = async () => {
    carried++
  }
  await wal.mend(carry)
  await wal.sync()
  await wal.mend(carry)
  expect(carried).toBe(1)
  await wal.close()
})
