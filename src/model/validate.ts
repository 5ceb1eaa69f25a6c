import type { BlobShape, ListShape, MapShape, NumberShape, OperationModel, Shape, StringShape, StructureShape } from './model.ts'
import { bytesFromWire, millisecondsFromWire } from './wire.ts'

/** What a request body turned out to be: typed input, JSON of another form, or values outside the model's constraints. */
export type Validated =
  | { readonly kind: 'ok'; readonly value: Record<string, unknown> }
  | { readonly kind: 'serialization'; readonly message: string }
  | { readonly kind: 'validation'; readonly message: string }

/** Where the walk stands, as AWS writes it in its sentences. */
interface Place {
  readonly path: string
  /** Whether a shape on the way is sensitive, so that no value may be quoted. */
  readonly secret: boolean
}

interface Walk {
  readonly faults: string[]
  /** The first value of a wrong JSON type; nothing else counts then. */
  wrongType: string | undefined
}

/**
 * Parsed JSON beside the operation's input shape: unknown members dropped, null as absent, blobs and timestamps converted, and AWS's
 * own sentences for what doesn't fit. Maps come without a prototype, so that no key of a caller's choice finds anything inherited.
 * guess: the sentences on JSON types are those measured on AWS's other JSON services.
 */
export const validateInput = (operation: Pick<OperationModel, 'input'>, json: unknown): Validated => {
  const walk: Walk = { faults: [], wrongType: undefined }
  const value = readStructure(walk, operation.input, json, { path: '', secret: false })
  if (walk.wrongType !== undefined) return { kind: 'serialization', message: walk.wrongType }
  if (walk.faults.length > 0) return { kind: 'validation', message: sentence(walk.faults) }
  return { kind: 'ok', value: value ?? {} }
}

const sentence = (faults: readonly string[]): string =>
  `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`

const read = (walk: Walk, shape: Shape, json: unknown, place: Place): unknown => {
  switch (shape.type) {
    case 'string':
      return readString(walk, shape, json, place)
    case 'structure':
      return readStructure(walk, shape, json, place)
    case 'list':
      return readList(walk, shape, json, place)
    case 'map':
      return readMap(walk, shape, json, place)
    case 'integer':
    case 'long':
      return readNumber(walk, shape, json, place)
    case 'boolean':
      return typeof json === 'boolean' ? json : cannotConvert(walk, json, 'a Boolean')
    case 'blob':
      return readBlob(walk, shape, json, place)
    case 'timestamp':
      return typeof json === 'number' && Number.isFinite(json) ? millisecondsFromWire(json) : cannotConvert(walk, json, 'a Timestamp')
    default:
      return readDocument(walk, json)
  }
}

