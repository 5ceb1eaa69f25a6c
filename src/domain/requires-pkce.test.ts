import { expect, it } from 'vitest'
import { requiresPkce } from './requires-pkce.ts'

const open = { ClientId: 'open', secrets: [] }
const confidential = { ClientId: 'confidential', secrets: [{ id: 'confidential--1', createdAt: 1, sealed: '' }] }

it.each([
  ['off', [], false, false],
  ['public', [], true, false],
  ['all', [], true, true],
  ['off', ['confidential'], false, true],
  ['off', ['open'], true, false],
  ['public', ['confidential'], true, true],
] as const)(
  'with %s and the clients %j it needs PKCE of public %s, of confidential %s',
  (requirePkce, requirePkceClients, ofOpen, ofOther) => {
    const rule = { requirePkce, requirePkceClients }
    expect([requiresPkce(rule, open), requiresPkce(rule, confidential)]).toEqual([ofOpen, ofOther])
  },
)
