import { Command } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { givenOptions } from './given-options.ts'
import { addTokenOptions } from './token-options.ts'

const parse = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return givenOptions(addTokenOptions(new Command()).exitOverride().parse(args, { from: 'user' }))
}
afterEach(() => {
  vi.unstubAllEnvs()
})

const endpoint = { POOLHOUSE_TOKEN_ENDPOINT: 'https://id.example.com' }

describe('the options of poolhouse token', () => {
  it('go to the region that was typed, whatever a variable says of the endpoint', () => {
    expect(parse(['--region', 'eu-central-1'], endpoint)).toMatchObject({ region: 'eu-central-1', endpoint: undefined })
    expect(parse([], { ...endpoint, POOLHOUSE_TOKEN_REGION: 'eu-central-1' })).toMatchObject({ endpoint: 'https://id.example.com' })
    expect(parse(['--endpoint', 'https://other.example.com'], { POOLHOUSE_TOKEN_REGION: 'eu-central-1' })).toMatchObject({
      endpoint: 'https://other.example.com',
    })
    expect(() => parse(['--region', 'eu-central-1', '--endpoint', 'https://id.example.com'])).toThrow('exclude each other')
  })

  it.each(['--password', '--client-secret', '--user', '--client', '--scope', '--refresh', '--endpoint', '--totp-secret'])(
    'have no empty %s',
    (flag) => {
      expect(() => parse([flag, ''])).toThrow(`${flag} must not be empty.`)
    },
  )

  it('may have an empty answer, and an empty variable, which counts as none', () => {
    expect(parse(['--answer', ''])).toMatchObject({ answer: [''] })
    expect(parse([], { POOLHOUSE_TOKEN_USER: '' })).toMatchObject({ user: '' })
  })
})
