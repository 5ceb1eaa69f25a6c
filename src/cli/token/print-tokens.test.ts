import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { signingInput } from '../../crypto/jwt.ts'
import { printTokens } from './print-tokens.ts'
import { apiTokens, oauthTokens } from './tokens.ts'

const token = `${signingInput({ alg: 'RS256' }, { username: 'ana', exp: 1_800_000_000, scope: 'openid email' })}.c2ln`
const tokens = apiTokens({ AccessToken: token, IdToken: 'id', RefreshToken: 'refresh', TokenType: 'Bearer', ExpiresIn: 3600 })
const machine = oauthTokens({ access_token: 'machine', token_type: 'Bearer', expires_in: 600, scope: 'api/read' })

describe('printTokens', () => {
  it('tells a person whose they are and how long they are good', () => {
    expect(printTokens(tokens, { form: 'readable' })).toBe(
      `Access token of ana, good until 2027-01-15 08:00:00 UTC, scope openid email\n${token}\n\nID token\nid\n\nRefresh token\nrefresh\n`,
    )
    expect(printTokens(machine, { form: 'readable' })).toBe('Access token\nmachine\n')
  })

  it('prints nothing of a claim that controls the terminal', () => {
    const nasty = `${signingInput({ alg: 'RS256' }, { username: '\u001b]0;owned\u0007a\nAccess token of b', scope: '\u009b2J' })}.c2ln`
    const printed = printTokens(apiTokens({ AccessToken: nasty }), { form: 'readable' })
    expect(printed.split('\n')).toEqual(['Access token of \ufffd]0;owned\ufffda Access token of b, scope \ufffd2J', nasty, ''])
  })

  it('prints one alone', () => {
    expect(printTokens(tokens, { form: 'readable', only: 'access' })).toBe(`${token}\n`)
    expect(printTokens(tokens, { form: 'readable', only: 'id' })).toBe('id\n')
    expect(printTokens(tokens, { form: 'header' })).toBe(`Authorization: Bearer ${token}\n`)
    expect(printTokens(tokens, { form: 'header', only: 'id' })).toBe('Authorization: Bearer id\n')
    expect(() => printTokens(machine, { form: 'header', only: 'id' })).toThrow('This grant gave no ID token.')
  })

  it('prints JSON', () => {
    expect(JSON.parse(printTokens(tokens, { form: 'json' }))).toEqual({
      access_token: token,
      id_token: 'id',
      refresh_token: 'refresh',
      token_type: 'Bearer',
      expires_in: 3600,
    })
    expect(JSON.parse(printTokens(tokens, { form: 'json', only: 'id' }))).toEqual({
      id_token: 'id',
      token_type: 'Bearer',
      expires_in: 3600,
    })
    expect(JSON.parse(printTokens(machine, { form: 'json' }))).toMatchObject({ access_token: 'machine', scope: 'api/read' })
  })

  it('prints lines that a shell may run, whatever the server calls a token', () => {
    const nasty = oauthTokens({ access_token: "a'$(touch;x)'b", id_token: '`id`' })
    const script = `${printTokens(nasty, { form: 'env' })}printf '%s %s' "$ACCESS_TOKEN" "$ID_TOKEN"`
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe("a'$(touch;x)'b `id`")
    expect(printTokens(tokens, { form: 'env', only: 'access' })).toBe(`export ACCESS_TOKEN='${token}'\n`)
  })
})

describe('tokens in answers', () => {
  it.each([undefined, null, [], {}, { AccessToken: '' }, { AccessToken: 'a\r\nb' }, { AccessToken: 1 }])('refuses %j', (answer) => {
    expect(() => apiTokens(answer)).toThrow()
  })
})
