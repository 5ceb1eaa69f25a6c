import type { Visit } from './visit.ts'

/** Good for the app client, and in the browser that it was shown in, alone. */
const entity = (name: string, { authorization: { client }, csrf }: Visit): string => `${name}/${client.uid}/${csrf.token}`

/** Bytes. The length must not tell what cannot be read, such as how somebody could sign in. */
const block = 1024

/** A hidden field with what a form carries on, which nobody can read or make up. */
export const sealField = async (visit: Visit, name: string, value: unknown): Promise<Record<string, string>> => {
  const text = JSON.stringify(value)
  const plain = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / block) * block, ' ')
  plain.write(text)
  return { [name]: await visit.ctx.keyring.seal('sessions', visit.authorization.pool.uid, entity(name, visit), plain) }
}

/** What the field of that name carries; undefined where there is none, and for what no page of ours sealed for the browser. */
export const openField = async (visit: Visit, name: string): Promise<unknown> => {
  const sealed = visit.request.form.get(name)
  const plain = sealed && (await visit.ctx.keyring.open('sessions', visit.authorization.pool.uid, entity(name, visit), sealed))
  return plain ? JSON.parse(Buffer.from(plain).toString('utf8')) : undefined
}
