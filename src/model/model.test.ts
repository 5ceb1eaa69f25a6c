import { describe, expect, it } from 'vitest'
import { authExceptions, operationNamed, operationNames, type Shape, shapeNamed } from './model.ts'

describe('the model', () => {
  it('resolves every operation with all its shapes, and none of them contains itself', () => {
    const walk = (shape: Shape, above: readonly string[]): void => {
      if (above.includes(shape.name)) throw new Error(`${shape.name} contains itself: ${above.join(' > ')}`)
      const path = [...above, shape.name]
      if (shape.type === 'structure') for (const member of shape.members.values()) walk(member, path)
      if (shape.type === 'list') walk(shape.member, path)
      if (shape.type === 'map') walk(shape.value, path)
    }
    expect(operationNames).toHaveLength(140)
    for (const name of operationNames) {
      const operation = operationNamed(name)
      if (operation === undefined) throw new Error(name)
      walk(operation.input, [])
      if (operation.output) walk(operation.output, [])
    }
  })

  it('answers nothing for names that only objects have', () => {
    expect(operationNamed('constructor')).toBeUndefined()
    expect(operationNamed('__proto__')).toBeUndefined()
    expect(operationNamed('signUp')).toBeUndefined()
    expect(() => shapeNamed('toString')).toThrow('no shape toString')
  })

  it('has 13 operations that answer nothing', () => {
    expect(operationNames.filter((name) => operationNamed(name)?.output === undefined)).toHaveLength(13)
  })
})

describe('who may call', () => {
  it.each([
    ['AdminGetUser', 'sigv4'],
    ['ListUserPools', 'sigv4'],
    ['GetUser', 'token'],
    ['ChangePassword', 'token'],
    ['SignUp', 'public'],
    ['InitiateAuth', 'public'],
    // either an access token or a challenge session
    ['AssociateSoftwareToken', 'public'],
    ['VerifySoftwareToken', 'public'],
    ['UpdateAuthEventFeedback', 'public'],
    ['GetClientToken', 'public'],
  ] as const)('%s is %s', (name, expected) => {
    expect(operationNamed(name)?.auth).toBe(expected)
  })

  it('has only exceptions that the model knows', () => {
    for (const name of authExceptions.keys()) expect(operationNames).toContain(name)
  })

  it('leaves every operation on a pool to signers, but for the one with a feedback token', () => {
    const open = operationNames.filter(
      (name) => operationNamed(name)?.input.members.has('UserPoolId') && operationNamed(name)?.auth !== 'sigv4',
    )
    expect(open).toEqual(['UpdateAuthEventFeedback'])
  })
})
