import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backChannelChecks } from './back-channel-checks.ts'
import type { Check, Checks } from './check.ts'
import { claimChecks } from './claim-checks.ts'
import { codeChecks } from './code-checks.ts'
import { configChecks } from './config-checks.ts'
import { dynamicChecks } from './dynamic-checks.ts'
import { flowChecks } from './flow-checks.ts'
import { implicitChecks } from './implicit-checks.ts'
import { logoutChecks } from './logout-checks.ts'
import { openParty, type Surroundings } from './relying-party.ts'
import { openSurroundings } from './surroundings.ts'
import { type Outcome, type Profile, type Row, table } from './table.ts'

const code = ['code']
const atOnce = ['id_token', 'id_token token']

const profiles: Readonly<Record<Profile, { readonly checks: Checks; readonly types: readonly string[] }>> = {
  'Basic OP': { checks: { ...flowChecks, ...claimChecks, ...codeChecks }, types: code },
  'Implicit OP': { checks: implicitChecks, types: atOnce },
  'Config OP': { checks: configChecks, types: code },
  'RP-Initiated Logout OP': { checks: logoutChecks, types: code },
  'Back-Channel Logout OP': { checks: backChannelChecks, types: code },
  'Dynamic OP, in part': { checks: dynamicChecks, types: code },
}

const checkOf = ({ id, profile }: Row): Check => {
  const check = profiles[profile].checks[id]
  if (check === undefined) throw new Error(`nobody checks ${id} of ${profile}`)
  return check
}

const modes = [
  ['usual', 'without settings', { strictOidc: false }],
  ['strict', 'with strict-oidc', { strictOidc: true }],
] as const

describe.each(modes)('%s', (mode, _, policy) => {
  let surroundings: Surroundings
  beforeAll(async () => {
    surroundings = await openSurroundings(policy)
  })
  afterAll(() => surroundings.server.stop())

  it.each(table.map((row) => [row.profile, row.id, row] as const))('%s: %s', async (profile, __, row) => {
    const outcome: Outcome = row[mode]
    const { passes, deviates } = checkOf(row)
    const party = () => openParty(surroundings, profiles[profile].types)
    if (outcome === 'pass') return passes(party())
    await expect(passes(party())).rejects.toThrow()
    if (deviates === undefined) throw new Error(`nobody says how ${row.id} deviates`)
    await deviates(party())
  })
})

describe('the table', () => {
  it('has every check of its profiles once', () => {
    for (const [profile, { checks }] of Object.entries(profiles)) {
      const ids = table.filter((row) => row.profile === profile).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.filter((id) => checks[id] === undefined)).toEqual([])
    }
  })
})
