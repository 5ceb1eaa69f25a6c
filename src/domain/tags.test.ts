import { describe, expect, it } from 'vitest'
import { changedIdFault, chosenPoolId, chosenPoolIdFault, storedTags, tagsFault } from './tags.ts'

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']))

describe('tags', () => {
  it('are at most 50', () => {
    expect(tagsFault(many(50))).toBeUndefined()
    expect(tagsFault(many(51))).toBe('A resource can have at most 50 tags.')
  })

  it.each(['aws:cloudformation:stack', 'AWS:x'])('leave %s to AWS', (key) => {
    expect(tagsFault({ [key]: '' })).toContain(`The tag key ${key} is reserved`)
  })

  it('may have aws elsewhere in their keys', () => {
    expect(tagsFault({ 'my-aws:x': '', aws: '' })).toBeUndefined()
  })

  it('are stored without the one that chooses an id', () => {
    expect(storedTags({ _custom_id_: 'abc', team: 'a' })).toEqual({ team: 'a' })
  })
})

describe('a chosen pool id', () => {
  it('is the whole id or its second part', () => {
    expect(chosenPoolId('eu-west-1', 'abc')).toBe('eu-west-1_abc')
    expect(chosenPoolId('eu-west-1', 'eu-west-1_abc')).toBe('eu-west-1_abc')
  })

  it.each(['eu-west-1_abc', 'eu-west-1_A1', `eu-west-1_${'a'.repeat(45)}`])('can be %s', (id) => {
    expect(chosenPoolIdFault('eu-west-1', id)).toBeUndefined()
  })

  it.each(['us-east-1_abc', 'eu-west-1_', 'eu-west-1_a-b', 'eu-west-1_a_b', '_abc', `eu-west-1_${'a'.repeat(46)}`])(
    'in eu-west-1 can not be %s',
    (id) => {
      expect(chosenPoolIdFault('eu-west-1', id)).toContain(`The id ${id} is not eu-west-1_`)
    },
  )

  it('is no way to rename a pool', () => {
    const pool = { region: 'eu-west-1', Id: 'eu-west-1_abc' }
    expect(changedIdFault(pool, { team: 'a' })).toBeUndefined()
    expect(changedIdFault(pool, { _custom_id_: 'abc' })).toBeUndefined()
    expect(changedIdFault(pool, { _custom_id_: 'abd' })).toBe('The id of the user pool eu-west-1_abc cannot be changed.')
  })
})
