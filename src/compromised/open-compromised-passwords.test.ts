import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passwordHash } from './hash-file.ts'
import { openCompromisedPasswords } from './open-compromised-passwords.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compromised-'))
})
afterAll(() => rm(folder, { recursive: true }))

const verdicts = async (text: string | undefined, passwords: readonly string[]): Promise<boolean[]> => {
  const path = text === undefined ? undefined : join(folder, 'list.txt')
  if (path !== undefined) await writeFile(path, text ?? '')
  const list = await openCompromisedPasswords(path)
  try {
    return await Promise.all(passwords.map((password) => list.includes(password)))
  } finally {
    await list.close()
  }
}

describe('openCompromisedPasswords', () => {
  it('knows common passwords, and what rules make of them', async () => {
    expect(await verdicts(undefined, ['password1', 'Password1!', 'iloveyou', 'correct horse battery staple', '', '!!!'])).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('knows the passwords of a text file, as they are written', async () => {
    const words = ['Hunter-2-Hunter', 'tr0ub4dor and three', 'hunter-2-hunter', '']
    expect(await verdicts('\uFEFFHunter-2-Hunter\r\ntr0ub4dor and three\r\n\r\n', words)).toEqual([true, true, false, false])
  })

  it('knows the passwords of a sorted file of hashes', async () => {
    const lines = ['Blue-Moon-17', 'Red-Moon-18'].map((password) => `${passwordHash(password)}:3`).sort()
    expect(await verdicts(lines.join('\n'), ['Blue-Moon-17', 'Red-Moon-18', 'Green-Moon-19'])).toEqual([true, true, false])
  })

  it('says what is wrong with a file', async () => {
    await expect(openCompromisedPasswords(join(folder, 'absent.txt'))).rejects.toThrow(
      /^The list of compromised passwords .*absent\.txt can't be used: ENOENT/,
    )
  })
})
