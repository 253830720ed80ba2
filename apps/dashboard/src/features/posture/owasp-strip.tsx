import type { Control } from "@/api/views.ts";
import { ControlState } from "@/ui/control-state.tsx";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";

function title(controls: readonly Control[]): string {
  const failing = controls.filter((control) => control.status === "failing" || control.status === "at_risk").length;
  const open = controls.filter((control) => control.status === "unknown" || control.status === "not_assessed").length;
  if (failing === 0) return `OWASP NHI Top 10: none of the ${controls.length - open} assessed risks has an open finding`;
  return `OWASP NHI Top 10: ${failing} of ${controls.length} risks have open findings`;
}

export function OwaspStrip({ controls }: { controls: readonly Control[] }) {
  return (
    <Section
      title={title(controls)}
      aside={
        <Link className="data-link" href="/frameworks/owasp-nhi-2025">
          All controls
        </Link>
      }
    >
      <ol className="grid grid-cols-1 gap-x-8 md:grid-cols-2">
        {controls.map((control) => (
          <li key={control.id} className="border-b border-line">
            <Link
              href={`/frameworks/owasp-nhi-2025#${encodeURIComponent(control.id)}`}
              className="flex min-h-9 items-center gap-3 py-1 hover:bg-hover"
              title={control.reason ?? undefined}
            >
              <span className="w-12 shrink-0 font-mono text-xs text-ink-3">{control.id.split(":")[0]}</span>
              <span className="min-w-0 flex-1 truncate">{control.label}</span>
              <span className="text-sm text-ink-3 max-sm:hidden">
                {control.openFindings > 0 ? plural(control.openFindings, "finding") : null}
              </span>
              <ControlState status={control.status} className="w-28 shrink-0" />
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  );
}
