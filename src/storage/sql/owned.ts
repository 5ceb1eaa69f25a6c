import type { LoginName, LoginNameKind } from '../../domain/user.ts'
import type { SearchEntry } from '../store.ts'
import { digest } from './digest.ts'

/** What a user holds in login_name and user_search, kept in the user's own row so that it can be found and taken back by key. */
export interface Owned {
  /** Hash of a held name -> what it is to the user; a user name may be the e-mail address as well. */
  readonly names: Readonly<Record<string, readonly LoginNameKind[]>>
  readonly search: readonly SearchEntry[]
}

/** The key under which a (normalised) sign-in name stands. */
export const nameHash = (name: string): string => digest(name)

/** The names held after giving up `release` and getting `claim`. */
export const heldNames = (
  names: Owned['names'],
  release: readonly LoginName[] = [],
  claim: readonly LoginName[] = [],
): Record<string, readonly LoginNameKind[]> => {
  const held: Record<string, readonly LoginNameKind[]> = { ...names }
  for (const { kind, name } of release) {
    const hash = nameHash(name)
    const rest = (held[hash] ?? []).filter((other) => other !== kind)
    if (rest.length) held[hash] = rest
    else delete held[hash]
  }
  for (const { kind, name } of claim) {
    const hash = nameHash(name)
    held[hash] = [...new Set([...(held[hash] ?? []), kind])]
  }
  return held
}
