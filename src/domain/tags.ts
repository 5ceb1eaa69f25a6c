import type { UserPool } from './user-pool.ts'

type Tags = Readonly<Record<string, string>>

/** Tags that one resource may carry (API_TagResource). */
export const tagsPerResource = 50

/**
 * Why a pool can't carry these tags: UserPoolTaggingException where the operation lists it, else InvalidParameterException.
 * guess: the sentences about tags that a pool can't carry are our own.
 */
export const tagsFault = (tags: Tags): string | undefined => {
  const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined) return `The tag key ${reserved} is reserved: keys must not begin with aws:.`
  return Object.keys(tags).length > tagsPerResource ? `A resource can have at most ${tagsPerResource} tags.` : undefined
}

/** Our own tag: its value chooses the id of a new pool, whole or the part after the underscore. It is never stored. */
export const chosenIdTag = '_custom_id_'

/** The whole pool id that a value of the tag means. */
export const chosenPoolId = (region: string, value: string): string => (value.includes('_') ? value : `${region}_${value}`)

/** Why a chosen pool id can't be: it names its region, and keeps to the API's form and length. */
export const chosenPoolIdFault = (region: string, id: string): string | undefined => {
  const fits = id.length <= 55 && id.startsWith(`${region}_`) && /^[0-9a-zA-Z]+$/.test(id.slice(region.length + 1))
  return fits ? undefined : `The id ${id} is not ${region}_ followed by letters and digits, 55 characters at most.`
}

/** The tags that a pool keeps of those that a request gives. */
export const storedTags = (tags: Tags): Record<string, string> => {
  const { [chosenIdTag]: _chosen, ...stored } = tags
  return stored
}

/** Why tags can't be put on a pool that is there: one that chooses another id would be ignored without a word. */
export const changedIdFault = ({ region, Id }: Pick<UserPool, 'region' | 'Id'>, tags: Tags): string | undefined => {
  const chosen = tags[chosenIdTag]
  return chosen === undefined || chosenPoolId(region, chosen) === Id ? undefined : `The id of the user pool ${Id} cannot be changed.`
}
