/** How messages go to people. */
export type Medium = 'EMAIL' | 'SMS'

/** An attribute that messages can be sent to. */
export type AddressName = 'email' | 'phone_number'

/** Where a message goes; the destination is the address itself, not masked. */
export interface Recipient {
  readonly medium: Medium
  readonly attribute: AddressName
  readonly destination: string
}

/** The medium that reaches an attribute's address. */
export const mediumOf = { email: 'EMAIL', phone_number: 'SMS' } as const satisfies Record<AddressName, Medium>

/** The attribute with the address that a medium reaches. */
export const addressOf = { EMAIL: 'email', SMS: 'phone_number' } as const satisfies Record<Medium, AddressName>

/** How a person is reached at an e-mail address or phone number. */
export const recipientAt = (attribute: AddressName, destination: string): Recipient => ({
  medium: mediumOf[attribute],
  attribute,
  destination,
})
