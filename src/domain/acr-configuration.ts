import type { UserPoolType } from '../model/types.gen.ts'
import { authenticationLevels } from './authentication-level.ts'

/** Names of authentication levels, by `Level1` to `Level4`. */
export type AcrNames = NonNullable<UserPoolType['AcrConfiguration']>

const levels = ['Level1', 'Level2', 'Level3', 'Level4'] as const

/** The names of all levels of a pool: those of AcrConfiguration, and the default ones for the rest (developer guide, "Configuring ACR level names"). */
export const acrLevels = (named: AcrNames | undefined): AcrNames =>
  Object.fromEntries(levels.map((level, index) => [level, { AcrValue: named?.[level]?.AcrValue ?? authenticationLevels[index] ?? '' }]))

/** The name that a pool gives to the level whose default name is `urn:cognito:loa:1` to `4`. */
export const acrName = (named: AcrNames | undefined, level: string): string => named?.[`Level${level.at(-1)}`]?.AcrValue ?? level

/** Whether any level has another than its default name, which needs more than the LITE tier. */
export const renamesLevels = (named: AcrNames | undefined): boolean =>
  levels.some((level, index) => acrLevels(named)[level]?.AcrValue !== authenticationLevels[index])

/**
 * Why these level names can't be: two levels share one, counting the default names of levels that are not named.
 * guess: that names of levels are unique is documented, and the sentence is ours.
 */
export const acrConfigurationFault = (named: AcrNames | undefined): string | undefined => {
  const names = Object.values(acrLevels(named)).map(({ AcrValue }) => AcrValue)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice === undefined ? undefined : `AcrConfiguration gives the name ${twice} to more than one level.`
}
