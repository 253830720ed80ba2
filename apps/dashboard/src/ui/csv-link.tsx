import { Download } from "lucide-react";

/** Beside a list: what is on screen, all pages of it, as CSV. */
export function CsvLink({ href, what = "these rows" }: { href: string; what?: string }) {
  const label = `Download ${what} as CSV`;
  return (
    <a
      href={href}
      download
      className="inline-grid size-8 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      aria-label={label}
      title={label}
      data-print="hide"
    >
      <Download aria-hidden className="size-4" strokeWidth={1.75} />
    </a>
  );
}
