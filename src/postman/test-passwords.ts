import type { PasswordPolicyType } from '../model/types.gen.ts'

const stems = ['Quartz-Lantern-41', 'Copper-Meadow-52', 'Violet-Harbour-63'] as const
const filler = '-Walnut-7'

/** Three passwords that a pool with this policy takes, one after the other. */
export const testPasswords = (policy: PasswordPolicyType | undefined): readonly [string, string, string] => {
  const filled = (stem: string) => stem.padEnd(policy?.MinimumLength ?? 0, filler)
  return [filled(stems[0]), filled(stems[1]), filled(stems[2])]
}
