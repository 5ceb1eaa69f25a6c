import { describe, expect, it } from 'vitest'
import { givenSecret, passwordVariable } from './given-secret.ts'

const read = (given: unknown, { env = {}, lines = [] as string[] } = {}) =>
  givenSecret({ flag: '--password', given, variable: passwordVariable }, { env, terminal: { line: () => Promise.resolve(lines.shift()) } })

describe('a secret of poolhouse postman', () => {
  it('comes from its variable, or from a line of standard input', async () => {
    const env = { POOLHOUSE_POSTMAN_PASSWORD: 'of the variable' }
    expect(await read(undefined)).toBeUndefined()
    expect(await read(undefined, { env: { POOLHOUSE_POSTMAN_PASSWORD: '' } })).toBeUndefined()
    expect(await read(undefined, { env })).toBe('of the variable')
    expect(await read('-', { env, lines: ['of a line'] })).toBe('of a line')
    await expect(read('-')).rejects.toThrow('had no line for it')
  })

  it('is not taken from the command line, nor repeated', async () => {
    await expect(read('Quartz-Lantern-41')).rejects.toThrow(/^--password takes no value but - [^\n]+ set POOLHOUSE_POSTMAN_PASSWORD\.$/)
    await expect(read('')).rejects.toThrow('--password takes no value but -')
  })
})
