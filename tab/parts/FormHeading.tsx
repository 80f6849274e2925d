import { useEffect, useRef } from 'react'
import { useFormStyles } from './formStyles.ts'

/** The heading of a form that has just opened; it takes the focus, and gives it back when the form closes. */
export function FormHeading({ children }: { children: string }) {
  const styles = useFormStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    heading.current?.focus()
    return () => {
      // What has the focus by now, another form's opener for instance, keeps it. The opener may have gone with the form.
      if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <h3 ref={heading} tabIndex={-1} className={styles.title}>
      {children}
    </h3>
  )
}
