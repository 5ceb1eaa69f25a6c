import type { Folder, Item } from '../collection-format.ts'
import { member, ref } from '../person.ts'
import { attributeValue, plannedUser } from '../planned-user.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { adminMadeUser } from '../sign-up-items.ts'

const optional = ['nickname', 'given_name', 'family_name', 'name', 'locale', 'zoneinfo', 'website', 'profile']

/** Sets and deletes an attribute that the pool does not require, of the practice user where the pool requires all. */
const attributeItems = ({ target, own, practice }: ResourceCalls): Item[] => {
  const free = target.pool.SchemaAttributes?.find(
    ({ Name = '', Mutable, Required }) => optional.includes(Name) && Mutable !== false && Required !== true,
  )
  const attribute = free ?? { Name: 'nickname' }
  const call = free === undefined ? practice : own
  return [
    call('AdminUpdateUserAttributes', { UserAttributes: [{ Name: attribute.Name, Value: attributeValue(attribute, member) }] }),
    call('AdminDeleteUserAttributes', { UserAttributeNames: [attribute.Name] }),
  ]
}

/** What administrators do with users. */
export const usersFolder = (calls: ResourceCalls): Folder => {
  const { own, target } = calls
  const { kind } = plannedUser(target, member)
  const guest = { name: 'guest_username', email: 'guest_email', phone: 'guest_phone_number', password: 'guest_password' }
  const named = { Username: ref(guest.name) }
  const filter = kind === 'username' ? `username = "${ref(member.name)}"` : `${kind} = "${ref(member.name)}"`
  return {
    name: 'Users',
    item: [
      ...adminMadeUser(target, guest).items.slice(0, 1),
      own(
        'ListUsers',
        { Filter: filter, Limit: 10 },
        { tests: ["pm.test('the user is found', () => pm.expect(body.Users).to.have.length(1))"] },
      ),
      own('AdminGetUser'),
      ...attributeItems(calls),
      own('AdminDisableUser', named),
      own('AdminEnableUser', named),
      own('AdminDeleteUser', named),
    ],
  }
}

const extra = { UserAttributes: [{ Name: 'nickname', Value: 'Ani' }] }

/** What users do with their own accounts. */
export const ownAccountFolder = ({ practice, code }: ResourceCalls): Folder => ({
  name: 'Own account',
  item: [
    practice('GetUser'),
    practice('UpdateUserAttributes', extra),
    practice('DeleteUserAttributes', { UserAttributeNames: ['nickname'] }),
    practice('GetUserAttributeVerificationCode', { AttributeName: 'email' }),
    ...code('practice_email'),
    practice('VerifyUserAttribute', { AttributeName: 'email', Code: '{{code}}' }),
  ],
})
