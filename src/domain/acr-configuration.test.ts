import { describe, expect, it } from 'vitest'
import { type AcrNames, acrConfigurationFault, acrLevels, acrName, renamesLevels } from './acr-configuration.ts'

const named = (names: Record<string, string>): AcrNames =>
  Object.fromEntries(Object.entries(names).map(([level, AcrValue]) => [level, { AcrValue }]))

const defaults = named({
  Level1: 'urn:cognito:loa:1',
  Level2: 'urn:cognito:loa:2',
  Level3: 'urn:cognito:loa:3',
  Level4: 'urn:cognito:loa:4',
})

describe('acrLevels', () => {
  it('fills in the default names', () => {
    expect(acrLevels(undefined)).toEqual(defaults)
    expect(acrLevels(named({ Level2: 'urn:x:2', Level3: 'urn:x:3' }))).toEqual({
      ...defaults,
      ...named({ Level2: 'urn:x:2', Level3: 'urn:x:3' }),
    })
  })
})

describe('acrName', () => {
  it('is the name of the pool, or the default one', () => {
    expect(acrName(named({ Level2: 'urn:x:2' }), 'urn:cognito:loa:2')).toBe('urn:x:2')
    expect(acrName(named({ Level2: 'urn:x:2' }), 'urn:cognito:loa:1')).toBe('urn:cognito:loa:1')
    expect(acrName(undefined, 'urn:cognito:loa:4')).toBe('urn:cognito:loa:4')
  })
})

describe('renamesLevels', () => {
  it('is untouched by names that are the default ones', () => {
    expect(renamesLevels(undefined)).toBe(false)
    expect(renamesLevels(defaults)).toBe(false)
    expect(renamesLevels(named({ Level4: 'urn:x:4' }))).toBe(true)
  })
})

describe('acrConfigurationFault', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ Level1: 'a', Level2: 'b', Level3: 'c', Level4: 'd' }, true],
    [{ Level1: 'urn:cognito:loa:1' }, true],
    [{ Level1: 'urn:cognito:loa:2', Level2: 'urn:cognito:loa:1' }, true],
    [{ Level1: 'a', Level2: 'a' }, false],
    [{ Level1: 'urn:cognito:loa:2' }, false],
    [{ Level4: 'urn:cognito:loa:1' }, false],
  ])('%j', (names, sound) => expect(acrConfigurationFault(named(names)) === undefined).toBe(sound))
})
