import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'

/** Above the heading of a page: the way to the page that it belongs to. */
export const WayBack = ({ href, to }: { readonly href: string; readonly to: string }) => (
  <Link href={href} className="bar-meeting">
    <ChevronLeft aria-hidden="true" />
    {to}
  </Link>
)
