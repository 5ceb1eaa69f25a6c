import { describe, expect, it } from 'vitest'
import { preferredRole, type RoleGroup } from './preferred-role.ts'

const group = (RoleArn: string | undefined, Precedence?: number): RoleGroup => ({ RoleArn, Precedence })

describe('preferredRole', () => {
  it.each<[string, RoleGroup[], string | undefined]>([
    ['no groups', [], undefined],
    ['no roles', [group(undefined, 1)], undefined],
    ['the lowest number', [group('b', 2), group('a', 1)], 'a'],
    ['zero first', [group('a', 1), group('b', 0)], 'b'],
    ['a number before none', [group('a'), group('b', 9)], 'b'],
    ['a tie of different roles', [group('a', 1), group('b', 1), group('c', 2)], undefined],
    ['a tie of one role', [group('a', 1), group('a', 1)], 'a'],
    ['a tie without numbers', [group('a'), group('b')], undefined],
    ['a group without a role passed over', [group(undefined, 0), group('a', 1)], 'a'],
  ])('%s', (_, groups, role) => expect(preferredRole(groups)).toBe(role))
})
