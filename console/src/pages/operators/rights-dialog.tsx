import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { OperatorRow } from '../../api/operators.ts'
import { PolicyView } from '../../components/policy-view.tsx'

/** What an operator may do, word for word. */
export const RightsDialog = ({
  operator: { name, policy, boundaries },
  onClose,
}: {
  readonly operator: OperatorRow
  readonly onClose: () => void
}) => (
  <Modal visible size="large" header={`Rights of ${name}`} onDismiss={onClose}>
    <SpaceBetween size="m">
      <PolicyView policy={policy} what="policy" />
      {boundaries.map((boundary, at) => (
        <ExpandableSection
          key={JSON.stringify(boundary)}
          headerText={`Boundary ${at + 1}`}
          headerDescription="Has to allow a call as well: what a maker of the operator might do."
        >
          <PolicyView policy={boundary} what="boundary" />
        </ExpandableSection>
      ))}
    </SpaceBetween>
  </Modal>
)
