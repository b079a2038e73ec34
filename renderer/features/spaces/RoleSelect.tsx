import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type SpaceRole, spaceRoles } from '../../../model/permission.ts'
import classes from './MembersScreen.module.css'

interface RoleSelectProps {
  readonly label: string
  /** Otherwise the label is for screen readers alone. */
  readonly isLabelShown?: boolean
  readonly role: SpaceRole
  readonly onChange: (role: SpaceRole) => void
}

/** Chooses a role, each explained in words. */
export function RoleSelect({ label, isLabelShown = false, role, onChange }: RoleSelectProps) {
  const { t } = useTranslation()
  return (
    <Select
      className={classes['select'] ?? ''}
      {...(isLabelShown ? { label } : { 'aria-label': label })}
      value={role}
      allowDeselect={false}
      maxDropdownHeight={320}
      comboboxProps={{ width: 300, position: 'bottom-end', withinPortal: false }}
      data={spaceRoles.map((value) => ({ value, label: t(`roles.name.${value}`) }))}
      renderOption={({ option }) => (
        <span>
          <b className={classes['option']}>{option.label}</b>
          <span className={classes['optionText']}>
            {t(`roles.text.${spaceRoles.find((each) => each === option.value) ?? 'reader'}`)}
          </span>
        </span>
      )}
      onChange={(value) => {
        const chosen = spaceRoles.find((each) => each === value)
        if (chosen !== undefined && chosen !== role) onChange(chosen)
      }}
    />
  )
}
