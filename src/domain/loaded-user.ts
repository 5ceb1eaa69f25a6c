import type { UserStatusType } from '../model/types.gen.ts'
import type { User } from './user.ts'

/** A run of users that a load makes: numbered from `from` to `to` (exclusive), their ids ascending with their numbers. */
export interface LoadStretch {
  readonly from: number
  readonly to: number
  /** 0 <= seed < 2^32; the ids follow from it. */
  readonly seed: number
  /** Users whose number it divides have a password of their own; a multiple of ten, so that all of them are confirmed and enabled. */
  readonly step: number
  /** So many groups, to one of which each user belongs. */
  readonly groups: number
}

/** What users of a load are like; other tools fill pools with users of their own. */
export interface LoadStyle {
  readonly nameOf: (index: number) => string
  /** Whether some are disabled, not confirmed or have to change their password. */
  readonly isMixed: boolean
}

const loadedPrefix = 'load-'

/** As many as eight digits can number and a load can order in memory. */
export const mostLoadedUsers = 2 ** 24

/** Every password that opens. */
export const loadedPassword = 'Load-Test-1'

/** A number as it stands in names: eight digits, so that names come in the order of numbers. */
export const loadedNumber = (index: number): string => String(index).padStart(8, '0')

/** The name of user number `index`. */
export const loadedName = (index: number): string => `${loadedPrefix}${loadedNumber(index)}`

/** What `poolhouse load` makes. */
export const loadStyle: LoadStyle = { nameOf: loadedName, isMixed: true }

/** The name of group number `index`; user number i belongs to group i mod the number of groups. */
export const loadedGroup = (index: number): string => `${loadedPrefix}group-${index}`

/** The step by which at most `wanted` of `users` have a password of their own: a power of ten, so that larger steps go through the same users. */
export const loadedStep = (users: number, wanted: number): number => {
  let step = 10
  while (users / step > wanted) step *= 10
  return step
}

const given = `Ada Alan Anna Boris Carla Chen Clara David Diego Elena Emma Erik Farah Felix Grace Hanna Hugo Ines Ivan Jana
Jonas Kai Lara Leon Lucia Maria Mateo Mia Nadia Noah Olga Omar Paula Pavel Rosa Samir Sofia Tom Vera Yusuf`.split(/\s/)
const family = `Abe Bauer Becker Berg Costa Cruz Diaz Dubois Evans Fischer Garcia Gomez Hansen Haas Ito Jansen Jones Keller Khan
Kim Klein Kowalski Lang Lee Lopez Martin Meyer Moreau Nguyen Novak Olsen Patel Reyes Rossi Sato Silva Smith Tanaka Wagner Weber`.split(/\s/)

/** The attributes that searches meet in groups repeat after so many users. */
export const loadedPeriods: Readonly<Record<string, number>> = {
  given_name: given.length,
  family_name: given.length * family.length,
  name: given.length * family.length,
  preferred_username: 2,
  'cognito:user_status': 100,
  status: 50,
}

/** Nobody whose number ends in 0 is disabled. */
const isEnabled = (index: number, { isMixed }: LoadStyle): boolean => !isMixed || index % 50 !== 25

/** Nine in ten are confirmed, those whose number ends in 0 always. */
const statusOf = (index: number, { isMixed }: LoadStyle): UserStatusType => {
  if (!isMixed) return 'CONFIRMED'
  const last = index % 100
  if (last % 20 === 3) return 'FORCE_CHANGE_PASSWORD'
  if (last === 9 || last === 29) return 'RESET_REQUIRED'
  return last % 50 === 7 || last === 77 ? 'UNCONFIRMED' : 'CONFIRMED'
}

/** What a user number is given under a name that ListUsers can search by, `sub` excluded; every second has a preferred user name. */
export const loadedValue = (attribute: string, index: number, style: LoadStyle = loadStyle): string | undefined => {
  switch (attribute) {
    case 'username':
      return style.nameOf(index)
    case 'email':
      return `${style.nameOf(index)}@example.com`
    case 'phone_number':
      return `+1555${loadedNumber(index)}`
    case 'given_name':
      return given[index % given.length]
    case 'family_name':
      return family[Math.floor(index / given.length) % family.length]
    case 'name':
      return `${loadedValue('given_name', index)} ${loadedValue('family_name', index)}`
    case 'preferred_username':
      return index % 2 === 0 ? `nick-${loadedNumber(index)}` : undefined
    case 'cognito:user_status':
      return statusOf(index, style)
    case 'status':
      return isEnabled(index, style) ? 'Enabled' : 'Disabled'
    default:
      return undefined
  }
}

const attributeNames = ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username']

const attributesOf = (index: number, style: LoadStyle): Record<string, string> => {
  const attributes: Record<string, string> = { email_verified: 'true', phone_number_verified: 'true' }
  for (const name of attributeNames) {
    const value = loadedValue(name, index, style)
    if (value !== undefined) attributes[name] = value
  }
  return attributes
}

/** 32 bits that look random and follow from three numbers (the finalizer of MurmurHash3). */
const mixed = (seed: number, index: number, turn: number): number => {
  let bits = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(turn + 1, 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hex16 = (value: number): string => `${bytes[(value >>> 8) & 255]}${bytes[value & 255]}`
const hex32 = (value: number): string => `${hex16(value >>> 16)}${hex16(value)}`

/**
 * The `sub` of a user of the stretch: a UUID of version 4, of which each comes somewhere in an equal share of the whole range, so that
 * ids ascend and yet lie as densely everywhere as random ones. Not secret: it follows from the seed.
 */
export const loadedId = ({ from, to, seed }: LoadStretch, index: number): string => {
  const share = 2 ** 48 / (to - from)
  const head = Math.floor((index - from + mixed(seed, index, 0) / 2 ** 32) * share)
  const [one, two, three] = [mixed(seed, index, 1), mixed(seed, index, 2), mixed(seed, index, 3)]
  const [version, variant] = [0x4000 | (one & 0xfff), 0x8000 | ((one >>> 16) & 0x3fff)]
  return `${hex32(Math.floor(head / 65536))}-${hex16(head % 65536)}-${hex16(version)}-${hex16(variant)}-${hex32(two)}${hex16(three)}`
}

/** User number `index` of the stretch, made at `at` (epoch milliseconds). */
export const loadedUser = (poolUid: string, stretch: LoadStretch, index: number, at: number, style: LoadStyle = loadStyle): User => {
  const status = statusOf(index, style)
  return {
    poolUid,
    id: loadedId(stretch, index),
    username: style.nameOf(index),
    status,
    enabled: isEnabled(index, style),
    attributes: attributesOf(index, style),
    generation: mixed(stretch.seed, index, 4) >>> 1,
    version: 1,
    createdAt: at,
    modifiedAt: at,
    ...(status === 'FORCE_CHANGE_PASSWORD' ? { temporaryPasswordAt: at } : {}),
  }
}
