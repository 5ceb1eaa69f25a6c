import { acrLevels } from '../../../src/domain/acr-configuration.ts'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** The levels of authentication, the strongest first, and what reaches them (developer guide, "ACR authentication levels"). */
export const levels = [
  { id: 'Level4', text: 'Level 4', why: 'Password and authenticator app.' },
  { id: 'Level3', text: 'Level 3', why: 'Passkey, or password and a code by email or SMS.' },
  { id: 'Level2', text: 'Level 2', why: 'A code by email or SMS alone.' },
  { id: 'Level1', text: 'Level 1', why: 'Everything else, such as a password alone.' },
] as const

type Level = (typeof levels)[number]['id']

/** The names of the levels as they are typed. */
export type LevelNames = Readonly<Record<Level, string>>

const namesOf = (named: UserPoolType['AcrConfiguration']): LevelNames => {
  const all = acrLevels(named)
  return Object.fromEntries(levels.map(({ id }) => [id, all[id]?.AcrValue ?? ''])) as LevelNames
}

/** The names that levels have where nobody gives them one. */
export const usualNames: LevelNames = namesOf(undefined)

/** The form of a pool's names. */
export const levelNames = ({ AcrConfiguration }: UserPoolType): LevelNames => namesOf(AcrConfiguration)

/** What changes: an empty name is the usual one, and usual names are not sent. */
export const levelChanges = (names: LevelNames): PoolChanges => {
  const own = levels.flatMap(({ id }) => {
    const name = names[id].trim()
    return name === '' || name === usualNames[id] ? [] : [[id, { AcrValue: name }] as const]
  })
  return { AcrConfiguration: own.length === 0 ? undefined : Object.fromEntries(own) }
}
