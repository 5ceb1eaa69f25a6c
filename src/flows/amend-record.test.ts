import { describe, expect, it } from 'vitest'
import { amendRecord } from './amend-record.ts'

/** A record that another writer changes after each of the first `conflicts` reads. */
const contested = (conflicts: number) => {
  let stored = { version: 1, count: 0 }
  let left = conflicts
  return {
    stored: () => stored,
    amend: () =>
      amendRecord(
        async () => {
          const found = stored
          if (left > 0) stored = { ...stored, version: stored.version + 1, count: stored.count + 10 }
          left -= 1
          return found
        },
        (record) => ({ ...record, count: record.count + 1 }),
        async (record) => {
          if (record.version !== stored.version) return 'version conflict'
          stored = { ...record, version: record.version + 1 }
          return 'updated'
        },
      ),
  }
}

describe('amendRecord', () => {
  it('builds on what the quicker writer left', async () => {
    const record = contested(4)
    expect(await record.amend()).toMatchObject({ count: 41 })
    expect(record.stored().count).toBe(41)
  })

  it('gives up after five tries without writing', async () => {
    const record = contested(5)
    await expect(record.amend()).rejects.toMatchObject({ code: 'TooManyRequestsException' })
    expect(record.stored().count).toBe(50)
  })
})
