import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isObject } from '../../domain/is-object.ts'
import { fileName } from '../../postman/file-name.ts'
import type { PostmanTarget } from '../../postman/target.ts'
import { parsedJson } from '../client/parsed-json.ts'

type Target = Pick<PostmanTarget, 'pool' | 'client' | 'endpoint'>

/** What the collection in a file says that it is for; undefined where there is none that says anything. */
const describedIn = async (path: string): Promise<string | undefined> => {
  const collection = parsedJson(await readFile(path, 'utf8').catch(() => ''))
  const info = isObject(collection) ? collection['info'] : undefined
  return isObject(info) ? String(info['description'] ?? '') : undefined
}

/** What a target's files are called in a folder, and what has to be said of that. */
export interface FreeName {
  readonly name: string
  readonly notes: readonly string[]
}

/**
 * The name of a target's files before their endings, as `fileName` has it. Where a collection for another app client has that name already, the
 * id of this one stands behind it, so that nothing of the other is lost.
 */
export const freeName = async (folder: string, target: Target): Promise<FreeName> => {
  const { pool, client, endpoint } = target
  const name = fileName(target)
  const described = await describedIn(join(folder, `${name}.postman_collection.json`))
  if (described === undefined) return { name, notes: [] }
  const isOwn = described.includes(`(${pool.Id})`) && described.includes(`(${client.ClientId})`)
  if (!isOwn && !name.endsWith(client.ClientId)) {
    const note = `${name} are the files of another app client there, so these have the id in their names.`
    return { name: `${name}.${client.ClientId}`, notes: [note] }
  }
  const isElsewhere = !isOwn || !described.includes(` at ${endpoint}.`)
  return { name, notes: isElsewhere ? [`${name} were the files of the same app client on another server. They were replaced.`] : [] }
}
