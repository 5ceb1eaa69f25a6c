import type { Person } from '../person.ts'

/** What somebody signs in with. */
export type NameKind = 'username' | 'email' | 'phone_number'

/** Gives a person a name, an e-mail address, a phone number and the first password; other ones with every run. */
export const newUserScript = ({ name, email, phone, password }: Person, kind: NameKind): string => `
const guid = pm.variables.replaceIn('{{$guid}}')
const tag = guid.slice(0, 8)
const number = String(parseInt(guid.slice(-8), 16) % 10000000).padStart(7, '0')
const user = { username: 'postman-' + tag, email: 'postman-' + tag + '@example.com', phone_number: '+1555' + number }
pm.environment.set('${email}', user.email)
pm.environment.set('${phone}', user.phone_number)
pm.environment.set('${name}', user.${kind})
pm.environment.set('${password}', pm.variables.get('first_password'))`
