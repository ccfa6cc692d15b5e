import type { ComponentProps } from 'react'

interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once on a screen at most; `quiet` where a border would be noise. */
  readonly kind?: 'plain' | 'primary' | 'quiet'
}

/** A button; never submits a form by accident. */
export function Button({ kind = 'plain', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      data-kind={kind}
      className={className ? `button ${className}` : 'button'}
      {...rest}
    />
  )
}
