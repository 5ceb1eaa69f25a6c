import source from './cognito-idp.json' with { type: 'json' }
import { compilePattern } from './pattern.ts'
import type { OperationName } from './types.gen.ts'

/** Who may call an operation: a signer (SigV4), the holder of an access token, or anybody. */
export type AuthClass = 'sigv4' | 'token' | 'public'

/** An operation as the model describes it. */
export interface OperationModel {
  readonly name: OperationName
  readonly input: StructureShape
  /** Undefined where the operation answers nothing. */
  readonly output: StructureShape | undefined
  /** The exceptions that it may answer, besides those that all operations share. */
  readonly errors: ReadonlySet<string>
  readonly auth: AuthClass
}

interface Named {
  readonly name: string
  /** Its values never stand in messages and logs. */
  readonly sensitive: boolean
}

/** An inclusive range of lengths or values. */
interface Range {
  readonly min: number | undefined
  readonly max: number | undefined
}

/** Members by their wire names. */
export interface StructureShape extends Named {
  readonly type: 'structure'
  readonly members: ReadonlyMap<string, Shape>
  readonly required: ReadonlySet<string>
}
/** An array; the range is that of its length. */
export interface ListShape extends Named, Range {
  readonly type: 'list'
  readonly member: Shape
}
/** Keys and values; the range is that of its size. */
export interface MapShape extends Named, Range {
  readonly type: 'map'
  readonly key: Shape
  readonly value: Shape
}
/** Text; the range is that of its length in UTF-16 units. */
export interface StringShape extends Named, Range {
  readonly type: 'string'
  readonly values: ReadonlySet<string> | undefined
  readonly pattern: Pattern | undefined
}
/** A whole number; the range is that of its value. */
export interface NumberShape extends Named, Range {
  readonly type: 'integer' | 'long'
}
/** Bytes, base64 on the wire; the range is that of their number. */
export interface BlobShape extends Named, Range {
  readonly type: 'blob'
}
/** What has no constraints. */
export interface PlainShape extends Named {
  readonly type: 'boolean' | 'timestamp' | 'document'
}
/** A type of the API; its graph is finite and has no cycles. */
export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | BlobShape | PlainShape

/** A regular expression for whole values, with the text that AWS prints for it. */
export interface Pattern {
  readonly text: string
  readonly regExp: RegExp
}

interface ShapeSource {
  readonly type: Shape['type']
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly jsPattern?: string
  readonly enum?: readonly string[]
  readonly enumDocumentedExtra?: readonly string[]
  readonly sensitive?: boolean
}
interface OperationSource {
  readonly input: string
  readonly output: string | null
  readonly errors: readonly string[]
  readonly auth: string
}

const shapeSources = new Map(Object.entries(source.shapes as unknown as Record<string, ShapeSource>))
const operationSources = new Map(Object.entries(source.operations as unknown as Record<string, OperationSource>))

/** The part of `X-Amz-Target` before the dot. */
export const targetPrefix: string = source.targetPrefix
/** The service name in a signature's scope and in ARNs. */
export const signingName: string = source.signingName

/** Operations whose class doesn't follow from the model: the SDK signs GetClientToken, and AWS accepts it unsigned. */
export const authExceptions: ReadonlyMap<string, AuthClass> = new Map([['GetClientToken', 'public']])

/** Every operation that the model knows. */
export const operationNames = [...operationSources.keys()] as readonly OperationName[]

const shapes = new Map<string, Shape>()
const operations = new Map<string, OperationModel>()

/** The shape of that name, resolved when it is first asked for; throws for a name that the model lacks. */
export const shapeNamed = (name: string): Shape => {
  const known = shapes.get(name)
  if (known !== undefined) return known
  const found = shapeSources.get(name)
  if (found === undefined) throw new Error(`the model has no shape ${name}`)
  const shape = resolve(name, found)
  shapes.set(name, shape)
  return shape
}

/** Members of which a blank value says the same as none, whatever their pattern (API_SignUp, API_AdminCreateUser). */
const blankMembers: ReadonlySet<string> = new Set(['SignUpRequest.Password', 'AdminCreateUserRequest.TemporaryPassword'])

const orBlank = (shape: Shape): Shape => {
  if (shape.type !== 'string' || shape.pattern === undefined) return shape
  const { text, regExp } = shape.pattern
  return { ...shape, pattern: { text, regExp: new RegExp(`^$|${regExp.source}`, regExp.flags) } }
}

const memberShape = (path: string, shapeName: string): Shape => {
  const shape = shapeNamed(shapeName)
  return blankMembers.has(path) ? orBlank(shape) : shape
}

const resolve = (name: string, from: ShapeSource): Shape => {
  const named = { name, sensitive: from.sensitive ?? false }
  const range = { min: from.min, max: from.max }
  switch (from.type) {
    case 'structure': {
      const members = new Map(
        Object.entries(from.members ?? {}).map(([member, { shape }]) => [member, memberShape(`${name}.${member}`, shape)]),
      )
      return { ...named, type: 'structure', members, required: new Set(from.required) }
    }
    case 'list':
      return { ...named, ...range, type: 'list', member: shapeNamed(from.member ?? '') }
    case 'map':
      return { ...named, ...range, type: 'map', key: shapeNamed(from.key ?? ''), value: shapeNamed(from.value ?? '') }
    case 'string': {
      const values = from.enum && new Set([...from.enum, ...(from.enumDocumentedExtra ?? [])])
      return { ...named, ...range, type: 'string', values, pattern: compilePattern(name, from.pattern, from.jsPattern) }
    }
    case 'integer':
    case 'long':
      return { ...named, ...range, type: from.type }
    case 'blob':
      return { ...named, ...range, type: 'blob' }
    default:
      return { ...named, type: from.type }
  }
}

const structureNamed = (name: string): StructureShape => {
  const shape = shapeNamed(name)
  if (shape.type !== 'structure') throw new Error(`${name} is no structure`)
  return shape
}

/** The operation of that exact name, or undefined when the model has none. */
export const operationNamed = (name: string): OperationModel | undefined => {
  const known = operations.get(name)
  if (known !== undefined) return known
  const found = operationSources.get(name)
  if (found === undefined) return undefined
  const operation: OperationModel = {
    name: name as OperationName,
    input: structureNamed(found.input),
    output: found.output === null ? undefined : structureNamed(found.output),
    errors: new Set(found.errors),
    auth: classOf(name, found),
  }
  operations.set(name, operation)
  return operation
}

const classOf = (name: string, { auth, input }: OperationSource): AuthClass => {
  const exception = authExceptions.get(name)
  if (exception !== undefined) return exception
  if (auth === 'sigv4') return 'sigv4'
  return structureNamed(input).required.has('AccessToken') ? 'token' : 'public'
}
