import Container from '@cloudscape-design/components/container'
import type { ComponentType } from 'react'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { rebased } from '../api/rebased.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import type { Risk } from './risk.ts'
import type { RiskFormProps, RiskPart } from './risk-part.ts'
import { updateRisk } from './update-risk.ts'

/** What a form of responses is made from. */
export interface RiskFormParts<V extends object> {
  /** What is edited, as the title says it, e.g. `IP address exceptions`. */
  readonly what: string
  readonly read: (risk: Risk, pool: UserPoolType) => V
  readonly fault?: (values: V) => string | undefined
  /** The part of the request that the values mean. */
  readonly write: (values: V, now: Risk) => Risk
  readonly Fields: ComponentType<{ readonly draft: Draft<V> }>
}

const RiskForm = <V extends object>({ parts, target, pool, risk, back }: RiskFormProps & { readonly parts: RiskFormParts<V> }) => {
  const { what, read, fault, write, Fields } = parts
  const draft = useDraft(what, read(risk, pool))
  return (
    <DraftForm
      draft={draft}
      title={`Edit ${what}`}
      submit="Save changes"
      saved={`Saved: ${what}.`}
      fault={fault?.(draft.values)}
      back={back}
      onSubmit={() => updateRisk(target, (now) => write(rebased(draft, read(now, pool)), now))}
    >
      <Container>
        <Fields draft={draft} />
      </Container>
    </DraftForm>
  )
}

/** The form of a part of threat protection: begins with what is set, saves, says so and goes back. */
export const riskForm =
  <V extends object>(parts: RiskFormParts<V>): RiskPart['Form'] =>
  (props) => <RiskForm parts={parts} {...props} />
