import { useState } from 'react'
import { Loaded } from '../components/loaded.tsx'
import { NotFound } from '../components/not-found.tsx'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import type { Now, Setting } from './setting.ts'
import { useNow } from './use-now.ts'

/** The form of the setting that the address names, of a page at `path`. */
export const EditSetting = ({ params, settings, path }: PageProps & { readonly settings: readonly Setting[]; readonly path: string }) => {
  const load = useNow(params['poolId'] ?? '')
  const [start, setStart] = useState<Now>()
  const setting = settings.find(({ id }) => id === params['setting'])
  if (setting === undefined) return <NotFound />
  // A form begins once with what is set, and not with what was set before the last change.
  if (start === undefined && load.value !== undefined && !load.loading) setStart(load.value)
  const { Form } = setting
  return <Loaded load={{ ...load, value: start }}>{(now) => <Form {...now} back={hrefOf(path, params)} />}</Loaded>
}
