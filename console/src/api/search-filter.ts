/** Attributes that ListUsers searches by an index (developer guide, "Searching user attributes"), and what the console calls them. */
export const searchable: Readonly<Record<string, string>> = {
  username: 'User name',
  email: 'Email address',
  phone_number: 'Phone number',
  name: 'Name',
  given_name: 'Given name',
  family_name: 'Family name',
  preferred_username: 'Preferred user name',
  sub: 'Sub',
  'cognito:user_status': 'Confirmation status',
  status: 'Status',
}

/** A search by one attribute in ListUsers' own form, e.g. `email ^= "ada"`. */
export const filterOf = (attribute: string, operator: '=' | '^=', value: string): string =>
  `${attribute} ${operator} "${value.replace(/[\\"]/g, '\\$&')}"`
