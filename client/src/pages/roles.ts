/** Roles and rights in words. */
import type { Role, Seat } from '@revmark/shared/wire'

const names: Readonly<Record<Role, string>> = {
  delegate: 'Delegate',
  chair: 'Chair',
  secretariat: 'Secretariat',
  observer: 'Observer',
}

export const roleName = (role: Role): string => names[role]

const rights: Readonly<Record<Role, string>> = {
  delegate: 'proposes changes',
  chair: 'decides changes',
  secretariat: 'reads, exports, brings Word files in',
  observer: 'reads and exports',
}

/** What a seat may do, as a short phrase. */
export const rightsOf = ({ role }: Pick<Seat, 'role'>): string => rights[role]
