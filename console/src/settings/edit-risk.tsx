import { useState } from 'react'
import { Loaded } from '../components/loaded.tsx'
import { NotFound } from '../components/not-found.tsx'
import { useLoad } from '../hooks/use-load.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'
import type { RiskFormProps } from './risk-part.ts'
import { riskParts } from './risk-parts.tsx'
import { loadRisk, type RiskTarget } from './update-risk.ts'

type Start = Pick<RiskFormProps, 'risk' | 'pool'>

/** The form of the part of threat protection that the address names, of a page at `path`. */
export const EditRisk = ({ target, params, path }: PageProps & { readonly target: RiskTarget; readonly path: string }) => {
  const load = useLoad((signal) => loadRisk(target, signal), `risk ${JSON.stringify(target)}`)
  const pool = usePool()
  const [start, setStart] = useState<Start>()
  const part = riskParts.find(({ id }) => id === params['setting'])
  if (part === undefined) return <NotFound />
  // A form begins once, and is not made anew under what somebody types when something is loaded again.
  if (start === undefined && load.value !== undefined && !load.loading && pool?.value !== undefined)
    setStart({ risk: load.value.risk, pool: pool.value })
  const { Form } = part
  return (
    <Loaded load={{ ...load, value: start, error: load.error ?? pool?.error }}>
      {(begun) => <Form {...begun} target={target} back={hrefOf(path, params)} />}
    </Loaded>
  )
}
