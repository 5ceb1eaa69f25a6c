/** Members that are times wherever they stand: epoch seconds on the wire, epoch milliseconds in the types. A test compares them with the model. */
export const timeMembers: readonly string[] = [
  'UserCreateDate',
  'UserLastModifiedDate',
  'CreationDate',
  'ClientSecretCreateDate',
  'DeviceCreateDate',
  'DeviceLastModifiedDate',
  'DeviceLastAuthenticatedDate',
  'FeedbackDate',
  'LastModifiedDate',
  'CreateDate',
  'LastActiveDate',
  'StartDate',
  'CompletionDate',
  'CreatedAt',
]

/** Members that are bytes: base64 on the wire. */
export const byteMembers: readonly string[] = ['Bytes', 'ImageFile']

const isTime = new Set(timeMembers)
const isBytes = new Set(byteMembers)

const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** The JSON text of an input. */
export const toWire = (input: object): string =>
  JSON.stringify(input, (name, value: unknown) => {
    if (value instanceof Uint8Array) return toBase64(value)
    return typeof value === 'number' && isTime.has(name) ? value / 1000 : value
  })

/** An output from its JSON text; an operation that answers nothing answers an empty text. */
export const fromWire = (text: string): unknown =>
  text === ''
    ? undefined
    : JSON.parse(text, (name, value: unknown) => {
        if (typeof value === 'number' && isTime.has(name)) return Math.round(value * 1000)
        return typeof value === 'string' && isBytes.has(name) ? Uint8Array.from(atob(value), (one) => one.charCodeAt(0)) : value
      })