const readStructure = (walk: Walk, shape: StructureShape, json: unknown, { path, secret }: Place): Record<string, unknown> | undefined => {
  if (!isObject(json)) return wrongContainer(walk, json, 'Expected null')
  const value: Record<string, unknown> = {}
  for (const [name, member] of shape.members) {
    const given = json[name]
    const place = { path: path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`, secret: secret || member.sensitive }
    if (given !== undefined && given !== null) value[name] = read(walk, member, given, place)
    else if (shape.required.has(name)) fault(walk, place, place.secret ? '' : ' null', 'Member must not be null')
    if (walk.wrongType !== undefined) return undefined
  }
  return value
}

const readList = (walk: Walk, shape: ListShape, json: unknown, place: Place): unknown[] | undefined => {
  if (!Array.isArray(json)) return wrongContainer(walk, json, 'Expected list or null')
  const { member } = shape
  const isScalar = member.type === 'string' || member.type === 'integer' || member.type === 'long'
  const elements: Walk = isScalar ? { faults: [], wrongType: undefined } : walk
  const value: unknown[] = []
  for (const [index, given] of json.entries()) {
    if (given === null) continue
    const element = { path: `${place.path}.${index + 1}.member`, secret: place.secret || member.sensitive }
    value.push(read(elements, member, given, element))
    walk.wrongType ??= elements.wrongType
    if (walk.wrongType !== undefined) return undefined
  }
  const quoted = isScalar && !member.sensitive ? () => `[${value.join(', ')}]` : undefined
  lengthFaults(walk, shape, value.length, place, quoted)
  // AWS reports the elements of a list of scalars once, at the list, with every constraint of the element.
  if (elements !== walk && elements.faults.length > 0) {
    fault(walk, place, quote(place, quoted), `Member must satisfy constraint: [${constraints(member)}]`)
  }
  return value
}

const readMap = (walk: Walk, shape: MapShape, json: unknown, place: Place): Record<string, unknown> | undefined => {
  if (!isObject(json)) return wrongContainer(walk, json, 'Expected map or null')
  const value: Record<string, unknown> = Object.create(null)
  const [keys, values]: [Walk, Walk] = [
    { faults: [], wrongType: undefined },
    { faults: [], wrongType: undefined },
  ]
  let size = 0
  for (const [key, given] of Object.entries(json)) {
    if (given === null || key === '__proto__') continue
    readString(keys, shape.key as StringShape, key, place)
    const at = { path: `${place.path}.${key}`, secret: place.secret || shape.value.sensitive }
    value[key] = read(shape.value.type === 'structure' ? walk : values, shape.value, given, at)
    size++
    walk.wrongType ??= keys.wrongType ?? values.wrongType
    if (walk.wrongType !== undefined) return undefined
  }
  lengthFaults(walk, shape, size, place, undefined)
  if (keys.faults.length > 0) fault(walk, place, '', `Map keys must satisfy constraint: [${constraints(shape.key)}]`)
  if (values.faults.length > 0) fault(walk, place, '', `Map value must satisfy constraint: [${constraints(shape.value)}]`)
  return value
}

const readString = (walk: Walk, shape: StringShape, json: unknown, place: Place): string | undefined => {
  if (typeof json !== 'string') return cannotConvert(walk, json, 'a String')
  if (isUnstorable(json)) {
    walk.wrongType = unstorable
    return undefined
  }
  const quoted = () => json
  lengthFaults(walk, shape, json.length, place, quoted)
  const { pattern, values, max } = shape
  // A value that is too long is refused already, and its length is the caller's choice.
  if (pattern !== undefined && (max === undefined || json.length <= max) && !pattern.regExp.test(json)) {
    fault(walk, place, quote(place, quoted), patternSentence(pattern.text))
  }
  if (values !== undefined && !values.has(json)) fault(walk, place, quote(place, quoted), enumSentence(values))
  return json
}

const readNumber = (walk: Walk, shape: NumberShape, json: unknown, place: Place): number | undefined => {
  const target = shape.type === 'integer' ? 'an Integer' : 'a Long'
  if (typeof json !== 'number') return cannotConvert(walk, json, target)
  // A fraction is cut off, as measured on Athena.
  const value = Math.trunc(json)
  const limit = shape.type === 'integer' ? 2 ** 31 : Number.MAX_SAFE_INTEGER
  if (!(value >= -limit && value < limit)) return cannotConvert(walk, json, target)
  const quoted = () => String(value)
  if (shape.max !== undefined && value > shape.max) fault(walk, place, quote(place, quoted), maxValueSentence(shape.max))
  if (shape.min !== undefined && value < shape.min) fault(walk, place, quote(place, quoted), minValueSentence(shape.min))
  return value
}

const readBlob = (walk: Walk, shape: BlobShape, json: unknown, place: Place): Uint8Array | undefined => {
  if (typeof json !== 'string') return cannotConvert(walk, json, 'a Blob')
  const value = bytesFromWire(json)
  if (value === undefined) {
    walk.wrongType = 'STRING_VALUE can not be converted to a Blob'
    return undefined
  }
  lengthFaults(walk, shape, value.length, place, undefined)
  return value
}

// The parser has bounded the depth of the body.
const readDocument = (walk: Walk, json: unknown): unknown => {
  if (typeof json === 'string' && isUnstorable(json)) walk.wrongType = unstorable
  if (Array.isArray(json)) return json.map((element) => readDocument(walk, element))
  if (!isObject(json)) return json
  const value: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(json)) {
    if (isUnstorable(key)) walk.wrongType = unstorable
    if (key !== '__proto__') value[key] = readDocument(walk, member)
  }
  return value
}

const isObject = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null && !Array.isArray(json)

/**
 * No database keeps these as they are, so two names could become one.
 * guess: text with U+0000 or half of a surrogate pair is refused as a value of the wrong type.
 */
const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()
const unstorable = 'STRING_VALUE contains U+0000 or half of a surrogate pair'

const wrongContainer = (walk: Walk, json: unknown, expected: string): undefined => {
  walk.wrongType ??= Array.isArray(json) ? listUnexpected : isObject(json) ? structureUnexpected : expected
  return undefined
}

const cannotConvert = (walk: Walk, json: unknown, target: string): undefined => {
  walk.wrongType ??= Array.isArray(json)
    ? listUnexpected
    : isObject(json)
      ? structureUnexpected
      : `${tokenName(json)} can not be converted to ${target}`
  return undefined
}

const listUnexpected = 'Start of list found where not expected'
const structureUnexpected = 'Start of structure or map found where not expected.'

const tokenName = (json: unknown): string =>
  typeof json === 'string'
    ? 'STRING_VALUE'
    : typeof json === 'number'
      ? 'NUMBER_VALUE'
      : json === null
        ? 'NULL'
        : `${String(json).toUpperCase()}_VALUE`

const lengthFaults = (
  walk: Walk,
  { min, max }: { readonly min: number | undefined; readonly max: number | undefined },
  length: number,
  place: Place,
  quoted: (() => string) | undefined,
): void => {
  if (max !== undefined && length > max) fault(walk, place, quote(place, quoted), maxLengthSentence(max))
  if (min !== undefined && length < min) fault(walk, place, quote(place, quoted), minLengthSentence(min))
}

/** AWS quotes a value at any length; ours is cut, because an answer should not be as big as its question. */
const quotedAtMost = 1024

const quote = (place: Place, quoted: (() => string) | undefined): string => {
  if (place.secret || quoted === undefined) return ''
  const value = quoted()
  return ` '${value.length > quotedAtMost ? `${value.slice(0, quotedAtMost).toWellFormed()}...` : value}'`
}

const faultsAtMost = 100

const fault = (walk: Walk, { path }: Place, value: string, constraint: string): void => {
  // Every element of a long list may break a rule; nobody reads beyond the first ones.
  if (walk.faults.length >= faultsAtMost) return
  walk.faults.push(`Value${value} at '${path}' failed to satisfy constraint: ${constraint}`)
}

const maxLengthSentence = (max: number) => `Member must have length less than or equal to ${max}`
const minLengthSentence = (min: number) => `Member must have length greater than or equal to ${min}`
const maxValueSentence = (max: number) => `Member must have value less than or equal to ${max}`
const minValueSentence = (min: number) => `Member must have value greater than or equal to ${min}`
const patternSentence = (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`
const enumSentence = (values: ReadonlySet<string>) => `Member must satisfy enum value set: [${[...values].join(', ')}]`

/** Every constraint of a scalar, as AWS lists them where elements of a collection break one. */
const constraints = (shape: Shape): string => {
  if (shape.type !== 'string' && shape.type !== 'integer' && shape.type !== 'long') return ''
  const [atMost, atLeast] = shape.type === 'string' ? [maxLengthSentence, minLengthSentence] : [maxValueSentence, minValueSentence]
  const sentences = [shape.max === undefined ? '' : atMost(shape.max), shape.min === undefined ? '' : atLeast(shape.min)]
  if (shape.type === 'string' && shape.pattern !== undefined) sentences.push(patternSentence(shape.pattern.text))
  if (shape.type === 'string' && shape.values !== undefined) sentences.push(enumSentence(shape.values))
  return sentences.filter(Boolean).join(', ')
}

const lowerFirst = (name: string): string => {
  const known = lowered.get(name)
  if (known !== undefined) return known
  const path = name.slice(0, 1).toLowerCase() + name.slice(1)
  lowered.set(name, path)
  return path
}
const lowered = new Map<string, string>()
