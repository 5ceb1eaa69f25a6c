/** The names of the variables that hold a user of the pool. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly phone: string
  /** The password that is good now. */
  readonly password: string
}

/** The person of the folder "Journey". */
export const traveller: Person = { name: 'username', email: 'email', phone: 'phone_number', password: 'password' }

const prefixed = (prefix: string): Person => ({
  name: `${prefix}_username`,
  email: `${prefix}_email`,
  phone: `${prefix}_phone_number`,
  password: `${prefix}_password`,
})

/** Who signs in on the pages. */
export const visitor = prefixed('visitor')

/** Whom administrators' requests are about. */
export const member = prefixed('member')

/** A reference to a variable. */
export const ref = (variable: string): string => `{{${variable}}}`
