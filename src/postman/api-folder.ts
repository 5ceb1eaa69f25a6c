import type { OperationName } from '../model/types.gen.ts'
import type { Folder, Item } from './collection-format.ts'
import { type ResourceCalls, resourceCalls } from './resource-calls.ts'
import { appClientsFolder } from './resources/app-clients.ts'
import { authenticationFolder } from './resources/authentication.ts'
import { devicesFolder } from './resources/devices.ts'
import { domainsAndBrandingFolder } from './resources/domains-and-branding.ts'
import { groupsFolder } from './resources/groups.ts'
import { mfaFolder } from './resources/mfa.ts'
import { passkeysFolder } from './resources/passkeys.ts'
import { passwordsFolder } from './resources/passwords.ts'
import { cleanUpFolder, prepareFolder } from './resources/practice.ts'
import { resourceServersFolder } from './resources/resource-servers.ts'
import { sessionsFolder } from './resources/sessions.ts'
import { signUpFolder } from './resources/sign-up.ts'
import { tagsFolder, termsFolder } from './resources/terms-and-tags.ts'
import { threatProtectionFolder } from './resources/threat-protection.ts'
import { userPoolsFolder } from './resources/user-pools.ts'
import { ownAccountFolder, usersFolder } from './resources/users.ts'
import type { PostmanTarget } from './target.ts'

const description = `Every operation of the API, by resource. Requests that read are about your user pool, and so are those on users and groups,
with a user that "Prepare" makes; whatever changes settings works on a practice pool that "Prepare" makes too. "Clean up" deletes both.`

const folders: readonly ((calls: ResourceCalls) => Folder)[] = [
  prepareFolder,
  userPoolsFolder,
  appClientsFolder,
  resourceServersFolder,
  domainsAndBrandingFolder,
  termsFolder,
  tagsFolder,
  usersFolder,
  groupsFolder,
  signUpFolder,
  ownAccountFolder,
  passwordsFolder,
  authenticationFolder,
  mfaFolder,
  devicesFolder,
  passkeysFolder,
  sessionsFolder,
  threatProtectionFolder,
  cleanUpFolder,
]

const targetHeader = 'X-Amz-Target'

/** The operation that a request is of; undefined for one that is none of the API. */
export const operationOf = ({ request }: Item): OperationName | undefined =>
  request.header.find(({ key }) => key === targetHeader)?.value.split('.')[1] as OperationName | undefined

/** Every request of a folder, those of its folders included. */
export const itemsIn = ({ item }: Pick<Folder, 'item'>): Item[] => item.flatMap((each) => ('item' in each ? itemsIn(each) : [each]))

const onlyBuilt = (folder: Folder, operations: ReadonlySet<string>): Folder => ({
  ...folder,
  item: itemsIn(folder).filter((item) => {
    const operation = operationOf(item)
    return operation === undefined || operations.has(operation)
  }),
})

/**
 * The API by resource: each operation that the server has is there at least once. One that has no place in a folder yet stands in "Others"
 * with an example that the model allows and nobody has tried.
 */
export const apiFolder = (target: PostmanTarget): Folder => {
  const calls = resourceCalls(target)
  const built = new Set<string>(target.operations)
  const placed = folders.map((folder) => onlyBuilt(folder(calls), built))
  const known = new Set(placed.flatMap(itemsIn).map(operationOf))
  const others = target.operations.filter((operation) => !known.has(operation)).map((operation) => calls.practice(operation))
  const last = placed.slice(-1)
  return {
    name: 'API',
    description,
    item: [...placed.slice(0, -1), ...(others.length === 0 ? [] : [{ name: 'Others', item: others }]), ...last],
  }
}
