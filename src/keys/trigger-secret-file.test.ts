import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemRandom } from '../random.ts'
import { openDevSenderKey } from './master-key-file.ts'
import { openDevTriggerSecret } from './trigger-secret-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the secrets that `dev` makes in its folder', () => {
  it('are made once, for their owner alone', async () => {
    const made = await openDevTriggerSecret(folder, systemRandom)
    expect(made).toEqual({ text: (await readFile(join(folder, 'trigger.secret'), 'utf8')).trim() })
    expect(await openDevTriggerSecret(folder, systemRandom)).toEqual(made)
    const key = await openDevSenderKey(folder, systemRandom)
    expect(key).toEqual({ key: Buffer.from(await readFile(join(folder, 'sender.key'), 'utf8'), 'base64') })
    expect(await openDevSenderKey(folder, systemRandom)).toEqual(key)
    for (const name of ['trigger.secret', 'sender.key']) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  })

  it('are refused when they were emptied or opened to others', async () => {
    const path = join(folder, 'trigger.secret')
    await writeFile(path, 'short', { mode: 0o600 })
    expect(await openDevTriggerSecret(folder, systemRandom)).toEqual({
      fault: `The trigger secret in ${path} has fewer than 32 characters.`,
    })
    await chmod(path, 0o644)
    expect(await openDevTriggerSecret(folder, systemRandom)).toEqual({
      fault: expect.stringContaining(`The trigger secret file ${path} has mode 0644`),
    })
    await writeFile(join(folder, 'sender.key'), 'short', { mode: 0o600 })
    expect(await openDevSenderKey(folder, systemRandom)).toEqual({ fault: expect.stringContaining('The sender key has') })
  })
})
